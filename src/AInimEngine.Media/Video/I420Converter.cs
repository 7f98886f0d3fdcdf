using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace AInimEngine.Media.Video;

/// <summary>
/// Turns display-referred RGBA into what 8-bit 4:2:0 encoders take (planes Y, Cb, Cr; BT.709 matrix, limited range:
/// ITU-R BT.709-6 section 3). Each chroma sample is the mean of its 2x2 pixels, so it sits in their centre, and the
/// encoder is told so. Saves sending 4 bytes a pixel and ffmpeg's scaler.
/// </summary>
public static class I420Converter
{
    // 16-bit fixed point. Luma spans 219 steps from 16, chroma 224 around 128; the largest share takes the rounding
    // remainder, so that white is exactly 235 and grey exactly 128.
    private const int YR = 11966, YB = 4064, YG = 56284 - YR - YB;
    private const int UR = -6596, UG = -22189, UB = 28785;
    private const int VR = 28784, VG = -26145, VB = -2639;
    private const int YBias = (16 << 16) + (1 << 15);

    // Chroma is formed from sums of four pixels, hence two bits more.
    private const int ChromaShift = 18;
    private const int ChromaBias = (128 << ChromaShift) + (1 << (ChromaShift - 1));

    /// <summary>Bytes that a picture takes: 1.5 a pixel.</summary>
    public static int ByteCount(int width, int height) => width * height * 3 / 2;

    /// <summary>Converts a whole picture. Allocates nothing.</summary>
    /// <param name="rgba">[height, width, 4], alpha ignored.</param>
    /// <param name="width">Even.</param>
    /// <param name="height">Even.</param>
    /// <param name="i420">Y [height, width], then Cb and Cr [height/2, width/2].</param>
    public static void Convert(ReadOnlySpan<byte> rgba, int width, int height, Span<byte> i420)
    {
        Check(rgba, width, height, i420);
        int half = width / 2;
        Span<byte> chroma = i420[(width * height)..];
        for (int row = 0; row < height; row += 2)
        {
            ReadOnlySpan<byte> top = rgba.Slice(row * width * 4, width * 4);
            ReadOnlySpan<byte> bottom = rgba.Slice((row + 1) * width * 4, width * 4);
            Span<byte> cb = chroma.Slice(row / 2 * half, half);
            Span<byte> cr = chroma.Slice((height / 2 + row / 2) * half, half);
            Rows(top, bottom, i420.Slice(row * width, width), i420.Slice((row + 1) * width, width), cb, cr);
        }
    }

    /// <summary>The same by plain arithmetic, one pixel at a time: the oracle of the tests.</summary>
    /// <inheritdoc cref="Convert"/>
    public static void ConvertScalar(ReadOnlySpan<byte> rgba, int width, int height, Span<byte> i420)
    {
        Check(rgba, width, height, i420);
        int half = width / 2;
        Span<byte> cb = i420.Slice(width * height, half * (height / 2));
        Span<byte> cr = i420.Slice(width * height + cb.Length, cb.Length);
        for (int y = 0; y < height; y += 2)
        {
            for (int x = 0; x < width; x += 2)
                ScalarBlock(rgba[(y * width * 4)..], rgba[((y + 1) * width * 4)..], i420[(y * width)..], i420[((y + 1) * width)..], cb[(y / 2 * half)..], cr[(y / 2 * half)..], x);
        }
    }

    private static void Check(ReadOnlySpan<byte> rgba, int width, int height, Span<byte> i420)
    {
        if (width <= 0 || height <= 0 || width % 2 != 0 || height % 2 != 0)
            throw new ArgumentException($"{width}x{height} is not an even size", nameof(width));
        if (rgba.Length != width * height * 4 || i420.Length != ByteCount(width, height))
            throw new ArgumentException($"{rgba.Length} bytes of RGBA and {i420.Length} of I420 do not fit {width}x{height}", nameof(rgba));
    }

