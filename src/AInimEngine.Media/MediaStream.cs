using AInimEngine.Core.Time;

namespace AInimEngine.Media;

/// <summary>One stream of a file, as ffprobe describes it. What does not apply is zero, empty or null.</summary>
public sealed record MediaStream
{
    /// <summary>Position in the file.</summary>
    public required int Index { get; init; }

    /// <summary>What it carries.</summary>
    public required StreamKind Kind { get; init; }

    /// <summary>"h264", "mp3", "pcm_s16le"; "unknown" when ffmpeg has no name.</summary>
    public required string Codec { get; init; }

    /// <summary>"LC", "High".</summary>
    public string Profile { get; init; } = string.Empty;

    /// <summary>Container's four letters, like "avc1" or "hvc1".</summary>
    public string Tag { get; init; } = string.Empty;

    /// <summary>Number of sound channels.</summary>
    public int Channels { get; init; }

    /// <summary>"stereo", "5.1(side)"; empty when the file does not say.</summary>
    public string ChannelLayout { get; init; } = string.Empty;

    /// <summary>Samples a second, per channel.</summary>
    public int SampleRate { get; init; }

    /// <summary>Pixels across.</summary>
    public int Width { get; init; }

    /// <summary>Pixels down.</summary>
    public int Height { get; init; }

    /// <summary>"yuv420p", "fltp": how pixels or samples are stored.</summary>
    public string Format { get; init; } = string.Empty;

    /// <summary>Lowest rate in which all timestamps fit: the frame rate of a steady video.</summary>
    public Rational FrameRate { get; init; }

    /// <summary>Frames over duration.</summary>
    public Rational AverageFrameRate { get; init; }

    /// <summary>Seconds; null when the file does not say.</summary>
    public double? StartTime { get; init; }

    /// <summary>Seconds; null when the file does not say.</summary>
    public double? Duration { get; init; }

    /// <summary>Packets counted (one a frame in all our videos); null unless the probe was asked to count.</summary>
    public long? PacketCount { get; init; }

    /// <summary>"tv" or "pc"; empty when untagged.</summary>
    public string ColorRange { get; init; } = string.Empty;

    /// <summary>Matrix, "bt709"; empty when untagged.</summary>
    public string ColorSpace { get; init; } = string.Empty;

    /// <summary>Transfer, "bt709"; empty when untagged.</summary>
    public string ColorTransfer { get; init; } = string.Empty;

    /// <summary>Primaries, "bt709"; empty when untagged.</summary>
    public string ColorPrimaries { get; init; } = string.Empty;

    /// <summary>Where chroma samples sit, "center"; empty when untagged.</summary>
    public string ChromaLocation { get; init; } = string.Empty;

    /// <summary>"video h264".</summary>
    public override string ToString() => $"{Kind.ToString().ToLowerInvariant()} {Codec}";
}
