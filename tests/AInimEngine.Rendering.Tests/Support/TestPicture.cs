using AInimEngine.Core.Imaging;
using AInimEngine.Core.Randomness;

namespace AInimEngine.Rendering.Tests.Support;

/// <summary>A small compositional pattern network: colourful, with soft fields and thin bright lines, moving with time.</summary>
internal static class TestPicture
{
    private const int Hidden = 12, Layers = 4;

    public static void Draw(Image image, double time, ulong seed = 3)
    {
        float[] weights = new float[Layers * Hidden * Hidden + Hidden * 8];
        Philox.Normal(seed, 1, weights);
        Span<float> a = stackalloc float[Hidden], b = stackalloc float[Hidden];
        float aspect = (float)image.Width / image.Height;
        for (int y = 0; y < image.Height; y++)
            for (int x = 0; x < image.Width; x++)
            {
                float u = ((x + 0.5f) / image.Width - 0.5f) * 2.4f * aspect, v = ((y + 0.5f) / image.Height - 0.5f) * 2.4f;
                float r = MathF.Sqrt(u * u + v * v), t = (float)time;
                for (int h = 0; h < Hidden; h++)
                {
                    int w = Layers * Hidden * Hidden + h * 8;
                    a[h] = MathF.Tanh(weights[w] * u + weights[w + 1] * v + weights[w + 2] * (r - 1) + weights[w + 3] * MathF.Sin(0.9f * t + weights[w + 4] * 3) + weights[w + 5]);
                }
                for (int layer = 0; layer < Layers; layer++)
                {
                    for (int h = 0; h < Hidden; h++)
                    {
                        float sum = 0;
                        for (int k = 0; k < Hidden; k++)
                            sum += weights[(layer * Hidden + h) * Hidden + k] * a[k];
                        b[h] = layer % 2 == 0 ? MathF.Sin(1.1f * sum) : MathF.Tanh(0.8f * sum);
                    }
                    b.CopyTo(a);
                }
                float line = MathF.Exp(-40 * a[3] * a[3]);
                float red = 0.42f + 0.45f * a[0] + 0.7f * line, green = 0.32f + 0.32f * a[1] * a[2] + 0.55f * line, blue = 0.48f + 0.46f * a[2] + 0.35f * line;
                Set(image, x, y, Math.Clamp(red, 0, 1), Math.Clamp(green, 0, 1), Math.Clamp(blue, 0, 1));
            }
    }

    public static void Fill(Image image, float red, float green, float blue)
    {
        for (int y = 0; y < image.Height; y++)
            for (int x = 0; x < image.Width; x++)
                Set(image, x, y, red, green, blue);
    }

    public static void Set(Image image, int x, int y, float red, float green, float blue)
    {
        int at = y * image.Width + x, plane = image.Width * image.Height;
        switch (image.Format)
        {
            case PixelFormat.Rgba16F:
                Span<Half> half = image.As<Half>().Slice(at * 4, 4);
                (half[0], half[1], half[2], half[3]) = ((Half)red, (Half)green, (Half)blue, (Half)1f);
                break;
            case PixelFormat.Rgba8:
                Span<byte> bytes = image.Bytes.Slice(at * 4, 4);
                (bytes[0], bytes[1], bytes[2], bytes[3]) = ((byte)(red * 255 + 0.5f), (byte)(green * 255 + 0.5f), (byte)(blue * 255 + 0.5f), 255);
                break;
            default:
                Span<float> floats = image.As<float>();
                (floats[at], floats[at + plane], floats[at + 2 * plane]) = (red, green, blue);
                break;
        }
    }
}
