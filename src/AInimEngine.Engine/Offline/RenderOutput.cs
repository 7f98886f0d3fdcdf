using AInimEngine.Core.Errors;
using AInimEngine.Media.Muxing;
using AInimEngine.Media.Video;

namespace AInimEngine.Engine.Offline;

/// <summary>Where a render goes and in what form: checked before anything is made.</summary>
public sealed class RenderOutput
{
    private readonly RenderRequest _request;
    private readonly OutputFormat _format;
    private SoundTrack? _sound;

    private RenderOutput(RenderRequest request, OutputFormat format)
    {
        _request = request;
        _format = format;
        Encoder = new EncoderSettings(request.Width, request.Height, request.Fps, format.Codec);
    }

    /// <summary>What segments are encoded with.</summary>
    public EncoderSettings Encoder { get; }

    /// <summary>Name of the codec.</summary>
    public string Codec => OutputFormat.Name(_format.Codec);

    /// <summary>Extension of the segments.</summary>
    public string SegmentExtension => _format.SegmentExtension;

    /// <summary>"mp3, copied", "aac 320k" or "none"; known after <see cref="Choose"/>.</summary>
    public string SoundDescription { get; private set; } = "none";

    /// <summary>Whether the original sound is to be copied; known after <see cref="Choose"/>.</summary>
    public bool ExpectsCopy { get; private set; }

    /// <summary>Checks format, rate, folder and what is in the way.</summary>
    /// <exception cref="AInimException">Says which.</exception>
    public static RenderOutput Check(RenderRequest request)
    {
        VideoCodec? codec = null;
        if (request.Codec is not null)
            codec = OutputFormat.TryParseCodec(request.Codec, out VideoCodec parsed)
                ? parsed
                : throw new AInimException(ExitCode.Usage, $"there is no codec '{request.Codec}'; use h264, h265, prores, vp9, av1, ffv1 or gif.");
        OutputFormat format = OutputFormat.Resolve(request.Output, codec);
        format.CheckFps(request.Fps);
        var output = new RenderOutput(request, format);
        output.Encoder.Check();

        Finisher.CheckOutput(request.Output, request.Overwrite);
        if (File.Exists(request.Input) && Path.GetFullPath(request.Input) == Path.GetFullPath(request.Output))
            throw new AInimException(ExitCode.Output, $"'{request.Output}' is the track itself. Choose another output.");
        if (request.HashesPath is { } hashes)
            CheckHashes(hashes, request);
        return output;
    }

    /// <summary>Decides what happens to the sound: copied where that keeps it exactly, otherwise encoded.</summary>
    /// <param name="range">The part that is rendered.</param>
    /// <param name="heard">What the first pass found.</param>
    public void Choose(RenderRange range, TrackListener heard)
    {
        if (!_format.HasSound)
            return;
        bool whole = range.FirstSample == 0 && range.SampleCount == heard.SampleCount;
        _sound = new SoundTrack(_request.Input)
        {
            FirstSample = range.FirstSample,
            SampleCount = whole && range.FadeOutSeconds <= 0 ? null : range.SampleCount,
            FadeIn = range.FadeInSeconds,
            FadeOut = range.FadeOutSeconds,
            MayCopy = !heard.IsMended,
        };
        ExpectsCopy = _sound.IsWhole && _sound.MayCopy && _format.SoundCodec == "aac" && heard.Codec is "aac" or "mp3" or "alac";
        SoundDescription = ExpectsCopy ? $"{heard.Codec}, copied" : _format.SoundCodec == "aac" ? "aac 320k" : _format.SoundCodec!;
    }

    /// <summary>Joins the segments with the sound into the final file, which appears only whole.</summary>
    public FinishResult Join(WorkFolder folder, RenderManifest manifest, CancellationToken cancellation)
    {
        string[] segments = [.. Enumerable.Range(0, manifest.SegmentCount).Select(i => folder.SegmentPath(i, manifest.SegmentExtension))];
        var settings = new FinishSettings(_request.Output, _format, Encoder, segments, manifest.FrameCount)
        {
            Sound = _sound,
            Title = _request.Title,
            Artist = _request.Artist,
            Cover = _request.Cover,
            Overwrite = _request.Overwrite,
        };
        return Finisher.Finish(settings, warnings: null, tools: null, cancellation);
    }

    private static void CheckHashes(string path, RenderRequest request)
    {
        string full = Path.GetFullPath(path);
        foreach (string? other in (string?[])[request.Input, request.Output, request.Cover])
            if (other is not null && Path.GetFullPath(other) == full)
                throw new AInimException(ExitCode.Output, $"--hashes '{path}' would replace '{other}'. Choose another name.");
        Finisher.CheckOutput(path, overwrite: true);
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
}
