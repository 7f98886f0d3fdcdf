using System.Globalization;
using System.Text;
using AInimEngine.Core.Time;
using AInimEngine.Media.Processes;

namespace AInimEngine.Media.Muxing;

/// <summary>
/// When each picture of a file is shown, as its packets say. The rates that ffprobe tells are guesses from these times, and
/// wrong ones where the clock ticks in milliseconds (59.94 in Matroska reads 19001/317), so they are not used.
/// </summary>
internal static class FrameTimes
{
    /// <summary>Null when the stream holds <paramref name="frames"/> pictures, the k-th within one tick of k frames; else the reason.</summary>
    public static string? WhyNot(
        string path, MediaStream video, long frames, Rational fps, FFmpegTools tools, CancellationToken cancellation)
    {
        (int exitCode, byte[] output, StandardErrorLog errors) = ChildProcess.Run(
            tools.FFprobePath,
            [
                "-v", "error", "-hide_banner", "-select_streams", $"{video.Index}", "-show_entries", "packet=pts:stream=time_base",
                "-of", "csv", .. LocalInput.Arguments(path),
            ],
            cancellation);
        if (exitCode != 0)
            return $"it cannot be read again ({errors.Reason ?? $"ffprobe ended with code {exitCode}"})";

        // "packet,42" for each, in the order in which they are decoded, and "stream,1/1000".
        Rational tick = default;
        var times = new List<long>();
        using var lines = new StringReader(Encoding.UTF8.GetString(output));
        while (lines.ReadLine() is { } line)
        {
            string[] words = line.Split(',');
            if (words[0] == "stream")
                _ = Rational.TryParse(words[1], out tick);
            else if (words[0] == "packet" && long.TryParse(words[1], CultureInfo.InvariantCulture, out long time))
                times.Add(time);
            else if (words[0] == "packet")
                return $"its frame {times.Count} came out without a time";
        }
        if (times.Count != frames)
            return $"it came out with {times.Count} frames instead of {frames}";
        times.Sort();
        for (int k = 0; k < times.Count; k++)
        {
            // |time * tick - k / fps| <= tick, times the denominators.
            Int128 shown = (Int128)times[k] * tick.Numerator * fps.Numerator;
            Int128 due = (Int128)k * fps.Denominator * tick.Denominator;
            if (Int128.Abs(shown - due) > (Int128)tick.Numerator * fps.Numerator)
                return string.Create(CultureInfo.InvariantCulture, $"its frame {k} would be shown at {times[k] * tick.Value:0.000} s instead of {k / fps.Value:0.000} s");
        }
        return null;
    }
}
