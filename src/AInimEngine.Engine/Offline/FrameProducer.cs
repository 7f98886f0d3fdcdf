using System.Diagnostics;
using AInimEngine.Core.Frames;
using AInimEngine.Core.State;
using AInimEngine.Core.Time;
using AInimEngine.Mapping;

namespace AInimEngine.Engine.Offline;

/// <summary>
/// The first half of the path: sound, features, controls, generator picture, frame after frame. Used by one thread.
/// Owns the sources; the scene is borrowed.
/// </summary>
public sealed class FrameProducer : IDisposable
{
    // Trails halve in at most a second or so: after four, what was before shows no more.
    private const double PreRollSeconds = 4;
    private readonly RenderRange _range;
    private readonly Scene _scene;
    private readonly SoundSources _sources;
    private readonly Mapper _mapper;
    private readonly StageTimes _times;
    private readonly FeatureFrame _features;
    private readonly ControlFrame _skipped;
    private readonly int _fadeOffset;
    private FixedStepClock _clock;

    /// <summary>Makes the stages; nothing is decoded yet.</summary>
    /// <param name="range">Which part of the track, and its timing.</param>
    /// <param name="scene">Generator and preset.</param>
    /// <param name="mapper">The scene's mapper, whose layout the slots have.</param>
    /// <param name="sources">What the scene listens to, at its beginning. Ownership passes here.</param>
    /// <param name="times">Where busy time is counted.</param>
    public FrameProducer(RenderRange range, Scene scene, Mapper mapper, SoundSources sources, StageTimes times)
    {
        _range = range;
        _scene = scene;
        _sources = sources;
        _features = new FeatureFrame(scene.Sources.Layout);
        _skipped = new ControlFrame(mapper.Layout);
        _mapper = mapper;
        _times = times;
        _fadeOffset = mapper.Layout.OffsetOf("output.fade");
        _clock = new FixedStepClock(range.Timeline.Fps);
    }

    /// <summary>Frames before a cut that are drawn and not shown, so that what shaders keep is there when it begins.</summary>
    public static long PreRollFrames(FrameTimeline timeline) => (long)Math.Ceiling(PreRollSeconds * timeline.Fps.Value);

    /// <summary>Frames that are left to be drawn before the cut, once <see cref="SkipToPreRoll"/> has been there.</summary>
    public long PreRollLeft => Math.Max(0, _sources.FirstFrame - _clock.Now.Index);

    /// <summary>Listens and travels up to the pre-roll of the cut, drawing nothing.</summary>
    /// <param name="painter">Follows in its phases; no picture of it may be under way.</param>
    /// <param name="cancellation">Stops between two frames.</param>
    public void SkipToPreRoll(FramePainter painter, CancellationToken cancellation)
    {
        long end = _sources.FirstFrame - PreRollFrames(_range.Timeline);
        while (_clock.Now.Index < end)
        {
            cancellation.ThrowIfCancellationRequested();
            Steer(_skipped);
            painter.Skip(_skipped);
            _clock.Advance();
        }
    }

    /// <summary>Makes the next frame, first those of the pre-roll. The caller stops after <see cref="RenderRange.FrameCount"/> frames.</summary>
    public void Produce(PictureSlot slot)
    {
        Steer(slot.Controls);
        slot.Controls.Values[_fadeOffset] = _range.Fade(_clock.Now.Index - _sources.FirstFrame);
        long start = Stopwatch.GetTimestamp();
        _scene.Decode(slot.Controls, slot.Picture);
        _times.Add(Stage.Decode, start);
        _clock.Advance();
    }

    /// <summary>Writes the state before the next frame.</summary>
    public void Save(StateWriter writer)
    {
        writer.Section("producer", 2);
        writer.Write(_clock.Now.Index);
        _sources.Save(writer);
        _mapper.Save(writer);
    }

    /// <summary>Puts back a state; only before the first frame, because the track does not rewind.</summary>
    public void Restore(StateReader reader)
    {
        reader.Section("producer", 2);
        _clock = new FixedStepClock(_range.Timeline.Fps, reader.Read<long>());
        _sources.Restore(reader);
        _mapper.Restore(reader);
    }

    /// <inheritdoc/>
    public void Dispose() => _sources.Dispose();

    private void Steer(ControlFrame controls)
    {
        long start = Stopwatch.GetTimestamp();
        _sources.Read(_features);
        start = _times.Add(Stage.Hear, start);
        _mapper.Map(_features, _clock.Now, controls);
        _times.Add(Stage.Map, start);
    }
}
