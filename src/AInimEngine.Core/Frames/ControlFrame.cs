using AInimEngine.Core.Time;

namespace AInimEngine.Core.Frames;

/// <summary>
/// Everything that moves one picture: latents, generator inputs, shader uniforms, audio features. A flat buffer
/// described by its <see cref="Layout"/>; made once by its owner and overwritten frame by frame.
/// </summary>
/// <param name="layout">Names, units, ranges and offsets.</param>
public sealed class ControlFrame(FrameLayout layout)
{
    /// <summary>Names, units, ranges and offsets of <see cref="Values"/>.</summary>
    public FrameLayout Layout { get; } = layout;

    /// <summary>All fields, <see cref="FrameLayout.Size"/> floats.</summary>
    public float[] Values { get; } = new float[layout.Size];

    /// <summary>The picture's instant.</summary>
    public FrameTime Time { get; set; }

    /// <summary>Copies another frame of the same layout.</summary>
    public void CopyFrom(ControlFrame other)
    {
        other.Values.CopyTo(Values, 0);
        Time = other.Time;
    }
}
