using AInimEngine.Core.Errors;
using AInimEngine.Media.Processes;
using AInimEngine.Media.Video;

namespace AInimEngine.Media.Muxing;

/// <summary>
/// Makes the finished file: joins segments without encoding again, adds sound, tags and cover, checks the result, and only
/// then gives it its name. Whatever fails, the output is either as it was or whole.
/// </summary>
public static class Finisher
{
    /// <summary>Makes the file.</summary>
    /// <param name="settings">What goes into it.</param>
    /// <param name="warnings">Told when the sound was mended.</param>
    /// <param name="tools">Where ffmpeg is; found when null.</param>
    /// <param name="cancellation">Stops the work; nothing is left behind.</param>
    /// <exception cref="AInimException">The output exists, cannot be written, the disk is full, or the result is not what was asked for.</exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public static FinishResult Finish(
        FinishSettings settings, IWarningSink? warnings = null, FFmpegTools? tools = null, CancellationToken cancellation = default)
    {
        tools ??= FFmpegTools.Find();
        Check(settings, tools);
        CoverPicture? cover = Cover(settings);
        using var workspace = new FinishWorkspace(settings);
        var run = new FinishRun(settings, tools, workspace, cover, cancellation);
        FinishResult result = settings.Format.Container == Container.Gif ? run.MakeGif() : MakeVideo(run, settings, warnings, tools, cancellation);
        workspace.Publish(settings.Overwrite);
        return result;
    }

    /// <summary>
    /// Refuses whatever is known to fail before any frame is made: size and rate, output, part of the sound, cover, and encoders that
    /// ffmpeg lacks. <see cref="Finish"/> calls it too.
    /// </summary>
    /// <param name="settings">What will be finished; segments and frame count may still be unknown (empty, 0).</param>
    /// <param name="tools">Where ffmpeg is; found when null.</param>
    /// <exception cref="AInimException">Says what to do about the first thing found.</exception>
    public static void Check(FinishSettings settings, FFmpegTools? tools = null)
    {
        tools ??= FFmpegTools.Find();
        settings.Format.CheckFps(settings.Encoder.Fps);
        settings.Sound?.Check();
        CheckOutput(settings.Output, settings.Overwrite);
        Cover(settings);
        VideoEncoder.Check(settings.Encoder, tools);

        // Even where copying is planned: a copy that does not play as the original does is replaced by an encoding.
        if (settings.Sound is not null && settings.Format.SoundCodec is { } codec)
            tools.Require(MuxArguments.SoundEncoder(codec));
    }

    /// <summary>
    /// Decides what becomes of the sound, as far as its description tells. Only the finished file shows whether a copy plays
    /// as the original does; when not, it is encoded after all, and <see cref="FinishResult.Sound"/> says so.
    /// </summary>
    /// <param name="format">Of the finished file.</param>
    /// <param name="sound">The sound and the part of it that is used; null for none.</param>
    /// <param name="sourceCodec">Codec of the original stream (<see cref="MediaStream.Codec"/>).</param>
    public static SoundPlan PlanSound(OutputFormat format, SoundTrack? sound, string sourceCodec)
    {
        if (sound is null || format.SoundCodec is not { } ours)
            return new SoundPlan(null, Copied: false, null);
        string? whyNot = WhyNotCopy(format, sound, sourceCodec);
        return whyNot is null ? new SoundPlan(sourceCodec, Copied: true, null) : new SoundPlan(ours, Copied: false, whyNot);
    }

    /// <summary>Refuses an output that cannot be made, before any work goes into it.</summary>
    /// <param name="path">Where the finished file shall lie.</param>
    /// <param name="overwrite">Whether it may replace a file.</param>
    /// <exception cref="AInimException">It exists, is a directory, or its folder is missing or cannot be written.</exception>
    public static void CheckOutput(string path, bool overwrite)
    {
        string full = Path.GetFullPath(path);
        if (Directory.Exists(full))
            throw Refuse(path, "it is a directory. Name a file.");
        if (!overwrite && File.Exists(full))
            throw Refuse(path, "the file exists. Pass --overwrite (-y) to replace it, or another name.");
        string folder = Path.GetDirectoryName(full) ?? "/";
        if (!Directory.Exists(folder))
            throw Refuse(path, "the folder does not exist. Make it first.");
        string probe = FinishWorkspace.TemporaryName(full, "probe");
        try
        {
            using (File.Create(probe, 1, FileOptions.DeleteOnClose))
            {
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            string reason = exception is UnauthorizedAccessException or FileNotFoundException or DirectoryNotFoundException
                ? "its folder takes no new files. Choose another folder."
                : LocalInput.Show(SystemReason.Of(exception)) + " Choose another folder.";
            throw new AInimException(ExitCode.Output, $"cannot write '{LocalInput.Show(path)}': {reason}", exception);
        }
    }

    private static FinishResult MakeVideo(
        FinishRun run, FinishSettings settings, IWarningSink? warnings, FFmpegTools tools, CancellationToken cancellation)
    {
        if (settings.Sound is not { } sound)
            return run.MakeSilent();
        MediaInfo source = MediaInfo.Probe(sound.Path, tools: tools, cancellation: cancellation);
        MediaStream stream = source.RequireAudio();
        SoundPlan plan = PlanSound(settings.Format, sound, stream.Codec);
        string? whyNot = plan.WhyEncoded;
        if (plan.Copied)
        {
            try
            {
                FinishResult copied = run.MakeWithCopy(stream);
                whyNot = SoundCheck.Compare(sound.Path, run.Target, run.TargetSound!, tools, cancellation);
                if (whyNot is null)
                    return copied;
            }
            catch (AInimException exception) when (exception.ExitCode == ExitCode.Output && !run.DiskFull)
            {
                whyNot = $"{stream.Codec} could not be copied ({exception.Message})";
            }
        }
        return run.MakeWithEncoding(warnings) with { WhyEncoded = whyNot };
    }

    private static string? WhyNotCopy(OutputFormat format, SoundTrack sound, string codec)
    {
        if (!sound.MayCopy)
            return "the sound was mended";
        if (!sound.IsWhole)
            return "only a part of the sound is used, or it is faded";
        if (format.Container is not (Container.Mp4 or Container.Mov))
            return "sound is only copied into MP4 and MOV";
        if (format.SoundCodec == "pcm_s24le")
            return "ProRes takes uncompressed sound";
        return codec is "aac" or "mp3" or "alac" ? null : $"{codec} does not go into {format.Extension}";
    }

    private static CoverPicture? Cover(FinishSettings settings)
    {
        if (settings.Cover is not { } path)
            return null;
        if (settings.Format.Container is not (Container.Mp4 or Container.Matroska))
            throw new AInimException(ExitCode.Usage, $"a cover does not go into {settings.Format.Extension}: leave it out, or write .mp4 or .mkv");
        return CoverPicture.Open(path);
    }

    private static AInimException Refuse(string path, string why) =>
        new(ExitCode.Output, $"cannot write '{LocalInput.Show(path)}': {why}");
}
