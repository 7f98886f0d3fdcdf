namespace AInimEngine.Core.Frames;

/// <summary>
/// What was heard in one hop or one picture frame: a flat buffer described by its <see cref="Layout"/>. Made once by its
/// owner and overwritten; a reader that keeps it copies it.
/// </summary>
/// <param name="layout">Names, units, ranges and offsets.</param>
public sealed class FeatureFrame(FrameLayout layout)
{
    /// <summary>Names, units, ranges and offsets of <see cref="Values"/>.</summary>
    public FrameLayout Layout { get; } = layout;

    /// <summary>All fields, <see cref="FrameLayout.Size"/> floats.</summary>
    public float[] Values { get; } = new float[layout.Size];

    /// <summary>First sample of the interval that this frame speaks of.</summary>
    public long FirstSample { get; set; }

    /// <summary>Length of that interval in samples.</summary>
    public int SampleCount { get; set; }

    /// <summary>Copies another frame of the same layout.</summary>
    public void CopyFrom(FeatureFrame other)
    {
        other.Values.CopyTo(Values, 0);
        FirstSample = other.FirstSample;
        SampleCount = other.SampleCount;
    }
}
