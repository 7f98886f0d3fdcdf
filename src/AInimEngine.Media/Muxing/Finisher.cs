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
        settings.Format.CheckFps(settings.Encoder.Fps);
        settings.Sound?.Check();
        CheckOutput(settings.Output, settings.Overwrite);
        CoverPicture? cover = Cover(settings);
        using var workspace = new FinishWorkspace(settings);
        var run = new FinishRun(settings, tools, workspace, cover, cancellation);
        FinishResult result = settings.Format.Container == Container.Gif ? run.MakeGif() : MakeVideo(run, settings, warnings, tools, cancellation);
        workspace.Publish(settings.Overwrite);
        return result;
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
            throw Refuse(path, "the file exists. Pass --overwrite or another name.");
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
            throw new AInimException(ExitCode.Output, $"cannot write '{LocalInput.Show(path)}': {LocalInput.Show(exception.Message)}", exception);
        }
    }

    private static FinishResult MakeVideo(
        FinishRun run, FinishSettings settings, IWarningSink? warnings, FFmpegTools tools, CancellationToken cancellation)
    {
        if (settings.Sound is not { } sound)
            return run.MakeSilent();
        MediaInfo source = MediaInfo.Probe(sound.Path, tools: tools);
        MediaStream stream = source.RequireAudio();
        string? whyNot = WhyNotCopy(settings, stream);
        if (whyNot is null)
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

    /// <summary>Null when the original stream can go into the file as it is, as far as its description tells.</summary>
    private static string? WhyNotCopy(FinishSettings settings, MediaStream stream)
    {
        if (!settings.Sound!.MayCopy)
            return "the sound was mended";
        if (!settings.Sound.IsWhole)
            return "only a part of the sound is used, or it is faded";
        if (settings.Format.Container is not (Container.Mp4 or Container.Mov))
            return "sound is only copied into MP4 and MOV";
        if (settings.Format.SoundCodec == "pcm_s24le")
            return "ProRes takes uncompressed sound";
        return stream.Codec is "aac" or "mp3" or "alac" ? null : $"{stream.Codec} does not go into {Path.GetExtension(settings.Output)}";
    }

    private static CoverPicture? Cover(FinishSettings settings)
    {
        if (settings.Cover is not { } path)
            return null;
        if (settings.Format.Container is not (Container.Mp4 or Container.Matroska))
            throw new AInimException(ExitCode.Usage, $"a cover does not go into {Path.GetExtension(settings.Output)}: leave it out, or write .mp4 or .mkv");
        return CoverPicture.Open(path);
    }

    private static AInimException Refuse(string path, string why) =>
        new(ExitCode.Output, $"cannot write '{LocalInput.Show(path)}': {why}");
}
