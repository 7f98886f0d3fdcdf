using AInimEngine.Media.Processes;

namespace AInimEngine.Media.Pictures;

/// <summary>What kind of picture a file is, by its first bytes: ffmpeg would also go by the name, and take it for a pattern.</summary>
internal static class PictureKind
{
    /// <summary>ffmpeg's demuxer for one picture of that kind, or null.</summary>
    public static string? Of(string path, string verb)
    {
        LocalInput.Check(path, verb);
        Span<byte> head = stackalloc byte[16];
        int count;
        using (FileStream file = File.OpenRead(path))
            count = file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
        head = head[..count];
        if (head.Length > 4 && head[0] == 0x89 && head[1..4].SequenceEqual("PNG"u8))
            return "png_pipe";
        if (head.Length > 3 && head[0] == 0xFF && head[1] == 0xD8 && head[2] == 0xFF)
            return "jpeg_pipe";
        if (head.StartsWith("GIF8"u8))
            return "gif_pipe";
        if (head.StartsWith("BM"u8))
            return "bmp_pipe";
        if (head.Length >= 12 && head.StartsWith("RIFF"u8) && head[8..12].SequenceEqual("WEBP"u8))
            return "webp_pipe";
        if (head.StartsWith("II*\0"u8) || head.StartsWith("MM\0*"u8))
            return "tiff_pipe";
        if (head.Length > 2 && head[0] == (byte)'P' && head[1] is >= (byte)'4' and <= (byte)'7')
            return head[1] switch { (byte)'4' => "pbm_pipe", (byte)'5' => "pgm_pipe", (byte)'6' => "ppm_pipe", _ => "pam_pipe" };
        return null;
    }
}
