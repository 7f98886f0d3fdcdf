using AInimEngine.Core.Imaging;

namespace AInimEngine.Media.Tests;

/// <summary>Pictures whose truth is a formula.</summary>
internal static class Pictures
{
    /// <summary>Smooth colours that drift with <paramref name="frame"/>, with a white square that names the frame by its column.</summary>
    public static Image Drift(int width, int height, int frame)
    {
        var image = new Image(width, height, PixelFormat.Rgba8);
        Span<byte> bytes = image.Bytes;
        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++)
            {
                Span<byte> pixel = bytes.Slice((y * width + x) * 4, 4);
                double u = (double)x / width, v = (double)y / height, t = frame * 0.05;
                pixel[0] = (byte)(127.5 + 100 * Math.Sin(4 * u + t));
                pixel[1] = (byte)(127.5 + 100 * Math.Sin(3 * v - t + 1));
                pixel[2] = (byte)(127.5 + 100 * Math.Sin(2 * (u + v) + 2 * t));
                pixel[3] = 255;
            }
        }
        int size = height / 6, column = frame % (width / size);
        for (int y = 0; y < size; y++)
            bytes.Slice((y * width + column * size) * 4, size * 4).Fill(255);
        return image;
    }

    public static double MeanDifference(ReadOnlySpan<byte> a, ReadOnlySpan<byte> b)
    {
        Assert.Equal(a.Length, b.Length);
        long sum = 0;
        for (int i = 0; i < a.Length; i++)
            sum += Math.Abs(a[i] - b[i]);
        return (double)sum / a.Length;
    }

    public static int LargestDifference(ReadOnlySpan<byte> a, ReadOnlySpan<byte> b)
    {
        Assert.Equal(a.Length, b.Length);
        int largest = 0;
        for (int i = 0; i < a.Length; i++)
            largest = Math.Max(largest, Math.Abs(a[i] - b[i]));
        return largest;
    }
}