    private static void Rows(
        ReadOnlySpan<byte> top, ReadOnlySpan<byte> bottom, Span<byte> lumaTop, Span<byte> lumaBottom, Span<byte> cb, Span<byte> cr)
    {
        int lanes = Vector<uint>.Count;
        int width = lumaTop.Length;
        int step = 4 * lanes; // four vectors of pixels make one vector of luma bytes
        int x = 0;
        ref byte a = ref MemoryMarshal.GetReference(top);
        ref byte b = ref MemoryMarshal.GetReference(bottom);
        for (; x + step <= width; x += step)
        {
            Vector<uint> a0 = Load(ref a, x), a1 = Load(ref a, x + lanes), a2 = Load(ref a, x + 2 * lanes), a3 = Load(ref a, x + 3 * lanes);
            Vector<uint> b0 = Load(ref b, x), b1 = Load(ref b, x + lanes), b2 = Load(ref b, x + 2 * lanes), b3 = Load(ref b, x + 3 * lanes);
            Pack(Luma(a0), Luma(a1), Luma(a2), Luma(a3)).CopyTo(lumaTop[x..]);
            Pack(Luma(b0), Luma(b1), Luma(b2), Luma(b3)).CopyTo(lumaBottom[x..]);
            Chroma(a0, b0, out Vector<int> u0, out Vector<int> v0);
            Chroma(a1, b1, out Vector<int> u1, out Vector<int> v1);
            Chroma(a2, b2, out Vector<int> u2, out Vector<int> v2);
            Chroma(a3, b3, out Vector<int> u3, out Vector<int> v3);
            StoreHalf(u0, u1, u2, u3, cb[(x / 2)..]);
            StoreHalf(v0, v1, v2, v3, cr[(x / 2)..]);
        }
        for (; x < width; x += 2)
            ScalarBlock(top, bottom, lumaTop, lumaBottom, cb, cr, x);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<uint> Load(ref byte row, int pixel) =>
        Unsafe.ReadUnaligned<Vector<uint>>(ref Unsafe.Add(ref row, pixel * 4));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<uint> Luma(Vector<uint> pixels)
    {
        var low = new Vector<uint>(0xFF);
        Vector<uint> r = pixels & low, g = (pixels >>> 8) & low, b = (pixels >>> 16) & low;
        return (r * YR + g * YG + b * YB + new Vector<uint>(YBias)) >>> 16;
    }

    /// <summary>Chroma of 2x2 pixels in the even 32-bit lanes; the odd lanes hold nothing of use.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Chroma(Vector<uint> top, Vector<uint> bottom, out Vector<int> u, out Vector<int> v)
    {
        var even = new Vector<uint>(0x00FF00FF);
        Vector<uint> rb = (top & even) + (bottom & even);
        Vector<uint> g = ((top >>> 8) & even) + ((bottom >>> 8) & even);

        // The right pixel of each pair lies in the upper half of a 64-bit lane.
        rb += Vector.AsVectorUInt32(Vector.AsVectorUInt64(rb) >>> 32);
        g += Vector.AsVectorUInt32(Vector.AsVectorUInt64(g) >>> 32);
        Vector<int> red = Vector.AsVectorInt32(rb & new Vector<uint>(0xFFFF));
        Vector<int> blue = Vector.AsVectorInt32(rb >>> 16);
        Vector<int> green = Vector.AsVectorInt32(g & new Vector<uint>(0xFFFF));
        var bias = new Vector<int>(ChromaBias);
        u = (red * UR + green * UG + blue * UB + bias) >> ChromaShift;
        v = (red * VR + green * VG + blue * VB + bias) >> ChromaShift;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<byte> Pack(Vector<uint> a, Vector<uint> b, Vector<uint> c, Vector<uint> d) =>
        Vector.Narrow(Vector.Narrow(a, b), Vector.Narrow(c, d));

    /// <summary>Keeps the even lanes of four vectors as bytes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StoreHalf(Vector<int> a, Vector<int> b, Vector<int> c, Vector<int> d, Span<byte> target)
    {
        // As 64-bit lanes the even 32-bit ones are the low halves, so narrowing drops the odd ones.
        Vector<uint> ab = Vector.Narrow(Vector.AsVectorUInt64(a), Vector.AsVectorUInt64(b));
        Vector<uint> cd = Vector.Narrow(Vector.AsVectorUInt64(c), Vector.AsVectorUInt64(d));
        Vector<ushort> words = Vector.Narrow(ab, cd);
        Vector<byte> bytes = Vector.Narrow(words, words);
        if (Vector<byte>.Count == Vector256<byte>.Count)
        {
            bytes.AsVector256().GetLower().CopyTo(target);
            return;
        }
        for (int i = 0; i < Vector<byte>.Count / 2; i++)
            target[i] = bytes[i];
    }

    private static void ScalarBlock(
        ReadOnlySpan<byte> top, ReadOnlySpan<byte> bottom, Span<byte> lumaTop, Span<byte> lumaBottom, Span<byte> cb, Span<byte> cr, int x)
    {
        ReadOnlySpan<byte> a = top.Slice(x * 4, 8), b = bottom.Slice(x * 4, 8);
        lumaTop[x] = ScalarLuma(a);
        lumaTop[x + 1] = ScalarLuma(a[4..]);
        lumaBottom[x] = ScalarLuma(b);
        lumaBottom[x + 1] = ScalarLuma(b[4..]);
        int red = a[0] + a[4] + b[0] + b[4], green = a[1] + a[5] + b[1] + b[5], blue = a[2] + a[6] + b[2] + b[6];
        cb[x / 2] = (byte)((red * UR + green * UG + blue * UB + ChromaBias) >> ChromaShift);
        cr[x / 2] = (byte)((red * VR + green * VG + blue * VB + ChromaBias) >> ChromaShift);
    }

    private static byte ScalarLuma(ReadOnlySpan<byte> pixel) =>
        (byte)((pixel[0] * YR + pixel[1] * YG + pixel[2] * YB + YBias) >> 16);
}
