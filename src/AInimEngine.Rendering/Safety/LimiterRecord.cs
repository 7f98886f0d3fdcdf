using AInimEngine.Core.State;

namespace AInimEngine.Rendering.Safety;

/// <summary>Remembers when a limiter acted, for whoever asks afterwards. One thread; keeps the first 200 stretches.</summary>
public sealed class LimiterRecord : IStateful
{
    private const int MostStretches = 200;
    private const double Gap = 1;
    private readonly double[] _starts = new double[MostStretches], _ends = new double[MostStretches];
    private int _count;

    /// <summary>Pictures that were changed.</summary>
    public long Frames { get; private set; }

    /// <summary>Stretches kept; further ones are counted in <see cref="Frames"/> only.</summary>
    public int Count => _count;

    /// <summary>Start and end of a stretch, seconds; pauses of up to a second are within it.</summary>
    public (double Start, double End) this[int index] => index < _count ? (_starts[index], _ends[index]) : throw new ArgumentOutOfRangeException(nameof(index));

    /// <summary>Notes that the picture at a time was changed.</summary>
    public void Add(double seconds)
    {
        Frames++;
        if (_count > 0 && seconds - _ends[_count - 1] <= Gap)
            _ends[_count - 1] = seconds;
        else if (_count < MostStretches)
            (_starts[_count], _ends[_count++]) = (seconds, seconds);
    }

    /// <inheritdoc/>
    public void Reset() => (Frames, _count) = (0, 0);

    /// <inheritdoc/>
    public void Save(StateWriter writer)
    {
        writer.Section("flash.record", 1);
        writer.Write(Frames);
        writer.Write(_count);
        writer.Write<double>(_starts.AsSpan(0, _count));
        writer.Write<double>(_ends.AsSpan(0, _count));
    }

    /// <inheritdoc/>
    public void Restore(StateReader reader)
    {
        reader.Section("flash.record", 1);
        Frames = reader.Read<long>();
        int count = reader.Read<int>();
        if (count is < 0 or > MostStretches)
            throw new InvalidDataException($"saved state holds {count} stretches, at most {MostStretches} are kept");
        reader.Read(_starts.AsSpan(0, count));
        reader.Read(_ends.AsSpan(0, count));
        _count = count;
    }
}
