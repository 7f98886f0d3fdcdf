using System.Diagnostics;
using AInimEngine.Audio.Level;
using AInimEngine.Core.Control;
using AInimEngine.Core.Time;
using AInimEngine.Engine.Live;
using AInimEngine.Rendering;

namespace AInimEngine.Engine.Tests.Support;

/// <summary>A stage without a window: the test is the display's thread and plays frame after frame.</summary>
internal sealed class StageRig : IDisposable
{
    private static readonly Rational s_fps = new(30, 1);
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    private readonly GlContext _context = GlContext.CreateHeadless();
    private readonly Silence _source = new();
    private readonly LiveEar _ear;
    private long _frame;

    internal StageRig(LiveSettings settings)
    {
        Surface = LiveRows.Create(Scene.FullVocabulary().Parameters);
        try
        {
            Stage = new LiveStage(_context, Surface, settings, new Warnings());
        }
        catch
        {
            _context.Dispose();
            throw;
        }
        _ear = new LiveEar(_source, new AutoGainSettings(), Stage.Bands);
        Stage.Attach(_ear);
    }

    internal static LiveSettings Settings => new() { Width = 64, Height = 36, Quantise = false, TransitionBeats = 0.2 };

    internal ControlSurface Surface { get; }

    internal LiveStage Stage { get; }

    /// <summary>Everything that the stage has said.</summary>
    internal List<(string Text, bool IsProblem)> Said { get; } = [];

    /// <summary>Plays a frame.</summary>
    internal void Play()
    {
        var time = new FrameTime(_frame++, s_fps);
        Stage.Step(time, Stopwatch.GetTimestamp());
        Stage.Paint(time.Seconds);
        if (Stage.TryTakeMessage(out string message, out bool isProblem))
            Said.Add((message, isProblem));
    }

    /// <summary>Plays until it is so; fails after a time that only a broken stage needs.</summary>
    internal void PlayUntil(Func<bool> so, string what)
    {
        long start = Stopwatch.GetTimestamp();
        while (!so())
        {
            Assert.True(Stopwatch.GetElapsedTime(start) < s_patience, $"{what} did not happen; said: {string.Join(" | ", Said)}");
            Play();
            Deadline.Wait(Stopwatch.GetTimestamp() + Stopwatch.Frequency / 500);
        }
    }

    public void Dispose()
    {
        Stage.Dispose();
        _ear.Dispose();
        _source.Dispose();
        _context.Dispose();
    }
}
