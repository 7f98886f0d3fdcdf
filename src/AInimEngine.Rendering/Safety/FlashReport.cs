namespace AInimEngine.Rendering.Safety;

/// <summary>Collects a meter's readings of a film into a verdict.</summary>
public sealed class FlashReport
{
    // Flashes that pause for less are one stretch to a reader.
    private const double Gap = 1;

    private readonly List<FlashSpan> _spans = [];
    private readonly FlashSpan?[] _open = new FlashSpan?[2];
    private readonly float[] _most = new float[2], _areas = new float[2];

    /// <summary>Pictures seen.</summary>
    public long Frames { get; private set; }

    /// <summary>Time of the last picture, seconds.</summary>
    public double Seconds { get; private set; }

    /// <summary>Whether no second of the film flashes too often.</summary>
    public bool Passes => _spans.Count == 0 && _open[0] is null && _open[1] is null;

    /// <summary>Where it fails, in the order of their beginning.</summary>
    public IReadOnlyList<FlashSpan> Spans => [.. _spans.Concat(_open.OfType<FlashSpan>()).OrderBy(span => span.Start)];

    /// <summary>The most flashes of a kind in any second, over more than a quarter of a field.</summary>
    public float MostFlashes(FlashKind kind) => _most[(int)kind];

    /// <summary>The greatest share, 0..1, of a field that flashed too often.</summary>
    public float LargestArea(FlashKind kind) => _areas[(int)kind];

    /// <summary>Takes the next reading.</summary>
    public void Add(in FlashReading reading)
    {
        Frames++;
        Seconds = reading.Seconds;
        Add(FlashKind.General, in reading);
        Add(FlashKind.Red, in reading);
    }

    private void Add(FlashKind kind, in FlashReading reading)
    {
        int index = (int)kind;
        (float flashes, float area) = (reading.FlashesOf(kind), reading.AreaOf(kind));
        (_most[index], _areas[index]) = (Math.Max(_most[index], flashes), Math.Max(_areas[index], area));
        FlashSpan? open = _open[index];
        if (reading.FailsBy(kind))
        {
            _open[index] = open is null
                ? new FlashSpan(kind, reading.Seconds, reading.Seconds, flashes, area)
                : open with { End = reading.Seconds, Flashes = Math.Max(open.Flashes, flashes), Area = Math.Max(open.Area, area) };
        }
        else if (open is not null && reading.Seconds - open.End > Gap)
        {
            _spans.Add(open);
            _open[index] = null;
        }
    }
}
