using AInimEngine.Core.Frames;
using AInimEngine.Core.Imaging;

namespace AInimEngine.Engine.Offline;

/// <summary>What the producer hands to the painter: one frame's controls and generator picture. Owns the picture.</summary>
/// <param name="controls">Layout of the controls.</param>
/// <param name="width">Width of the generator's picture.</param>
/// <param name="height">Height of the generator's picture.</param>
public sealed class PictureSlot(FrameLayout controls, int width, int height) : IDisposable
{
    /// <summary>Controls of the frame.</summary>
    public ControlFrame Controls { get; } = new(controls);

    /// <summary>The generator's picture.</summary>
    public Image Picture { get; } = new(width, height, PixelFormat.Rgba16F);

    /// <summary>Number of the frame in the video; below 0 in the pre-roll of a cut, which is drawn and not shown.</summary>
    public long Frame { get; set; }

    /// <summary>State of everything up to the generator before this frame; set on the first frame of a segment only.</summary>
    public MemoryStream? StateBefore { get; set; }

    /// <summary>No more frames; the rest of the slot is meaningless.</summary>
    public bool EndOfStream { get; set; }

    /// <inheritdoc/>
    public void Dispose() => Picture.Dispose();
}
