using System.Runtime.InteropServices;

namespace AInimEngine.Core.Imaging;

/// <summary>
/// A picture in native memory on the CPU, 64-byte aligned, owned by whoever made it and freed by <see cref="Dispose"/>;
/// or, by <see cref="Borrow"/>, in memory of somebody else's. Not thread-safe: hand it over whole.
/// </summary>
public sealed unsafe class Image : IDisposable
{
    private const int Alignment = 64;
    private readonly bool _borrowed;
    private byte* _pixels;

    /// <summary>Allocates a picture, cleared to zero.</summary>
    /// <param name="width">Pixels, 1 to 16384.</param>
    /// <param name="height">Pixels, 1 to 16384.</param>
    /// <param name="format">How pixels are stored.</param>
    /// <param name="colorSpace">What they mean.</param>
    public Image(int width, int height, PixelFormat format, ColorSpace colorSpace = ColorSpace.Srgb)
        : this(null, width, height, format, colorSpace)
    {
        _pixels = (byte*)NativeMemory.AlignedAlloc((nuint)ByteCount, Alignment);
        new Span<byte>(_pixels, ByteCount).Clear();
    }

    private Image(byte* pixels, int width, int height, PixelFormat format, ColorSpace colorSpace)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(width);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(height);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(width, 16384);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(height, 16384);
        Width = width;
        Height = height;
        Format = format;
        ColorSpace = colorSpace;
        ByteCount = checked(width * height * BytesPerPixel(format));
        _pixels = pixels;
        _borrowed = pixels is not null;
    }

    /// <summary>
    /// A picture over memory that is neither copied nor freed, e.g. shared with another process. It must stay where it is
    /// until the picture is disposed; that is the caller's to ensure.
    /// </summary>
    /// <param name="pixels">First byte, 64-byte aligned.</param>
    /// <param name="width">Pixels, 1 to 16384.</param>
    /// <param name="height">Pixels, 1 to 16384.</param>
    /// <param name="format">How pixels are stored.</param>
    /// <param name="colorSpace">What they mean.</param>
    public static Image Borrow(byte* pixels, int width, int height, PixelFormat format, ColorSpace colorSpace = ColorSpace.Srgb)
    {
        ArgumentNullException.ThrowIfNull(pixels);
        if ((nuint)pixels % Alignment != 0)
            throw new ArgumentException($"pixels begin at a multiple of {Alignment} bytes", nameof(pixels));
        return new Image(pixels, width, height, format, colorSpace);
    }

    /// <summary>Pixels across.</summary>
    public int Width { get; }

    /// <summary>Pixels down.</summary>
    public int Height { get; }

    /// <summary>How pixels are stored.</summary>
    public PixelFormat Format { get; }

    /// <summary>What the numbers mean.</summary>
    public ColorSpace ColorSpace { get; }

    /// <summary>Size of the pixels in bytes.</summary>
    public int ByteCount { get; }

    /// <summary>The pixels. Valid until <see cref="Dispose"/>.</summary>
    /// <exception cref="ObjectDisposedException">The picture was freed.</exception>
    public Span<byte> Bytes => new(Pointer, ByteCount);

    /// <summary>The first byte, for native calls. Valid until <see cref="Dispose"/>.</summary>
    /// <exception cref="ObjectDisposedException">The picture was freed.</exception>
    public byte* Pointer
    {
        get
        {
            ObjectDisposedException.ThrowIf(_pixels is null, this);
            return _pixels;
        }
    }

    /// <summary>The pixels as <typeparamref name="T"/>, e.g. <c>float</c> for planar pictures.</summary>
    public Span<T> As<T>()
        where T : unmanaged => MemoryMarshal.Cast<byte, T>(Bytes);

    /// <summary>Bytes that one pixel takes in <paramref name="format"/>.</summary>
    public static int BytesPerPixel(PixelFormat format) => format switch
    {
        PixelFormat.Rgba8 => 4,
        PixelFormat.Rgba16F => 8,
        PixelFormat.PlanarRgbF32 => 12,
        _ => throw new ArgumentOutOfRangeException(nameof(format)),
    };

    /// <summary>Copies the pixels of a picture of the same size and format.</summary>
    public void CopyFrom(Image other)
    {
        if (other.Width != Width || other.Height != Height || other.Format != Format)
            throw new ArgumentException($"cannot copy {other} into {this}", nameof(other));
        other.Bytes.CopyTo(Bytes);
    }

    /// <summary>Frees the pixels, unless they are borrowed. Safe to call twice.</summary>
    public void Dispose()
    {
        if (!_borrowed)
            NativeMemory.AlignedFree(_pixels);
        _pixels = null;
        GC.SuppressFinalize(this);
    }

    /// <summary>"1280x720 Rgba8".</summary>
    public override string ToString() => $"{Width}x{Height} {Format}";
}
