using System.Globalization;
using AInimEngine.Core.Errors;
using AInimEngine.Core.Time;
using AInimEngine.Media.Processes;
using AInimEngine.Media.Video;

namespace AInimEngine.Media.Muxing;

/// <summary>The words that put segments, sound, tags and cover into one file.</summary>
internal static class MuxArguments
{
    /// <summary>Builds the whole line. With <paramref name="copySound"/> the sound comes from its file, otherwise from stdin.</summary>
    public static List<string> Build(FinishSettings settings, string list, string target, bool hasSound, int? copySound, CoverPicture? cover, string? chapters)
    {
        OutputFormat format = settings.Format;
        List<string> words =
        [
            "-hide_banner", "-nostdin", "-v", "error", "-y",
            "-protocol_whitelist", LocalInput.Protocols, "-f", "concat", "-safe", "0", "-i", LocalInput.Url(list),
        ];
        if (hasSound && copySound is not null)
            words.AddRange(LocalInput.Arguments(settings.Sound!.Path));
        else if (hasSound)
            words.AddRange(["-protocol_whitelist", "pipe", "-f", "f32le", "-ar", $"{AudioFile.SampleRate}", "-ac", $"{AudioFile.Channels}", "-i", "pipe:0"]);
        bool pictured = cover is not null && format.Container == Container.Mp4;
        if (cover is not null && pictured)
            words.AddRange(["-protocol_whitelist", LocalInput.Protocols, "-f", cover.Demuxer, "-i", LocalInput.Url(cover.Path)]);

        int inputs = 1 + (hasSound ? 1 : 0) + (pictured ? 1 : 0);
        if (chapters is not null)
            words.AddRange(["-protocol_whitelist", LocalInput.Protocols, "-f", "ffmetadata", "-i", LocalInput.Url(chapters)]);

        words.AddRange(["-map", "0:v:0", "-c:v:0", "copy", "-bsf:v:0", Retime(settings.Encoder.Fps, format.Container)]);
        if (hasSound)
        {
            words.AddRange(["-map", $"1:{copySound ?? 0}"]);
            words.AddRange(copySound is null ? EncodeSound(format.SoundCodec!) : ["-c:a", "copy"]);
        }
        if (pictured)
            words.AddRange(["-map", $"{(hasSound ? 2 : 1)}:v:0", "-c:v:1", "copy", "-disposition:v:1", "attached_pic"]);
        else if (cover is not null)
            words.AddRange(["-attach", LocalInput.Url(cover.Path), "-metadata:s:t", $"mimetype={cover.MimeType}", "-metadata:s:t", $"filename={cover.AttachmentName}"]);

        // "-map_metadata -1" would take the titles of the chapters as well.
        words.AddRange(chapters is null ? ["-map_metadata", "-1", "-map_chapters", "-1"] : ["-map_metadata:g", "-1", "-map_metadata:s", "-1", "-map_chapters", $"{inputs}"]);
        Tag(words, "title", settings.Title);
        Tag(words, "artist", settings.Artist);
        words.AddRange(["-fflags", "+bitexact", "-flags:v", "+bitexact", "-flags:a", "+bitexact"]);
        if (format.Container is Container.Mp4 or Container.Mov)
            words.AddRange(["-video_track_timescale", $"{VideoEncoder.TrackTimescale(settings.Encoder)}", "-movflags", "+faststart+write_colr"]);
        words.AddRange(["-f", Muxer(format.Container), "file:" + target]);
        return words;
    }

    /// <summary>ffmpeg's name of the container when it writes.</summary>
    public static string Muxer(Container container) => container switch
    {
        Container.Mov => "mov",
        Container.Matroska => "matroska",
        Container.WebM => "webm",
        Container.Gif => "gif",
        _ => "mp4",
    };

    /// <summary>
    /// Puts every packet on the exact grid of the frame rate. The concat demuxer sets segments end to end by durations that
    /// containers round to milliseconds, so later segments would drift; decode order and reordering are right, so the n-th
    /// packet is decoded at n frames and shown as many frames later as it said.
    /// </summary>
    private static string Retime(Rational fps, Container container)
    {
        string frame = $"({fps.Denominator}/{fps.Numerator}/TB)"; // ticks a frame
        if (container is Container.Matroska or Container.WebM)
        {
            // ffmpeg 5.1 hands the filter packets in the muxer's milliseconds but tells it the segments' time base; the
            // duration of one packet shows which it is. (No commas: they would end the filter's description.)
            string consistent = $"round(DURATION*TB*{fps.Numerator}/{fps.Denominator})";
            frame = $"({consistent}*{frame}+(1-{consistent})*1000*{fps.Denominator}/{fps.Numerator})";
        }
        string decode = $"(round(STARTDTS/{frame})+N)";
        return $"setts=dts=round({decode}*{frame}):pts=round(({decode}+round((PTS-DTS)/{frame}))*{frame}):duration=round({frame})";
    }

    /// <summary>ffmpeg's name of the encoder that makes <see cref="OutputFormat.SoundCodec"/>.</summary>
    public static string SoundEncoder(string codec) => codec == "opus" ? "libopus" : codec;

    private static string[] EncodeSound(string codec) => codec switch
    {
        "aac" => ["-c:a", SoundEncoder(codec), "-b:a", SoundPlan.BitRate(codec)!],
        "pcm_s24le" => ["-c:a", SoundEncoder(codec)],
        "flac" => ["-c:a", SoundEncoder(codec), "-sample_fmt", "s32", "-bits_per_raw_sample", "24"],

        // The muxer would move the pictures by the encoder's 6.5 ms of delay rather than let the sound start before 0.
        _ => ["-c:a", SoundEncoder(codec), "-b:a", SoundPlan.BitRate(codec)!, "-vbr", "on", "-bsf:a", "setts=pts=PTS-STARTPTS:dts=DTS-STARTDTS"],
    };

    private static void Tag(List<string> words, string name, string? value)
    {
        if (string.IsNullOrEmpty(value))
            return;
        if (value.Contains('\0', StringComparison.Ordinal))
            throw new AInimException(ExitCode.Usage, $"the {name} holds a character that no tag can hold");
        words.AddRange(["-metadata", string.Create(CultureInfo.InvariantCulture, $"{name}={value}")]);
    }
}
