using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using AInimEngine.Core.Errors;
using AInimEngine.Core.Files;
using AInimEngine.Core.Imaging;
using AInimEngine.Media.Pictures;
using AInimEngine.Media.Processes;

namespace AInimEngine.Media;

/// <summary>Single pictures: saved as PNG, read from whatever ffmpeg knows (PNG, JPEG, WebP, GIF, BMP, TIFF, PNM).</summary>
public static class ImageFile
{
    /// <summary>
    /// Saves as PNG: 8 bits for Rgba8, 16 for the others. Linear pictures get the sRGB transfer; values are cut to 0..1, NaN
    /// to 0. The file appears only whole.
    /// </summary>
    /// <param name="image">Any format.</param>
    /// <param name="path">Where to; replaced when it exists.</param>
    /// <param name="keepAlpha">Store the alpha of Rgba8 and Rgba16F; pictures of films are opaque.</param>
    /// <exception cref="AInimException">It cannot be written.</exception>
    public static void Save(Image image, string path, bool keepAlpha = false)
    {
        try
        {
            PartialFile.Write(Path.GetFullPath(path), file => Write(file, image, keepAlpha), isDurable: false);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new AInimException(ExitCode.Output, $"cannot write '{LocalInput.Show(path)}': {SystemReason.Of(exception)} Choose another place.", exception);
        }
    }

    /// <summary>A picture as the bytes of a PNG, as <see cref="Save"/> writes it.</summary>
    /// <param name="image">Any format.</param>
    public static byte[] Encode(Image image)
    {
        using var memory = new MemoryStream();
        Write(memory, image, keepAlpha: false);
        return memory.ToArray();
    }

    /// <summary>Reads a picture as Rgba8 in sRGB; the caller disposes it. Of an animation, the first frame.</summary>
    /// <param name="path">A local file; what it is follows from its content, not its name.</param>
    /// <param name="tools">Where ffmpeg is; found when null.</param>
    /// <exception cref="AInimException">Missing, or no picture.</exception>
    public static Image Load(string path, FFmpegTools? tools = null)
    {
        const string verb = "read the picture";
        tools ??= FFmpegTools.Find();
        string demuxer = PictureKind.Of(path, verb)
            ?? throw LocalInput.Error(path, verb, "it is no PNG, JPEG, WebP, GIF, BMP, TIFF or PNM. Convert it first.");
        using ChildProcess ffmpeg = ChildProcess.Start(tools.FFmpegPath,
        [
            "-hide_banner", "-nostdin", "-v", "error", "-protocol_whitelist", LocalInput.Protocols, "-f", demuxer, "-i", LocalInput.Url(path),
            "-frames:v", "1", "-vf", "scale=flags=bicubic+accurate_rnd+full_chroma_int,format=rgba", "-c:v", "pam", "-f", "image2pipe", "pipe:1",
        ]);
        ffmpeg.CloseInput();
        Image? image = ReadPam(ffmpeg.Output);
        ffmpeg.DrainOutput();
        int exitCode = ffmpeg.WaitForExit();
        if (image is not null)
            return image;
        throw LocalInput.Error(path, verb, $"{ffmpeg.Reason(exitCode)}. Check the file.");
    }

    private static void Write(Stream target, Image image, bool keepAlpha)
    {
        bool planar = image.Format == PixelFormat.PlanarRgbF32;
        bool eight = image.Format == PixelFormat.Rgba8 && image.ColorSpace == ColorSpace.Srgb;
        int channels = keepAlpha && !planar ? 4 : 3;
        int pixels = image.Width * image.Height;
        byte[] rows = new byte[checked(pixels * channels * (eight ? 1 : 2))];
        for (int pixel = 0; pixel < pixels; pixel++)
        {
            for (int c = 0; c < channels; c++)
            {
                int at = pixel * channels + c;
                if (eight)
                    rows[at] = image.Bytes[pixel * 4 + c];
                else
                    BinaryPrimitives.WriteUInt16BigEndian(rows.AsSpan(at * 2), Sample(image, pixel, c, pixels));
            }
        }
        PngWriter.Write(target, rows, image.Width, image.Height, channels, eight ? 8 : 16);
    }

    private static ushort Sample(Image image, int pixel, int channel, int pixels)
    {
        float value = image.Format switch
        {
            PixelFormat.Rgba8 => image.Bytes[pixel * 4 + channel] / 255f,
            PixelFormat.Rgba16F => (float)image.As<Half>()[pixel * 4 + channel],
            _ => image.As<float>()[channel * pixels + pixel],
        };
        value = float.IsNaN(value) ? 0 : Math.Clamp(value, 0, 1);
        if (image.ColorSpace == ColorSpace.LinearSrgb && channel < 3)
            value = value <= 0.0031308f ? 12.92f * value : 1.055f * MathF.Pow(value, 1 / 2.4f) - 0.055f; // IEC 61966-2-1
        return (ushort)MathF.Round(value * 65535);
    }

    /// <summary>Reads "P7 WIDTH w HEIGHT h DEPTH 4 ... ENDHDR" and the pixels; null when the stream ends early.</summary>
    private static Image? ReadPam(Stream stream)
    {
        if (!PamHeader.TryRead(stream, out int width, out int height))
            return null;
        var image = new Image(width, height, PixelFormat.Rgba8);
        if (stream.ReadAtLeast(image.Bytes, image.ByteCount, throwOnEndOfStream: false) == image.ByteCount)
            return image;
        image.Dispose();
        return null;
    }
}
