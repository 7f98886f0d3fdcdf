using System.Diagnostics;
using AInimEngine.Analysis;
using AInimEngine.Core.Imaging;
using AInimEngine.Core.Time;
using AInimEngine.Engine.Live.Recording;
using AInimEngine.Engine.Tests.Support;
using AInimEngine.Media;
using AInimEngine.Rendering;
using AInimEngine.Rendering.Post;
using AInimEngine.Rendering.Presenting;
using AInimEngine.Rendering.Safety;

namespace AInimEngine.Engine.Tests.Live;

/// <summary>Recordings of a display that is played by hand, frame by frame, so that every picture and every sample is known.</summary>
[Collection(Pictures.One)]
public sealed class ShowRecorderTests : IDisposable
{
    private const int Width = 320, Height = 180, Fps = 30, SamplesPerFrame = Hop.SampleRate / Fps;

    private readonly ScratchFolder _scratch = new();
    private readonly GlContext _context = GlContext.CreateHeadless();
    private readonly TestPattern _pattern;
    private readonly LiveLimiter _dimmer;
    private readonly StillSource _source = new();
    private readonly float[] _sound = new float[SamplesPerFrame * Hop.Channels];
    private string? _disk;
    private long _frame;

    public ShowRecorderTests()
    {
        _pattern = new TestPattern(_context, Width, Height);
        _dimmer = new LiveLimiter(_context, Width, Height, limits: false);
    }

    public void Dispose()
    {
        _pattern.Dispose();
        _dimmer.Dispose();
        _context.Dispose();
        if (_disk is not null)
            Run("umount", _disk);
        _scratch.Dispose();
    }

    [Fact]
    public void SoundAndPictureAreInTimeAndNoPictureIsMissing()
    {
        const int Frames = 75;
        int[] marks = [20, 50];
        string path = _scratch["sync.mkv"];
        using (var recorder = Recorder(path))
        {
            Begin(recorder);
            for (int i = 1; i < Frames; i++)
            {
                Array.Clear(_sound);
                if (marks.Contains(i))
                    _sound.AsSpan(0, 96).Fill(0.9f);
                Play(recorder, light: marks.Contains(i) ? 1 : 0);
                int sent = i;
                Waiting.Until(() => recorder.Current!.Pictures >= sent - 4, "the encoder takes pictures");
            }
            Stop(recorder);
            Waiting.Until(() =>
            {
                Play(recorder, 0, wanted: false);
                return Message(recorder)?.StartsWith("recorded", StringComparison.Ordinal) == true;
            }, "the end of the recording");
        }
        List<int> flashes = [];
        int count = 0;
        foreach (Image frame in VideoFile.ReadFrames(path))
            using (frame)
            {
                if (frame.Bytes[(Height / 2 * Width + Width / 2) * 4 + 1] > 20)
                    flashes.Add(count);
                count++;
            }
        Assert.Equal(marks, flashes);
        Assert.Equal(Frames, count);
        Assert.All(Clicks(path, marks.Length).Zip(marks), pair => Assert.InRange(pair.First - pair.Second / (double)Fps, -1.0 / Fps, 1.0 / Fps));
    }

    [Fact]
    public void ANextRecordingBeginsWhileTheLastIsStillBeingClosed()
    {
        using (var recorder = Recorder(_scratch["night.mp4"]))
        {
            Begin(recorder);
            PlayOn(recorder, 8);
            ShowRecording first = recorder.Current!;
            string number = first.ProcessId.ToString(System.Globalization.CultureInfo.InvariantCulture);
            Assert.True(Run("kill", "-STOP", number));
            Stop(recorder);
            Begin(recorder);
            Assert.NotSame(first, recorder.Current);
            Assert.False(first.IsOver);
            Assert.True(Run("kill", "-CONT", number));
            PlayOn(recorder, 8);
        }
        Assert.Equal(["night-2.mkv", "night-2.mp4", "night.mkv", "night.mp4"], Directory.GetFiles(_scratch["."]).Select(Path.GetFileName).Order());
        Assert.All(Directory.GetFiles(_scratch["."]), file => Assert.InRange(VideoFile.ReadFrames(file).Count(), 9, 10));
    }

    [Fact]
    public void WhatAShowThatDiedHasLeftIsCopiedAtTheEndOfTheNext()
    {
        using (var recorder = Recorder(_scratch["night.mp4"]))
        {
            Begin(recorder);
            PlayOn(recorder, 8);
        }
        File.Delete(_scratch["night.mp4"]);
        using (var next = Recorder(_scratch["night.mp4"]))
        {
            next.Mends = true;
            Begin(next);
            PlayOn(next, 8);
            next.Finish();
            Assert.Equal(2, next.Told.Count);
            Assert.StartsWith("recorded ", next.Told[0], StringComparison.Ordinal);
            Assert.EndsWith("night.mkv, which a show that died has left", next.Told[1], StringComparison.Ordinal);
        }
        Assert.Equal(["night-2.mkv", "night-2.mp4", "night.mkv", "night.mp4"], Directory.GetFiles(_scratch["."]).Select(Path.GetFileName).Order());
        Assert.InRange(VideoFile.ReadFrames(_scratch["night.mp4"]).Count(), 9, 10);
    }

