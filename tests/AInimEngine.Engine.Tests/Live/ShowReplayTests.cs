using System.Diagnostics;
using AInimEngine.Analysis;
using AInimEngine.Audio.Level;
using AInimEngine.Core.Control;
using AInimEngine.Core.Imaging;
using AInimEngine.Core.Time;
using AInimEngine.Engine.Live;
using AInimEngine.Engine.Live.Shows;
using AInimEngine.Engine.Tests.Support;
using AInimEngine.Media;
using AInimEngine.Rendering;
using AInimEngine.Rendering.Post;
using AInimEngine.Rendering.Safety;

namespace AInimEngine.Engine.Tests.Live;

/// <summary>A show that is played frame by frame, logged, and made again from its log.</summary>
[Collection(Pictures.One)]
public sealed class ShowReplayTests : IDisposable
{
    private const int Width = 160, Height = 90, Fps = 30, ClickAfter = 12;

    private readonly ScratchFolder _scratch = new();
    private readonly GlContext _context = GlContext.CreateHeadless();
    private readonly StillSource _source = new();
    private readonly ControlSurface _surface = LiveRows.Create(Scene.FullVocabulary().Parameters);
    private readonly LiveLimiter _limiter;
    private long _frame = 5;
    private float _light = 1;

    public ShowReplayTests() => _limiter = new LiveLimiter(_context, Width, Height);

    public void Dispose()
    {
        _limiter.Dispose();
        _context.Dispose();
        _scratch.Dispose();
    }

    [Fact]
    public async Task AShowIsMadeAgainToTheBitAndInAnyOtherSizeWithTheSameMotion()
    {
        string folder = Perform();
        var warnings = new Warnings();
        ShowRender exact = await Render(folder, "exact.mkv", null, null, warnings);
        Assert.Empty(warnings.Messages);
        ShowRenderResult result = exact.Result;
        Assert.True(result.IsExact);
        Assert.Equal((result.Compared, -1L), (result.Equal, result.FirstDifferent));
        Assert.Equal(result.Hashes, result.Compared);
        Assert.InRange(result.Hashes, result.Shown / 2, result.Shown); // the display drops what the reader has no room for
        Assert.Equal(result.Shown + 3, result.Frames); // what was skipped is repeated
        Assert.Equal(0, result.Missing);
        double[] shown = Brightness(_scratch["exact.mkv"]);
        Assert.Equal(result.Frames, shown.Length);
        Assert.Contains(shown, light => light < 1);
        Assert.Equal(ClickAfter / (double)Fps, Click(_scratch["exact.mkv"]), 1.0 / Fps);

        ShowRender other = await Render(folder, "other.mkv", 320, 2 * Fps, warnings);
        Assert.False(other.Result.IsExact);
        double[] larger = Brightness(_scratch["other.mkv"]);
        Assert.Equal(2 * shown.Length, larger.Length);
        double difference = shown.Select((light, i) => Math.Abs(light - larger[2 * i])).Average();
        Assert.InRange(difference, 0, 4);
    }

    [Fact]
    public async Task APresetThatWasChangedAfterItWasLoadedIsRenderedAsItWasPlayed()
    {
        string preset = _scratch["mine.json"];
        File.Copy(Path.Combine(Repository.Root, "presets", "silk.json"), preset);
        string folder = Perform(preset, loaded: () => File.Copy(Path.Combine(Repository.Root, "presets", "aurora.json"), preset, overwrite: true));
        var warnings = new Warnings();
        ShowRender render = await Render(folder, "a.mkv", null, null, warnings);
        Assert.Contains("was changed after the show", Assert.Single(warnings.Messages), StringComparison.Ordinal);
        Assert.Equal((render.Result.Hashes, render.Result.Hashes), (render.Result.Compared, render.Result.Equal));
        Assert.True(render.Result.Compared > 10);
    }

