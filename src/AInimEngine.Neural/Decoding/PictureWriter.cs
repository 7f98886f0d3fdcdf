using AInimEngine.Core.Imaging;

namespace AInimEngine.Neural.Decoding;

/// <summary>The middle of decoded planes as a picture.</summary>
internal static unsafe class PictureWriter
{
    /// <summary>Turns -1..1 to 0..1 and writes the middle.</summary>
    /// <param name="planes">[3, height, width]; changed.</param>
    /// <param name="width">Of the planes.</param>
    /// <param name="height">Of the planes.</param>
    /// <param name="output">No larger than the planes.</param>
    public static void Write(float* planes, int width, int height, Image output)
    {
        int left = (width - output.Width) / 2, top = (height - output.Height) / 2;
        int size = width * height, count = output.Width * output.Height;
        // Row by row to the front: a row's place is never behind where it comes from.
        for (int plane = 0; plane < 3; plane++)
        {
            for (int y = 0; y < output.Height; y++)
            {
                float* source = planes + plane * size + (y + top) * width + left;
                float* target = planes + plane * count + y * output.Width;
                PictureRows.ToUnit(new ReadOnlySpan<float>(source, output.Width), new Span<float>(target, output.Width));
            }
        }
        switch (output.Format)
        {
            case PixelFormat.PlanarRgbF32:
                new ReadOnlySpan<float>(planes, 3 * count).CopyTo(output.As<float>());
                break;
            case PixelFormat.Rgba16F:
                Field.FieldPixels.ToRgba16F(planes, count, (ulong*)output.Pointer);
                break;
            case PixelFormat.Rgba8:
                Field.FieldPixels.ToRgba8(planes, count, (uint*)output.Pointer);
                break;
            default:
                throw new ArgumentException($"pictures are not decoded into {output.Format}", nameof(output));
        }
    }
}
