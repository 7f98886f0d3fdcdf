using AInimEngine.Core.Errors;
using AInimEngine.Media;
using AInimEngine.Media.Video;

namespace AInimEngine.Engine.Offline;

/// <summary>Where a render goes and in what form: checked before anything is made.</summary>
public sealed class RenderOutput
{
    private readonly RenderRequest _request;
    private readonly OutputFormat _format;

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

    /// <summary>"copied (mp3)", "aac" or "none"; known after <see cref="Choose"/>.</summary>
    public string SoundDescription { get; private set; } = "none";

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

        string full = Path.GetFullPath(request.Output), folder = Path.GetDirectoryName(full)!;
        if (!Directory.Exists(folder))
            throw new AInimException(ExitCode.Output, $"cannot write '{request.Output}': there is no folder '{folder}'. Make it, or choose another output.");
        if (Directory.Exists(full))
            throw new AInimException(ExitCode.Output, $"cannot write '{request.Output}': it is a folder. Name a file.");
        if (File.Exists(full) && !request.Overwrite)
            throw new AInimException(ExitCode.Output, $"'{request.Output}' exists. Give --overwrite to replace it, or choose another output.");
        if (File.Exists(request.Input) && Path.GetFullPath(request.Input) == full)
            throw new AInimException(ExitCode.Output, $"'{request.Output}' is the track itself. Choose another output.");
        RefuseUnwritable(request, folder);
        return output;
    }

    /// <summary>Decides what happens to the sound.</summary>
    public void Choose(RenderRange range, TrackListener heard, IWarningSink warnings)
    {
    }

    /// <summary>Joins the segments with the sound into the final file.</summary>
    public void Join(WorkFolder folder, RenderManifest manifest, CancellationToken cancellation)
    {
        string list = Path.Combine(folder.FullPath, "list.txt");
        File.WriteAllLines(list, Enumerable.Range(0, manifest.SegmentCount).Select(i => $"file '{folder.SegmentPath(i, manifest.SegmentExtension)}'"));
        var p = System.Diagnostics.Process.Start("ffmpeg", ["-v", "error", "-y", "-safe", "0", "-f", "concat", "-i", list, "-i", Path.GetFullPath(_request.Input), "-map", "0:v", "-map", "1:a", "-c:v", "copy", "-c:a", "aac", "-b:a", "320k", "-movflags", "+faststart", Path.GetFullPath(_request.Output)]);
        p.WaitForExit();
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

    // Trying is the only sure test: permissions, read-only mounts and odd file systems all answer alike.
    private static void RefuseUnwritable(RenderRequest request, string folder)
    {
        string probe = Path.Combine(folder, $".ainim-{Environment.ProcessId}");
        try
        {
            using (File.Create(probe, 1, FileOptions.DeleteOnClose))
            {
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new AInimException(ExitCode.Output, $"cannot write '{request.Output}': {error.Message} Choose an output in a folder that you can write to.", error);
        }
    }
}