    [Theory]
    [InlineData(null, null)]
    [InlineData(320, 2 * Fps)]
    public async Task AStoppedRenderGoesOnToTheBit(int? width, int? fps)
    {
        string folder = Perform();
        var warnings = new Warnings();
        ShowRender whole = await Render(folder, "whole.mkv", width, fps, warnings);
        List<string> expected = Hashes("whole.mkv");
        Assert.Equal(whole.Result.Frames, expected.Count);
        long done = 0;
        // Stopped in every part of the show: held controls, another working size, the change of preset, the blackout.
        for (int stops = 1; stops <= 6; stops++)
        {
            using var stop = new CancellationTokenSource();
            long until = stops * whole.Result.Frames / 7;
            ShowRender stopped = Open(folder, "again.mkv", width, fps, warnings);
            stopped.Painted = frames =>
            {
                if (frames >= until)
                    stop.Cancel();
            };
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => stopped.RunAsync(stop.Token));
            Assert.Equal(done, stopped.Result.ResumedAt);
            done = stopped.FramesKept;
            Assert.InRange(done, until - (fps ?? Fps), until);
        }
        ShowRender last = await Render(folder, "again.mkv", width, fps, warnings);
        Assert.True(done > 0);
        Assert.Equal((done, whole.Result.Compared, whole.Result.Equal), (last.Result.ResumedAt, last.Result.Compared, last.Result.Equal));
        Assert.Equal(expected, Hashes("again.mkv"));
        Assert.Empty(warnings.Messages);
    }

    /// <summary>A show with a held parameter, another working size, a change of preset, skipped frames and a blackout.</summary>
    /// <param name="preset">That it begins with.</param>
    /// <param name="loaded">Called when that is loaded and not in the log yet; such a show has that preset only.</param>
    private string Perform(string preset = "aurora", Action? loaded = null)
    {
        var settings = new LiveSettings
        {
            Presets = [preset, "storm"], Width = Width, Height = Height, Fps = new Rational(Fps, 1), Quantise = false, TransitionBeats = 1, Reloads = false, Log = _scratch["night.show"],
        };
        using var stage = new LiveStage(_context, _surface, settings, new Warnings());
        using var ear = new LiveEar(_source, new AutoGainSettings(), stage.Bands);
        stage.Attach(ear);
        loaded?.Invoke();
        using var log = new ShowLog(_context, settings, _source, "none");
        stage.Log = log;
        Play(stage, log);
        var click = new float[2 * Hop.SampleRate / 10];
        click.AsSpan(0, 96).Fill(0.9f);
        _source.Time = Tick(5 + ClickAfter) + Stopwatch.Frequency / 10;
        log.Hear(click, 0);
        PlayUntil(stage, log, () => stage.Playing.IsReady);
        PlayUntil(stage, log, () => stage.Playing.Relay.Pictures >= 3);
        // A lock makes its event when two threads first want it at once: that is twice in a show, and no frame's cost.
        int allocating = 0;
        for (int i = 0; i < 40; i++)
            allocating += Play(stage, log) > 0 ? 1 : 0;
        Assert.InRange(allocating, 0, 2);
        if (loaded is not null)
            return log.Folder;
        stage.Hold(_surface.IndexOf("param/bloom.strength"), 0.9f);
        stage.Allows = GovernorLevel.All[^1];
        for (int i = 0; i < 20; i++)
            Play(stage, log);
        stage.GoTo(1);
        PlayUntil(stage, log, () => stage.Current == "storm" && !stage.IsChanging && stage.Playing.Relay.Pictures >= 3);
        _frame += 3;
        stage.Allows = GovernorLevel.All[0];
        foreach (float light in (ReadOnlySpan<float>)[1, 0.6f, 0, 0, 0, 0, 0.4f, 1, 1, 1])
        {
            _light = light;
            Play(stage, log);
        }
        return log.Folder;
    }

    // At about the rate of a screen: a frame that nobody waits for is one more to make again.
    private void PlayUntil(LiveStage stage, ShowLog log, Func<bool> so) => Waiting.Until(() =>
    {
        Deadline.Wait(Stopwatch.GetTimestamp() + Stopwatch.Frequency / Fps);
        Play(stage, log);
        return so();
    }, "what the show waits for");

    /// <summary>Plays a frame.</summary>
    /// <returns>Bytes that logging it has allocated.</returns>
    private long Play(LiveStage stage, ShowLog log)
    {
        var time = new FrameTime(_frame, new Rational(Fps, 1));
        stage.Hands(1, 1, 1, freezes: false);
        stage.Step(time, Stopwatch.GetTimestamp());
        GlTexture shown = _limiter.Apply(stage.Paint(time.Seconds, _limiter.Target), _light, time.Seconds);
        long before = GC.GetAllocatedBytesForCurrentThread();
        log.Take(stage, shown, new ShownFrame(_frame, Tick(_frame), _light, 0, _limiter.Acted, false));
        long after = GC.GetAllocatedBytesForCurrentThread();
        _frame++;
        return after - before;
    }

    private async Task<ShowRender> Render(string folder, string name, int? width, int? fps, Warnings warnings)
    {
        ShowRender render = Open(folder, name, width, fps, warnings);
        await render.RunAsync(CancellationToken.None);
        Assert.DoesNotContain(Directory.EnumerateFileSystemEntries(_scratch["."]), entry => entry.Contains("ainim-work", StringComparison.Ordinal));
        return render;
    }

    private ShowRender Open(string folder, string name, int? width, int? fps, Warnings warnings) => ShowRender.Open(new ShowRenderRequest
    {
        Show = folder, Output = _scratch[name], Width = width, Height = width * 9 / 16, Fps = fps is { } rate ? new Rational(rate, 1) : null, SegmentSeconds = 0.4,
    }, warnings, CancellationToken.None);

    private static long Tick(long frame) => 1_000_000 + frame * Stopwatch.Frequency / Fps;

    private List<string> Hashes(string name)
    {
        List<string> all = [];
        foreach (Image frame in VideoFile.ReadFrames(_scratch[name]))
            using (frame)
                all.Add(Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(frame.Bytes)));
        return all;
    }

    private static double[] Brightness(string path)
    {
        List<double> all = [];
        foreach (Image frame in VideoFile.ReadFrames(path))
            using (frame)
            {
                long sum = 0;
                ReadOnlySpan<byte> pixels = frame.Bytes;
                for (int i = 0; i < pixels.Length; i += 4)
                    sum += pixels[i] + pixels[i + 1] + pixels[i + 2];
                all.Add(sum / (3.0 * frame.Width * frame.Height));
            }
        return [.. all];
    }

    private static double Click(string path)
    {
        using var sound = AudioFile.Open(path, new Warnings());
        var block = new float[2 * 4096];
        long at = 0;
        for (int read; (read = sound.Read(block)) > 0; at += read)
            for (int i = 0; i < read; i++)
                if (Math.Abs(block[2 * i]) > 0.3f)
                    return (double)(at + i) / AudioFile.SampleRate;
        return double.NaN;
    }
}
