using System.Runtime.InteropServices;
using AInimEngine.Core.Errors;
using AInimEngine.Media.Processes;
using AInimEngine.Media.Video;

namespace AInimEngine.Media.Muxing;

/// <summary>The runs of ffmpeg that make one finished file, each followed by a look at what came out.</summary>
internal sealed class FinishRun(
    FinishSettings settings, FFmpegTools tools, FinishWorkspace workspace, CoverPicture? cover, CancellationToken cancellation)
{
    private const int Block = 8192;

    /// <summary>The last run failed for want of space, so another try is no use.</summary>
    public bool DiskFull { get; private set; }

    /// <summary>Where the result lies until it is published.</summary>
    public string Target => workspace.Target;

    /// <summary>The sound in the result of the last run.</summary>
    public MediaStream? TargetSound { get; private set; }

    /// <summary>Pictures alone.</summary>
    public FinishResult MakeSilent()
    {
        Run(MuxArguments.Build(settings, workspace.List, Target, hasSound: false, null, cover, workspace.Chapters), null);
        return Verify(soundSeconds: null, copied: false);
    }

    /// <summary>With the original stream as it is.</summary>
    public FinishResult MakeWithCopy(MediaStream stream)
    {
        Run(MuxArguments.Build(settings, workspace.List, Target, hasSound: true, stream.Index, cover, workspace.Chapters), null);
        return Verify(soundSeconds: null, copied: true);
    }

    /// <summary>With sound encoded from clean samples.</summary>
    public FinishResult MakeWithEncoding(IWarningSink? warnings)
    {
        SoundTrack sound = settings.Sound!;
        long length = sound.SampleCount ?? 0;
        if (sound.SampleCount is null && sound.FadeOut > 0)
            length = AudioFile.Scan(sound.Path, null, tools, cancellation).Length - sound.FirstSample;
        var fader = new SoundFader(
            length > 0 ? length : long.MaxValue / 4, Samples(sound.FadeIn), length > 0 ? Samples(sound.FadeOut) : 0);
        long written = 0;
        using AudioFile file = AudioFile.Open(sound.Path, warnings, tools, cancellation);
        file.SkipTo(sound.FirstSample);
        Run(MuxArguments.Build(settings, workspace.List, Target, hasSound: true, null, cover, workspace.Chapters), input =>
        {
            float[] buffer = new float[Block * AudioFile.Channels];
            long left = sound.SampleCount ?? long.MaxValue;
            while (left > 0)
            {
                int wanted = (int)Math.Min(left, Block);
                int count = file.Read(buffer.AsSpan(0, wanted * AudioFile.Channels));
                Span<float> samples = buffer.AsSpan(0, count * AudioFile.Channels);
                fader.Apply(samples, written);
                input.Write(MemoryMarshal.AsBytes<float>(samples));
                written += count;
                left -= count;
                if (count < wanted)
                    break;
            }
        });
        if (written == 0)
            throw new AInimException(ExitCode.Usage, $"'{LocalInput.Show(sound.Path)}' has no sound in the part that was asked for: check --from and --to");
        return Verify((double)written / AudioFile.SampleRate, copied: false);
    }

    /// <summary>Two passes, since one that finds the palette and uses it would keep every frame in memory.</summary>
    public FinishResult MakeGif()
    {
        string[] input = ["-hide_banner", "-nostdin", "-v", "error", "-y", "-protocol_whitelist", LocalInput.Protocols, "-f", "concat", "-safe", "0", "-i", LocalInput.Url(workspace.List)];
        Run([.. input, "-vf", "palettegen=stats_mode=diff", "-frames:v", "1", "-c:v", "png", "-f", "image2pipe", "file:" + workspace.Palette], null);
        Run(
        [
            .. input, "-protocol_whitelist", LocalInput.Protocols, "-f", "png_pipe", "-i", LocalInput.Url(workspace.Palette),
            "-filter_complex", $"[0:v]setpts=N*{settings.Encoder.Fps.Denominator}/{settings.Encoder.Fps.Numerator}/TB[v];[v][1:v]paletteuse=dither=sierra2_4a:diff_mode=rectangle",
            "-fps_mode", "passthrough", "-fflags", "+bitexact", "-loop", "0", "-f", "gif", "file:" + Target,
        ], null);
        return Verify(soundSeconds: null, copied: false);
    }

    private static long Samples(double seconds) => (long)Math.Round(seconds * AudioFile.SampleRate);

    private void Run(IEnumerable<string> arguments, Action<Stream>? feed)
    {
        using ChildProcess ffmpeg = ChildProcess.Start(tools.FFmpegPath, arguments, workspace.SegmentFolder);
        using CancellationTokenRegistration stop = cancellation.Register(ffmpeg.Kill);
        try
        {
            feed?.Invoke(ffmpeg.Input);
        }
        catch (IOException)
        {
            // ffmpeg ended early; its exit code and its words say why.
        }
        ffmpeg.CloseInput();
        ffmpeg.DrainOutput();
        int exitCode = ffmpeg.WaitForExit();
        cancellation.ThrowIfCancellationRequested();
        if (exitCode == 0 && ffmpeg.Errors.SystemReason is null)
            return;
        string reason = ffmpeg.Reason(exitCode);
        DiskFull = reason.Contains("space", StringComparison.Ordinal) || reason.Contains("quota", StringComparison.Ordinal)
            || ChildProcess.WasKilled(exitCode);
        throw Failed(reason);
    }

    /// <summary>Looks at the result as any player would.</summary>
    private FinishResult Verify(double? soundSeconds, bool copied)
    {
        MediaInfo info = MediaInfo.Probe(Target, tools: tools, cancellation: cancellation);
        MediaStream video = info.RequireVideo();
        if (video.Width != settings.Encoder.Width || video.Height != settings.Encoder.Height)
            throw Failed($"it came out as {video.Width}x{video.Height} instead of {settings.Encoder.Width}x{settings.Encoder.Height}");
        if (FrameTimes.WhyNot(Target, video, settings.FrameCount, settings.Encoder.Fps, tools, cancellation) is { } wrong)
            throw Failed(wrong);
        bool isGif = settings.Format.Container == Container.Gif; // its last frame is as long as its clock allows
        double expected = settings.FrameCount / settings.Encoder.Fps.Value;
        if ((isGif ? null : video.Duration) is { } shown && Math.Abs(shown - expected) > 1.5 / settings.Encoder.Fps.Value)
            throw Failed($"its pictures would last {shown:0.000} s instead of {expected:0.000} s");

        TargetSound = info.Audio;
        bool wanted = settings.Sound is not null && settings.Format.HasSound;
        if (wanted && info.Audio is null)
            throw Failed("it came out without sound");
        if (soundSeconds is { } seconds && (info.Audio!.Duration ?? info.Duration) is { } duration && info.Audio.Duration is not null && Math.Abs(duration - seconds) > 0.1)
            throw Failed($"its sound lasts {duration:0.000} s instead of {seconds:0.000} s");
        return new FinishResult(
            Path.GetFullPath(settings.Output), settings.FrameCount, new FileInfo(Target).Length, wanted ? info.Audio!.Codec : null, copied, null);
    }

    private AInimException Failed(string why) =>
        new(ExitCode.Output, $"cannot write '{LocalInput.Show(settings.Output)}': {why}");
}
