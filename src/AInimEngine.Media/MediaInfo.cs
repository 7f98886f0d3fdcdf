using System.Globalization;
using System.Text.Json;
using AInimEngine.Core.Errors;
using AInimEngine.Core.Time;
using AInimEngine.Media.Processes;

namespace AInimEngine.Media;

/// <summary>What a file holds: its streams, container and tags, as ffprobe tells. Immutable.</summary>
public sealed record MediaInfo
{
    /// <summary>As it was passed.</summary>
    public required string Path { get; init; }

    /// <summary>ffmpeg's names of the container, "mov,mp4,m4a,3gp,3g2,mj2".</summary>
    public required string Format { get; init; }

    /// <summary>All streams in file order.</summary>
    public required IReadOnlyList<MediaStream> Streams { get; init; }

    /// <summary>Tags of the file (title, artist, ...), names in lower case.</summary>
    public required IReadOnlyDictionary<string, string> Tags { get; init; }

    /// <summary>Seconds, an estimate for some formats; null when unknown. The decoded sample count is the truth.</summary>
    public double? Duration { get; init; }

    /// <summary>The first sound stream, or null.</summary>
    public MediaStream? Audio => Streams.FirstOrDefault(s => s.Kind == StreamKind.Audio);

    /// <summary>The first moving picture, or null; covers do not count.</summary>
    public MediaStream? Video => Streams.FirstOrDefault(s => s.Kind == StreamKind.Video);

