using AInimEngine.Core.Imaging;

namespace AInimEngine.Neural.Workers;

/// <summary>Images over shared memory, checked against its sizes, and made again only when one of theirs changes.</summary>
/// <param name="region">The memory; must outlive this.</param>
internal sealed unsafe class SharedPictures(SharedRegion region) : IDisposable
{
    private readonly Image?[] _outputs = new Image?[2];
    private readonly Image[] _guides = new Image[SharedRegion.MaxGuides];
    private readonly PictureShape[] _guideShapes = new PictureShape[SharedRegion.MaxGuides];

    /// <summary>The place that a picture goes to.</summary>
    public Image Output(int slot, PictureShape shape)
    {
        byte* place = region.Picture(slot);
        Check(shape, region.PictureBytes);
        if (_outputs[slot] is { } known && PictureShape.Of(known) == shape)
            return known;
        _outputs[slot]?.Dispose();
        return _outputs[slot] = Image.Borrow(place, shape.Width, shape.Height, shape.Format, shape.ColorSpace);
    }

    /// <summary>The guides that lie there.</summary>
    public ReadOnlySpan<Image> Guides(int count)
    {
        if (count is < 0 or > SharedRegion.MaxGuides)
            throw new InvalidDataException($"{count} guides; there can be {SharedRegion.MaxGuides}");
        long offset = 0;
        bool isMoved = false;
        for (int i = 0; i < count; i++)
        {
            PictureShape shape = region.Header.Guides[i];
            Check(shape, region.GuideBytes - offset);
            isMoved |= _guideShapes[i] != shape;
            if (isMoved)
            {
                _guides[i]?.Dispose();
                _guides[i] = Image.Borrow(region.Guides + offset, shape.Width, shape.Height, shape.Format, shape.ColorSpace);
                _guideShapes[i] = shape;
            }
            offset += SharedRegion.WholePages(shape.Bytes);
        }
        // One that comes back after fewer may lie elsewhere.
        for (int i = count; i < _guideShapes.Length; i++)
            _guideShapes[i] = default;
        return _guides.AsSpan(0, count);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (Image? image in _outputs)
            image?.Dispose();
        foreach (Image? image in _guides)
            image?.Dispose();
    }

    private static void Check(PictureShape shape, long room)
    {
        if (!shape.Fits(room))
            throw new InvalidDataException($"a picture of {shape.Width}x{shape.Height} {shape.Format} does not fit {room} bytes");
    }
}
