using AInimEngine.Core.State;

namespace AInimEngine.Analysis.Features;

/// <summary>The last samples of both channels, contiguous.</summary>
internal sealed class SampleHistory : IStateful
{
    /// <summary>How many samples are remembered.</summary>
    internal const int Length = 3072;

    private readonly float[] _left = new float[Length * 2], _right = new float[Length * 2];
    private int _end = Length;

    /// <summary>The last <see cref="Length"/> samples of the left channel, newest last.</summary>
    internal ReadOnlySpan<float> Left => _left.AsSpan(_end - Length, Length);

    /// <summary>The last <see cref="Length"/> samples of the right channel, newest last.</summary>
    internal ReadOnlySpan<float> Right => _right.AsSpan(_end - Length, Length);

    /// <summary>Appends interleaved samples.</summary>
    internal void Append(ReadOnlySpan<float> stereo)
    {
        int count = stereo.Length / 2;
        if (_end + count > _left.Length)
        {
            Left.CopyTo(_left);
            Right.CopyTo(_right);
            _end = Length;
        }
        for (int i = 0; i < count; i++)
        {
            _left[_end + i] = stereo[2 * i];
            _right[_end + i] = stereo[2 * i + 1];
        }
        _end += count;
    }

    /// <inheritdoc/>
    public void Reset()
    {
        Array.Clear(_left);
        Array.Clear(_right);
        _end = Length;
    }

    /// <inheritdoc/>
    public void Save(StateWriter writer)
    {
        writer.Section("analysis.history", 1);
        writer.Write(Left);
        writer.Write(Right);
    }

    /// <inheritdoc/>
    public void Restore(StateReader reader)
    {
        reader.Section("analysis.history", 1);
        _end = Length;
        reader.Read(_left.AsSpan(0, Length));
        reader.Read(_right.AsSpan(0, Length));
    }
}
