using System.Diagnostics;
using AInimEngine.Analysis.Features;
using AInimEngine.Analysis.Ranges;
using AInimEngine.Core.Frames;
using AInimEngine.Core.State;
using AInimEngine.Core.Time;
using AInimEngine.Mapping;
using AInimEngine.Media;

namespace AInimEngine.Engine.Offline;

/// <summary>
/// The first half of the path: sound, features, controls, generator picture, frame after frame. Used by one thread.
/// Owns the track and its stages; the scene is borrowed.
/// </summary>
public sealed class FrameProducer : IDisposable
{
    private const int BlockLength = 2048;

    // Trails halve in at most a second or so: after four, what was before shows no more.
    private const double PreRollSeconds = 4;
    private readonly RenderRange _range;
    private readonly Scene _scene;
    private readonly AudioFile _track;
    private readonly FrameFeatures _heard;
    private readonly Normalizer _normalizer;
    private readonly Mapper _mapper;
    private readonly StageTimes _times;
    private readonly FeatureFrame _features = new(FeatureTable.Layout);
    private readonly float[] _block = new float[BlockLength * AudioFile.Channels];
    private readonly ControlFrame _skipped;
    private readonly int _fadeOffset;
    private readonly long _firstFrame;
    private FixedStepClock _clock;
    private long _fed;

    /// <summary>Makes the stages; nothing is decoded yet.</summary>
    /// <param name="range">Which part of the track, and its timing.</param>
    /// <param name="scene">Generator and preset.</param>
    /// <param name="mapper">The scene's mapper, whose layout the slots have.</param>
    /// <param name="track">The sound, at its beginning. Ownership passes here.</param>
    /// <param name="summary">What the first pass found.</param>
    /// <param name="times">Where busy time is counted.</param>
    public FrameProducer(RenderRange range, Scene scene, Mapper mapper, AudioFile track, TrackSummary summary, StageTimes times)
    {
        _range = range;
        _scene = scene;
        _track = track;

        // A cut is heard and travelled from the start of the track, so that it shows what the whole video shows there and a sync
        // offset reaches over the cut. Frames of the track count from its start; the cut begins within one of them.
        _firstFrame = range.Timeline.FrameOf(range.FirstSample);
        long within = range.FirstSample - range.Timeline.FirstSample(_firstFrame);
        _heard = new FrameFeatures(range.Timeline, range.SyncOffsetSamples - within);
        _skipped = new ControlFrame(mapper.Layout);
        _normalizer = new Normalizer(new TrackRanges(summary));
        _mapper = mapper;
        _times = times;
        _fadeOffset = mapper.Layout.OffsetOf("output.fade");
        _clock = new FixedStepClock(range.Timeline.Fps);
    }

    /// <summary>Frames before a cut that are drawn and not shown, so that what shaders keep is there when it begins.</summary>
    public static long PreRollFrames(FrameTimeline timeline) => (long)Math.Ceiling(PreRollSeconds * timeline.Fps.Value);

    /// <summary>Frames that are left to be drawn before the cut, once <see cref="SkipToPreRoll"/> has been there.</summary>
    public long PreRollLeft => Math.Max(0, _firstFrame - _clock.Now.Index);

    /// <summary>Listens and travels up to the pre-roll of the cut, drawing nothing.</summary>
    /// <param name="painter">Follows in its phases; no picture of it may be under way.</param>
    /// <param name="cancellation">Stops between two frames.</param>
    public void SkipToPreRoll(FramePainter painter, CancellationToken cancellation)
    {
        long end = _firstFrame - PreRollFrames(_range.Timeline);
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
        slot.Controls.Values[_fadeOffset] = _range.Fade(_clock.Now.Index - _firstFrame);
        long start = Stopwatch.GetTimestamp();
        _scene.Generator.Decode(slot.Controls, [], slot.Picture);
        _times.Add(Stage.Decode, start);
        _clock.Advance();
    }

    /// <summary>Writes the state before the next frame.</summary>
    public void Save(StateWriter writer)
    {
        writer.Section("producer", 1);
        writer.Write(_clock.Now.Index);
        _heard.Save(writer);
        _normalizer.Save(writer);
        _mapper.Save(writer);
    }

    /// <summary>Puts back a state; only before the first frame, because the track does not rewind.</summary>
    public void Restore(StateReader reader)
    {
        reader.Section("producer", 1);
        _clock = new FixedStepClock(_range.Timeline.Fps, reader.Read<long>());
        _heard.Restore(reader);
        _fed = _heard.NextSample;
        _normalizer.Restore(reader);
        _mapper.Restore(reader);
    }

    /// <inheritdoc/>
    public void Dispose() => _track.Dispose();

    private void Steer(ControlFrame controls)
    {
        long start = Stopwatch.GetTimestamp();
        while (!_heard.TryRead(_features))
            Feed();
        start = _times.Add(Stage.Hear, start);
        _normalizer.Apply(_features);
        _mapper.Map(_features, _clock.Now, controls);
        _times.Add(Stage.Map, start);
    }

    private void Feed()
    {
        if (_track.Position < _fed)
            _track.SkipTo(_fed);
        int read = _track.Read(_block);
        if (read == 0)
        {
            _heard.Complete(_firstFrame + _range.FrameCount);
            return;
        }
        _heard.Write(new AudioBlock(_block.AsSpan(0, read * AudioFile.Channels), AudioFile.SampleRate, AudioFile.Channels, _fed));
        _fed += read;
    }
}