    [Fact]
    public void AFullDiskEndsTheRecordingAndItCanBePlayed()
    {
        _disk = _scratch["disk"];
        Directory.CreateDirectory(_disk);
        if (!OperatingSystem.IsLinux() || !Run("mount", "-t", "tmpfs", "-o", "size=300k", "tmpfs", _disk))
        {
            _disk = null;
            Assert.Skip("a small disk cannot be mounted here (needs root on Linux)");
        }
        string path = Path.Combine(_disk, "full.mkv");
        var noise = new Random(3);
        using (var recorder = Recorder(path))
        {
            Begin(recorder);
            string? told = null;
            bool goesOn = true;
            Waiting.Until(() =>
            {
                for (int i = 0; i < _sound.Length; i++)
                    _sound[i] = noise.NextSingle() - 0.5f;
                goesOn &= Play(recorder, light: _frame % 2, wanted: goesOn);
                told ??= Message(recorder) is { } message && message.Contains("has ended", StringComparison.Ordinal) ? message : null;
                return told is not null;
            }, "a message about the disk");
            Assert.False(goesOn, "the switch is off");
            Assert.Contains("No space left", told, StringComparison.Ordinal);
            Assert.Contains("full.mkv", told, StringComparison.Ordinal);
        }
        Assert.InRange(VideoFile.ReadFrames(path).Count(), 3, 100_000);
    }

    [Fact]
    public void WhatCannotBeRecordedIsToldAndTheSwitchGoesOff()
    {
        using var recorder = new ShowRecorder(_context, _source, _scratch["odd.mkv"], 321, 180, new Rational(Fps, 1));
        Assert.False(recorder.Take(true, Picture(1), 0, Stopwatch.GetTimestamp()));
        Assert.Contains("even size", Message(recorder), StringComparison.Ordinal);
        using var nowhere = Recorder(_scratch["no/such/folder/a.mkv"]);
        bool goesOn = true;
        Waiting.Until(() => !(goesOn &= Play(nowhere, 1, goesOn)), "the switch goes off");
        Waiting.Until(() =>
        {
            Play(nowhere, 1, wanted: false);
            return Message(nowhere)?.Contains("the folder does not exist", StringComparison.Ordinal) == true;
        }, "a message about the folder");
    }

    private ShowRecorder Recorder(string path) => new(_context, _source, path, Width, Height, new Rational(Fps, 1));

    private GlTexture Picture(float light) => _dimmer.Apply(_pattern.Draw(null, 0, 0), light, 0);

    private bool Play(ShowRecorder recorder, float light, bool wanted = true)
    {
        long due = Tick(_frame++);
        bool goesOn = recorder.Take(wanted, Picture(light), _frame - 1, due);
        _source.Time = Tick(_frame);
        recorder.Hear(_sound, 0);
        return goesOn;
    }

    /// <summary>Plays until the first picture is in.</summary>
    private void Begin(ShowRecorder recorder) => Waiting.Until(() => Play(recorder, 0) && recorder.Current is { FirstFrame: >= 0 } && recorder.IsRecording, "the recording's first picture");

    private void PlayOn(ShowRecorder recorder, int frames)
    {
        long start = recorder.Current!.Pictures;
        for (int i = 0; i < frames; i++)
        {
            Play(recorder, i % 2);
            int sent = i;
            Waiting.Until(() => recorder.Current.Pictures >= start + sent - 3, "the encoder takes pictures");
        }
    }

    private void Stop(ShowRecorder recorder)
    {
        Play(recorder, 0, wanted: false);
        Waiting.Until(() =>
        {
            recorder.Take(false, Picture(0), _frame, Tick(_frame));
            return recorder.Current is null;
        }, "the last pictures are handed on");
    }

    private static string? Message(ShowRecorder recorder) => recorder.TryTakeMessage(out string message, out _) ? message : null;

    private static long Tick(long frame) => 1_000_000 + frame * Stopwatch.Frequency / Fps;

    /// <summary>Seconds of the loudest samples, one within each second from a click to the next.</summary>
    private static List<double> Clicks(string path, int count)
    {
        using var sound = AudioFile.Open(path, new Warnings());
        var all = new List<float>();
        var block = new float[2 * 4096];
        for (int read; (read = sound.Read(block)) > 0;)
            for (int i = 0; i < read; i++)
                all.Add(Math.Abs(block[2 * i]));
        List<double> clicks = [];
        for (int i = 0; i < all.Count && clicks.Count < count; i++)
            if (all[i] > 0.3f)
            {
                clicks.Add((double)i / AudioFile.SampleRate);
                i += AudioFile.SampleRate / 3;
            }
        return clicks;
    }

    private static bool Run(string program, params string[] words)
    {
        using Process process = Process.Start(new ProcessStartInfo(program, words) { RedirectStandardError = true })!;
        process.StandardError.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0;
    }
}
