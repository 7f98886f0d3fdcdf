using AInimEngine.Core.Errors;
using AInimEngine.Core.Time;
using AInimEngine.Media.Processes;

namespace AInimEngine.Media.Video;

/// <summary>A codec in a container that can hold it. Immutable.</summary>
/// <param name="Container">The kind of the finished file.</param>
/// <param name="Codec">How its pictures are compressed.</param>
public sealed record OutputFormat(Container Container, VideoCodec Codec)
{
    private static readonly (string Extension, Container Container, VideoCodec[] Codecs)[] Table =
    [
        (".mp4", Container.Mp4, [VideoCodec.H264, VideoCodec.H265, VideoCodec.Vp9, VideoCodec.Av1]),
        (".mov", Container.Mov, [VideoCodec.H264, VideoCodec.H265, VideoCodec.ProRes, VideoCodec.ProRes4444]),
        (".mkv", Container.Matroska,
            [VideoCodec.H264, VideoCodec.H265, VideoCodec.ProRes, VideoCodec.ProRes4444, VideoCodec.Vp9, VideoCodec.Av1, VideoCodec.Ffv1]),
        (".webm", Container.WebM, [VideoCodec.Vp9, VideoCodec.Av1]),
        (".gif", Container.Gif, [VideoCodec.Gif]),
    ];

    // ffmpeg rounds the terms of a rate to this (av_parse_video_rate), so that others would come out as another rate.
    private const int LargestTerm = 1_001_000;

    /// <summary>Whether the file can carry sound.</summary>
    public bool HasSound => Container != Container.Gif;

    /// <summary>What the finished file's name ends in: ".mp4", ".mov", ".mkv", ".webm" or ".gif".</summary>
    public string Extension => Table.First(t => t.Container == Container).Extension;

    /// <summary>What the finished segments end in: ".mp4", ".mov" or ".mkv".</summary>
    public string SegmentExtension => Codec switch
    {
        VideoCodec.ProRes or VideoCodec.ProRes4444 => ".mov",
        VideoCodec.Ffv1 or VideoCodec.Gif => ".mkv",
        _ => ".mp4",
    };

    /// <summary>The sound codec that our own encoding uses here; null when there is no sound.</summary>
    public string? SoundCodec => (Container, Codec) switch
    {
        (Container.Mov, VideoCodec.ProRes or VideoCodec.ProRes4444) => "pcm_s24le",
        (Container.Mp4 or Container.Mov, _) => "aac",
        (Container.Matroska, _) => "flac",
        (Container.WebM, _) => "opus",
        _ => null,
    };

    /// <summary>Finds the container by the name's extension, and the codec that goes with it when none is asked for.</summary>
    /// <param name="path">Where the finished file shall lie.</param>
    /// <param name="codec">What was asked for, or null for the container's usual one.</param>
    /// <exception cref="AInimException">No such container, or it cannot hold the codec (<see cref="ExitCode.Usage"/>).</exception>
    public static OutputFormat Resolve(string path, VideoCodec? codec = null)
    {
        if (Path.EndsInDirectorySeparator(path) || Directory.Exists(path))
            throw Refuse(path, "it is a folder. Name a file in it");
        string extension = Path.GetExtension(path).ToLowerInvariant();
        foreach ((string known, Container container, VideoCodec[] codecs) in Table)
        {
            if (known != extension)
                continue;
            VideoCodec chosen = codec ?? codecs[0];
            return codecs.Contains(chosen)
                ? new OutputFormat(container, chosen)
                : throw Refuse(path, $"{Name(chosen)} does not go into {extension}: use {ExtensionsFor(chosen)}, or another codec");
        }
        string wanted = codec is { } asked ? ExtensionsFor(asked) : string.Join(", ", Table.Select(t => t.Extension));
        throw Refuse(path, extension.Length == 0 ? $"the name has no extension: use {wanted}" : $"no container is known by '{extension}': use {wanted}");
    }

    /// <summary>What a file of this codec is called when nobody says: ".mp4" where that can hold it.</summary>
    public static string DefaultExtension(VideoCodec codec) => Table.First(t => t.Codecs.Contains(codec)).Extension;

    /// <summary>Reads "h264", "h265", "prores", "prores4444", "vp9", "av1", "ffv1" or "gif".</summary>
    public static bool TryParseCodec(string? text, out VideoCodec codec)
    {
        foreach (VideoCodec known in Enum.GetValues<VideoCodec>())
        {
            if (string.Equals(Name(known), text, StringComparison.OrdinalIgnoreCase))
            {
                codec = known;
                return true;
            }
        }
        codec = default;
        return false;
    }

    /// <summary>The codec's name as it is written on the command line.</summary>
    public static string Name(VideoCodec codec) => codec.ToString().ToLowerInvariant();

    /// <summary>Checks a frame rate against what the container can time: a whole number of ticks in MP4 and MOV, whole milliseconds in Matroska and WebM, hundredths in GIF.</summary>
    /// <exception cref="AInimException">Below 1/100, above 240, above 50 in a GIF, or a fraction too fine for ffmpeg.</exception>
    public void CheckFps(Rational fps)
    {
        CheckRate(fps);
        if (Container == Container.Gif && fps > new Rational(50, 1))
            throw new AInimException(ExitCode.Usage, $"a GIF plays at most 50 frames a second, {fps} were asked for: use --fps 25 or --fps 50");
    }

    /// <summary>What every container can time.</summary>
    internal static void CheckRate(Rational fps)
    {
        if (fps < new Rational(1, 100) || fps > new Rational(240, 1))
            throw new AInimException(ExitCode.Usage, $"{fps} frames a second cannot be made: use a rate of 1/100 to 240");
        if (fps.Numerator > LargestTerm || fps.Denominator > LargestTerm)
            throw new AInimException(ExitCode.Usage, $"{fps} frames a second is too fine a fraction: use one like 24000/1001, with no number above {LargestTerm}");
    }

    private static string ExtensionsFor(VideoCodec codec) =>
        string.Join(" or ", Table.Where(t => t.Codecs.Contains(codec)).Select(t => t.Extension));

    private static AInimException Refuse(string path, string why) =>
        new(ExitCode.Usage, $"cannot write '{LocalInput.Show(path)}': {why}");
}