    /// <summary>Reads what <paramref name="path"/> holds.</summary>
    /// <param name="path">A local file.</param>
    /// <param name="countPackets">Also count the packets of each stream: exact, but reads the whole file.</param>
    /// <param name="tools">Where ffprobe is; found when null.</param>
    /// <param name="cancellation">Ends ffprobe, which may read long when it counts.</param>
    /// <exception cref="AInimException">Missing, a directory, empty, or nothing that ffmpeg knows.</exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public static MediaInfo Probe(
        string path, bool countPackets = false, FFmpegTools? tools = null, CancellationToken cancellation = default) =>
        Probe(path, "decode", countPackets, tools ?? FFmpegTools.Find(), cancellation);

    /// <summary>The first sound stream.</summary>
    /// <exception cref="AInimException">There is none.</exception>
    public MediaStream RequireAudio() => Audio
        ?? throw LocalInput.Error(Path, "decode", $"no audio stream found ({Listing}). Pass a file with audio.");

    /// <summary>The first moving picture.</summary>
    /// <exception cref="AInimException">There is none.</exception>
    public MediaStream RequireVideo() => Video
        ?? throw LocalInput.Error(Path, "decode", $"no video stream found ({Listing}). Pass a file with video.");

    /// <summary>"streams: video h264, subtitle mov_text".</summary>
    private string Listing => Streams.Count == 0 ? "no streams" : "streams: " + string.Join(", ", Streams);

    internal static MediaInfo Probe(
        string path, string verb, bool countPackets, FFmpegTools tools, CancellationToken cancellation = default)
    {
        LocalInput.Check(path, verb);
        RecentProbes.Key? key = countPackets ? null : RecentProbes.Of(path, tools);
        cancellation.ThrowIfCancellationRequested();
        if (RecentProbes.Find(key) is { } known)
            return known with { Path = path };
        List<string> arguments = ["-v", "error", "-hide_banner"];
        if (countPackets)
            arguments.Add("-count_packets");
        arguments.AddRange(["-show_format", "-show_streams", "-of", "json", .. LocalInput.Arguments(path)]);
        (int exitCode, byte[] output, StandardErrorLog errors) = ChildProcess.Run(tools.FFprobePath, arguments, cancellation);
        if (exitCode != 0)
            throw LocalInput.Error(path, verb, Explain(exitCode, errors));
        using JsonDocument json = JsonDocument.Parse(output);
        MediaInfo info = Read(path, json.RootElement);
        RecentProbes.Keep(key, info);
        return info;
    }

    private static string Explain(int exitCode, StandardErrorLog errors)
    {
        if (ChildProcess.WasKilled(exitCode))
            return $"ffprobe was killed (signal {exitCode - 128})";
        string[] lines = errors.Lines;
        foreach (string line in lines)
        {
            int refused = line.IndexOf(": Format not on whitelist", StringComparison.Ordinal);
            if (refused > 0)
                return $"its format ({line[..refused]}) is not accepted. Pass a sound or video file, no playlist or picture.";
            if (line.Contains("moov atom not found", StringComparison.Ordinal))
                return "the file is cut off (moov atom not found). Pass a whole file.";
        }
        return lines.Any(l => l.Contains("Input/output error", StringComparison.Ordinal))
            ? "the file cannot be read (Input/output error)"
            : "not a sound or video file that ffmpeg knows. Pass one.";
    }

    private static MediaInfo Read(string path, JsonElement root)
    {
        var streams = new List<MediaStream>();
        if (root.TryGetProperty("streams", out JsonElement list))
        {
            foreach (JsonElement stream in list.EnumerateArray())
                streams.Add(ReadStream(stream));
        }
        var tags = new Dictionary<string, string>(StringComparer.Ordinal);
        JsonElement format = root.TryGetProperty("format", out JsonElement found) ? found : default;
        if (format.ValueKind == JsonValueKind.Object && format.TryGetProperty("tags", out JsonElement tagList))
        {
            foreach (JsonProperty tag in tagList.EnumerateObject())
                tags[tag.Name.ToLowerInvariant()] = tag.Value.GetString() ?? string.Empty;
        }
        return new MediaInfo
        {
            Path = path,
            Format = Text(format, "format_name"),
            Duration = Seconds(format, "duration"),
            Streams = streams,
            Tags = tags,
        };
    }

    private static MediaStream ReadStream(JsonElement stream) => new()
    {
        Index = Integer(stream, "index"),
        Kind = Kind(stream),
        Codec = Text(stream, "codec_name") is { Length: > 0 } codec ? codec : "unknown",
        Profile = Text(stream, "profile"),
        Tag = Text(stream, "codec_tag_string"),
        Channels = Integer(stream, "channels"),
        ChannelLayout = Text(stream, "channel_layout") is var layout && layout == "unknown" ? string.Empty : layout,
        SampleRate = Integer(stream, "sample_rate"),
        Width = Integer(stream, "width"),
        Height = Integer(stream, "height"),
        Format = Text(stream, "pix_fmt") is { Length: > 0 } pixels ? pixels : Text(stream, "sample_fmt"),
        FrameRate = Rate(stream, "r_frame_rate"),
        AverageFrameRate = Rate(stream, "avg_frame_rate"),
        StartTime = Seconds(stream, "start_time"),
        Duration = Seconds(stream, "duration"),
        PacketCount = long.TryParse(Text(stream, "nb_read_packets"), CultureInfo.InvariantCulture, out long packets) ? packets : null,
        ColorRange = Text(stream, "color_range"),
        ColorSpace = Text(stream, "color_space"),
        ColorTransfer = Text(stream, "color_transfer"),
        ColorPrimaries = Text(stream, "color_primaries"),
        ChromaLocation = Text(stream, "chroma_location"),
    };

    private static StreamKind Kind(JsonElement stream) => Text(stream, "codec_type") switch
    {
        "audio" => StreamKind.Audio,
        "video" => stream.TryGetProperty("disposition", out JsonElement flags) && Integer(flags, "attached_pic") != 0
            ? StreamKind.Cover
            : StreamKind.Video,
        "subtitle" => StreamKind.Subtitle,
        _ => StreamKind.Other,
    };

    private static string Text(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out JsonElement value)
            ? value.ValueKind == JsonValueKind.String ? value.GetString()! : value.ToString()
            : string.Empty;

    private static int Integer(JsonElement element, string name) =>
        int.TryParse(Text(element, name), CultureInfo.InvariantCulture, out int value) ? value : 0;

    private static double? Seconds(JsonElement element, string name) =>
        double.TryParse(Text(element, name), CultureInfo.InvariantCulture, out double value) ? value : null;

    private static Rational Rate(JsonElement element, string name) =>
        Text(element, name) is var text && !text.EndsWith("/0", StringComparison.Ordinal) && Rational.TryParse(text, out Rational rate)
            ? rate
            : default;
}
