using System.Globalization;

namespace AInimEngine.Media.Video;

/// <summary>The words that tell ffmpeg how to encode: one place for every default.</summary>
public static class CodecArguments
{
    // Tags go on the frames themselves: as output options alone, ProRes came out untagged (ffmpeg 5.1).
    private const string Tags = "setparams=color_primaries=bt709:color_trc=bt709";

    /// <summary>
    /// Default effort for H.264, chosen for processor time at 1280x720 (2 threads, CRF 18, smooth to grainy pictures): superfast
    /// 9 to 18 ms a frame, veryfast 13 to 24 ms for 0.4 to 0.65 of the size at 4 dB less, ultrafast 4 to 7 ms but without
    /// CABAC and B-frames.
    /// </summary>
    public const string H264Preset = "superfast";

    /// <summary>The filters between what we pipe in and the encoder.</summary>
    internal static string Filters(EncoderSettings settings) => settings.Codec switch
    {
        VideoCodec.ProRes => Scaled("yuv422p10le"),
        VideoCodec.ProRes4444 => Scaled("yuv444p10le"),
        VideoCodec.Ffv1 or VideoCodec.Gif => $"format=bgr0,{Tags}:colorspace=gbr:range=pc",
        _ => $"{Tags}:colorspace=bt709:range=tv", // already converted: no scaler in between
    };

    /// <summary>The encoder and its options.</summary>
    internal static List<string> Encoder(EncoderSettings settings, FFmpegTools tools)
    {
        string threads = Text(settings.Threads);
        string interval = Text((int)Math.Clamp(Math.Ceiling(2 * settings.Fps.Value), 1, 480));
        string Quality(int standard) => Text(settings.Quality ?? standard);
        string Preset(string standard) => settings.Preset ?? standard;
        List<string> words = settings.Codec switch
        {
            VideoCodec.H264 =>
            [
                "-c:v", tools.Require("libx264"), "-profile:v", "high", "-preset", Preset(H264Preset), "-crf", Quality(18), "-g", interval,
            ],
            VideoCodec.H265 =>
            [
                "-c:v", tools.Require("libx265"), "-preset", Preset("veryfast"), "-crf", Quality(20), "-g", interval, "-tag:v", "hvc1",
                "-x265-params", $"log-level=error:pools={threads}:frame-threads={threads}:open-gop=0",
            ],
            VideoCodec.ProRes => ["-c:v", tools.Require("prores_ks"), "-profile:v", "hq", "-vendor", "apl0"],
            VideoCodec.ProRes4444 => ["-c:v", tools.Require("prores_ks"), "-profile:v", "4444", "-vendor", "apl0"],
            VideoCodec.Vp9 =>
            [
                "-c:v", tools.Require("libvpx-vp9"), "-crf", Quality(24), "-b:v", "0", "-deadline", "good", "-cpu-used", Preset("5"),
                "-row-mt", "1", "-tile-columns", "1", "-g", interval,
            ],
            VideoCodec.Av1 when tools.HasEncoder("libsvtav1") =>
            [
                "-c:v", "libsvtav1", "-preset", Preset("9"), "-crf", Quality(28), "-g", interval, "-svtav1-params", $"lp={threads}",
            ],
            VideoCodec.Av1 =>
            [
                "-c:v", tools.Require("libaom-av1"), "-cpu-used", Preset("8"), "-crf", Quality(28), "-b:v", "0", "-row-mt", "1", "-g", interval,
            ],
            _ => ["-c:v", tools.Require("ffv1"), "-level", "3", "-g", "1", "-slices", "4", "-slicecrc", "1"],
        };
        words.AddRange(["-threads", threads]);
        return words;
    }

    private static string Scaled(string format) =>
        $"scale=out_color_matrix=bt709:out_range=tv:flags=bicubic+accurate_rnd+full_chroma_int,format={format},{Tags}:colorspace=bt709:range=tv";

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
