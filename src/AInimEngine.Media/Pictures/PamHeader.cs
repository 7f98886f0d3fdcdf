using System.Globalization;
using System.Text;

namespace AInimEngine.Media.Pictures;

/// <summary>The header of a PAM picture as our ffmpeg writes it: "P7", lines of a name and a number, "ENDHDR" (Netpbm).</summary>
internal static class PamHeader
{
    /// <summary>Most pixels of a side; more is no picture of ours.</summary>
    public const int MostSide = 16384;

    private const int MostLine = 100;

    /// <summary>Reads up to where the pixels begin, four bytes each.</summary>
    /// <param name="stream">At "P7".</param>
    /// <param name="width">1 to <see cref="MostSide"/>, pixels.</param>
    /// <param name="height">1 to <see cref="MostSide"/>, pixels.</param>
    /// <returns>False at the end of the stream, or where it is no such header.</returns>
    public static bool TryRead(Stream stream, out int width, out int height)
    {
        (width, height) = (0, 0);
        while (ReadLine(stream) is { } line)
        {
            string[] words = line.Split(' ');
            if (words is ["WIDTH", _])
                width = int.Parse(words[1], CultureInfo.InvariantCulture);
            else if (words is ["HEIGHT", _])
                height = int.Parse(words[1], CultureInfo.InvariantCulture);
            else if (words is ["ENDHDR"])
                break;
        }
        return width is >= 1 and <= MostSide && height is >= 1 and <= MostSide;
    }

    private static string? ReadLine(Stream stream)
    {
        var line = new StringBuilder();
        int next;
        while ((next = stream.ReadByte()) >= 0 && next != '\n' && line.Length < MostLine)
            line.Append((char)next);
        return next < 0 ? null : line.ToString();
    }
}
