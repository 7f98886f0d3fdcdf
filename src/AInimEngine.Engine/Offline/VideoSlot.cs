using AInimEngine.Core.Imaging;

namespace AInimEngine.Engine.Offline;

/// <summary>What the painter hands to the sink: one finished picture. Owns it.</summary>
/// <param name="width">Pixels across.</param>
/// <param name="height">Pixels down.</param>
public sealed class VideoSlot(int width, int height) : IDisposable
{
    /// <summary>The finished picture, RGBA8, top row first.</summary>
    public Image Picture { get; } = new(width, height, PixelFormat.Rgba8);

    /// <summary>Number of the frame.</summary>
    public long Frame { get; set; }

    /// <summary>State of the whole path before this frame; set on the first frame of a segment only.</summary>
    public MemoryStream? StateBefore { get; set; }

    /// <summary>No more frames; the rest of the slot is meaningless.</summary>
    public bool EndOfStream { get; set; }

    /// <inheritdoc/>
    public void Dispose() => Picture.Dispose();
}
