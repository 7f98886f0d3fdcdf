using AInimEngine.Core.Randomness;
using AInimEngine.Rendering.OpenGL;

namespace AInimEngine.Rendering.Post;

/// <summary>
/// Film-like noise for shaders, one texture fetch instead of a hash per pixel: four independent channels of normal noise,
/// slightly smoothed so that grains are a little larger than a pixel, mean 0.5, deviation 0.16 (so +-3 deviations fit).
/// Tiles without a seam.
/// </summary>
internal static unsafe class NoiseTexture
{
    public const int Size = 256;
    private const ulong Seed = 0x6772_6169_6E; // "grain"

    private static readonly Lazy<byte[]> Pixels = new(Draw);

    /// <summary>Works the noise out, once a process: about as long as some frames take. Any thread.</summary>
    public static void Prepare() => _ = Pixels.Value;

    public static GlTexture Create(GlContext context)
    {
        var texture = new GlTexture(context, Size, Size, InternalFormat.Rgba8, target: false, TextureFilter.Nearest, TextureWrapMode.Repeat);
        fixed (byte* pixels = Pixels.Value)
            texture.Write(pixels);
        return texture;
    }

    private static byte[] Draw()
    {
        const int Count = Size * Size;
        byte[] bytes = new byte[Count * 4];
        float[] white = new float[Count], smooth = new float[Count];
        for (int channel = 0; channel < 4; channel++)
        {
            Philox.Normal(Seed, (ulong)channel, white);
            double sum = 0;
            for (int y = 0; y < Size; y++)
                for (int x = 0; x < Size; x++)
                {
                    float value = 0;
                    for (int dy = -1; dy <= 1; dy++)
                        for (int dx = -1; dx <= 1; dx++)
                            value += white[((y + dy) & (Size - 1)) * Size + ((x + dx) & (Size - 1))] * (dx == 0 ? 1f : 0.35f) * (dy == 0 ? 1f : 0.35f);
                    smooth[y * Size + x] = value;
                    sum += value * value;
                }
            float scale = 0.16f * 255f / (float)Math.Sqrt(sum / Count);
            for (int i = 0; i < Count; i++)
                bytes[i * 4 + channel] = (byte)Math.Clamp(MathF.Round(127.5f + smooth[i] * scale), 0, 255);
        }
        return bytes;
    }
}
