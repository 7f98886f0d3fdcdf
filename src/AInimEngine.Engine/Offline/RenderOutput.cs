using AInimEngine.Core.Errors;
using AInimEngine.Engine.Hearing;
using AInimEngine.Media.Muxing;
using AInimEngine.Media.Video;

namespace AInimEngine.Engine.Offline;

/// <summary>Where a render goes and in what form: checked before anything is made.</summary>
public sealed class RenderOutput
{
    private readonly RenderRequest _request;
    private readonly OutputFormat _format;
    private SoundTrack? _sound;
    private IReadOnlyList<Chapter> _chapters = [];
    private string? _title, _artist;

    private RenderOutput(RenderRequest request, OutputFormat format)
    {
        _request = request;
        _format = format;
        (_title, _artist) = (request.Title, request.Artist);
        Encoder = new EncoderSettings(request.Width, request.Height, request.Fps, format.Codec);
        _sound = format.HasSound ? new SoundTrack(request.Input) : null;
    }

    /// <summary>What segments are encoded with.</summary>
    public EncoderSettings Encoder { get; }

    /// <summary>Name of the codec.</summary>
    public string Codec => OutputFormat.Name(_format.Codec);

    /// <summary>Extension of the segments.</summary>
    public string SegmentExtension => _format.SegmentExtension;

    /// <summary>What becomes of the sound; known after <see cref="Choose"/>.</summary>
    public SoundPlan Sound { get; private set; } = new(null, Copied: false, null);

    /// <summary>Checks format, rate, encoders, cover, folder and what is in the way.</summary>
    /// <exception cref="AInimException">Says which.</exception>
    public static RenderOutput Check(RenderRequest request)
    {
        VideoCodec? codec = null;
        if (request.Codec is not null)
            codec = OutputFormat.TryParseCodec(request.Codec, out VideoCodec parsed)
                ? parsed
                : throw new AInimException(ExitCode.Usage, $"there is no codec '{request.Codec}'; use h264, h265, prores, prores4444, vp9, av1, ffv1 or gif.");
        var output = new RenderOutput(request, OutputFormat.Resolve(request.Output, codec));
        RefuseReplacing("-o", request.Output, request.Input, request.Cover);
        Finisher.Check(output.Settings([], 0, folder: null));
        if (request.HashesPath is { } hashes)
        {
            RefuseReplacing("--hashes", hashes, request.Input, request.Output, request.Cover);
            Finisher.CheckOutput(hashes, request.Overwrite || IsHashList(hashes));
        }
        return output;
    }

    /// <summary>Decides what happens to the sound: copied where that keeps it exactly, otherwise encoded. Its title and artist are the video's unless others are asked for.</summary>
    /// <param name="range">The part that is rendered.</param>
    /// <param name="heard">What the first pass found.</param>
    /// <param name="tags">Tags of the track, names in lower case.</param>
    public void Choose(RenderRange range, HeardTrack heard, IReadOnlyDictionary<string, string> tags)
    {
        if (_request.Chapters)
            _chapters = Within(range, Analysis.Structure.Chapters.Of(heard.Analysis));
        _title = _request.Title ?? tags.GetValueOrDefault("title");
        _artist = _request.Artist ?? tags.GetValueOrDefault("artist");
        if (_sound is null)
            return;
        bool whole = range.FirstSample == 0 && range.SampleCount == heard.SampleCount;
        _sound = _sound with
        {
            FirstSample = range.FirstSample,
            SampleCount = whole && range.FadeOutSeconds <= 0 ? null : range.SampleCount,
            FadeIn = range.FadeInSeconds,
            FadeOut = range.FadeOutSeconds,
            MayCopy = !heard.IsMended,
        };
        Sound = Finisher.PlanSound(_format, _sound, heard.Codec);
    }

    /// <summary>Joins the segments with the sound into the final file, which appears only whole.</summary>
    public FinishResult Join(WorkFolder folder, RenderManifest manifest, CancellationToken cancellation)
    {
        string[] segments = [.. Enumerable.Range(0, manifest.SegmentCount).Select(i => folder.SegmentPath(i, manifest.SegmentExtension))];
        return Finisher.Finish(Settings(segments, manifest.FrameCount, folder.FullPath), warnings: null, tools: null, cancellation);
    }

    /// <summary>Free bytes where the output goes; -1 if unknown.</summary>
    public long FreeBytes()
    {
        try
        {
            return new DriveInfo(Path.GetDirectoryName(Path.GetFullPath(_request.Output))!).AvailableFreeSpace;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return -1;
        }
    }

    private FinishSettings Settings(IReadOnlyList<string> segments, long frameCount, string? folder) =>
        new(_request.Output, _format, Encoder, segments, frameCount)
        {
            Sound = _sound,
            Title = _title,
            Artist = _artist,
            Cover = _request.Cover,
            Chapters = _chapters,
            Overwrite = _request.Overwrite,
            WorkFolder = folder,
        };

    /// <summary>The chapters of a part: the one that it begins in starts at 0.</summary>
    private static List<Chapter> Within(RenderRange range, IReadOnlyList<(double Time, string Title)> all)
    {
        double first = (double)range.FirstSample / range.Timeline.SampleRate;
        var chapters = new List<Chapter>();
        foreach ((double time, string title) in all)
        {
            if (time >= first + range.Seconds)
                break;
            if (time <= first)
                chapters.Clear();
            chapters.Add(new Chapter(Math.Max(0, time - first), title));
        }
        return chapters;
    }

    // A list of hashes may be written again, and must be when a render goes on; whatever else has that name is somebody's.
    private static bool IsHashList(string path)
    {
        if (new FileInfo(path) is not { Exists: true, Length: > 0 })
            return true;
        using StreamReader reader = File.OpenText(path);
        Span<char> first = stackalloc char[65];
        int read = reader.ReadBlock(first);
        return read == 0 || (read == 65 && first[64] == '\n' && first[..64].IndexOfAnyExcept("0123456789abcdef") < 0);
    }

    private static void RefuseReplacing(string option, string path, params ReadOnlySpan<string?> others)
    {
        string full = Path.GetFullPath(path);
        foreach (string? other in others)
            if (other is not null && Path.GetFullPath(other) == full)
                throw new AInimException(ExitCode.Output, $"{option} '{path}' would replace '{other}'. Choose another name.");
    }
}
