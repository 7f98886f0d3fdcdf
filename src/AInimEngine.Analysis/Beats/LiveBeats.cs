using AInimEngine.Analysis.Beats.Learned;
using AInimEngine.Analysis.Spectrum;
using AInimEngine.Core.Control;
using AInimEngine.Core.State;

namespace AInimEngine.Analysis.Beats;

/// <summary>
/// The beat on stage: followed in the sound and foreseen, corrected by hands, or taken from a clock. Give it to a
/// <see cref="Features.LiveAnalyzer"/>; after every hop that was read, <see cref="TryRead"/> tells what is new. One thread:
/// the hearing one, which also hands it the commands. Allocates nothing.
/// </summary>
/// <remarks>
/// All samples are those of the sound that the analyser was given. An instant of the machine's clock lies at the newest
/// sample's number plus its distance in time; commands may speak of instants that are past or still to come.
/// </remarks>
public sealed class LiveBeats : ISpectrumListener, IStateful
{
    /// <summary>
    /// The live window of hop n ends with the hop, that of the beat tracker's clock is centred on it: live spectra speak of
    /// sound that lies this many samples earlier.
    /// </summary>
    private const int Earlier = Hop.WindowSize / 2 - Hop.Half;

    /// <summary>What a hand gave is shown even where the sound says little.</summary>
    private const float HandConfidence = 0.5f;

    /// <summary>Mean square below which nothing is heard, -70 dBFS, and frames after which that counts: half a second.</summary>
    private const double Silence = 1e-7;
    private const int SilentFrames = 47;

    private readonly LearnedBeatActivation _activation = new();
    private readonly CausalBeatTracker _tracker;
    private readonly ClockBeats _clock = new(), _held = new();
    private BeatFrame _now;
    private int _silent;
    private bool _isNew;

    /// <summary>Makes it as in silence.</summary>
    public LiveBeats() => _tracker = new CausalBeatTracker(BeatModel.Causal, _activation.Calibration, _activation.Delay);

    /// <summary>Samples by which what is told lies ahead of the newest sound: the latency of what shows it, 0 to 1 s.</summary>
    public int Lead
    {
        get => _tracker.Lead;
        set => _tracker.Lead = Math.Clamp(value, 0, Hop.SampleRate);
    }

    /// <summary>The tempo is held at so many beats a minute; 0 when it is free.</summary>
    public double LockedBpm => _tracker.LockedBpm;

    /// <summary>The tempo that was tapped, halved or doubled to, and so is favoured; 0 when none.</summary>
    public double FavouredBpm => _tracker.FavouredBpm;

    /// <summary>The beats are a clock's.</summary>
    public bool FollowsClock => _clock.Runs;

    /// <summary>What was told last: <see cref="BeatFrame.Sample"/> is the end of the sound heard so far, and the lead.</summary>
    public BeatFrame Now => _now;

    /// <summary>Takes what the hop read last has told; false for every second hop, which tells nothing.</summary>
    public bool TryRead(out BeatFrame frame)
    {
        frame = _now;
        bool isNew = _isNew;
        _isNew = false;
        return isNew;
    }

    /// <summary>Does what a hand or a clock asks. Values that are not finite or out of range do nothing.</summary>
    /// <param name="command">What was done.</param>
    /// <param name="sample">Sample at which its instant lies; the caller knows when each sample was heard.</param>
    public void Apply(in TempoCommand command, long sample)
    {
        if (!double.IsFinite(command.Value) || !double.IsFinite(command.Beat))
            return;
        if (_held.Runs && command.Action is not (TempoAction.Clock or TempoAction.ClockGone))
            Leave(_held);
        switch (command.Action)
        {
            case TempoAction.Tap when command.Value is >= 20 and <= 999:
                _tracker.Believe(command.Value, sample + Earlier);
                break;
            case TempoAction.Suppose when command.Value is >= 20 and <= 999:
                _tracker.Believe(command.Value, sample + Earlier, favours: false);
                break;
            case TempoAction.Tap:
                _tracker.Tap(sample + Earlier);
                break;
            case TempoAction.Nudge when Math.Abs(command.Value) <= 1:
                _tracker.Nudge(command.Value);
                _clock.Nudge(command.Value);
                break;
            case TempoAction.Resync:
                _tracker.BeginBar(sample + Earlier);
                _clock.BeginBar(sample);
                break;
            case TempoAction.Half:
                _tracker.Halve();
                _clock.Scale(0.5);
                break;
            case TempoAction.Double:
                _tracker.Double();
                _clock.Scale(2);
                break;
            case TempoAction.Lock:
                _tracker.Lock(command.Value);
                break;
            case TempoAction.Forget:
                _tracker.Resync();
                _clock.Forget();
                break;
            case TempoAction.Clock when command.Value is >= 20 and <= 999:
                _held.Stop();
                _clock.Follow(sample, command.Beat, command.Value);
                break;
            case TempoAction.ClockGone when _clock.Runs:
                Leave(_clock);
                break;
            default:
                break;
        }
    }

    /// <inheritdoc/>
    void ISpectrumListener.Hear(long hop, ReadOnlySpan<float> power, ReadOnlySpan<float> amplitude)
    {
        if (hop % 2 != 0)
            return;
        _silent = Sum(power) < Silence ? Math.Min(_silent + 1, SilentFrames) : 0;
        _activation.Hear(amplitude, out float likelihood, out float downbeat);
        BeatFrame frame = _tracker.Hear(likelihood, downbeat);
        frame = frame with { Sample = frame.Sample - Earlier, BeatSample = frame.HasBeat ? frame.BeatSample - Earlier : 0 };
        if (_clock.IsStale(frame.Sample))
            Leave(_clock);
        if (_clock.Runs)
            frame = _clock.Tell(frame.Sample);
        else
            frame = Hold(frame);
        _now = frame;
        _isNew = true;
    }

    /// <inheritdoc/>
    public void Reset()
    {
        _activation.Reset();
        _tracker.Reset();
        _clock.Reset();
        _held.Reset();
        _silent = 0;
        (_now, _isNew) = (default, false);
    }

    /// <inheritdoc/>
    public void Save(StateWriter writer)
    {
        writer.Section("analysis.livebeats", 1);
        _activation.Save(writer);
        _tracker.Save(writer);
        _clock.Save(writer);
        _held.Save(writer);
        writer.Write(_silent);
    }

    /// <inheritdoc/>
    public void Restore(StateReader reader)
    {
        reader.Section("analysis.livebeats", 1);
        _activation.Restore(reader);
        _tracker.Restore(reader);
        _clock.Restore(reader);
        _held.Restore(reader);
        _silent = reader.Read<int>();
        (_now, _isNew) = (default, false);
    }

    /// <summary>
    /// In silence a hand's tempo goes on along a straight line: the tracker, which hears nothing to hold it, would wander by
    /// a tenth of a second in four.
    /// </summary>
    private BeatFrame Hold(in BeatFrame frame)
    {
        double bpm = LockedBpm > 0 ? LockedBpm : FavouredBpm;
        if (!_held.Runs && _silent >= SilentFrames && bpm > 0 && frame.Phase is > 0.1f and < 0.9f)
            _held.Follow(frame.Sample, frame.BarPhase * frame.BeatsPerBar, bpm);
        if (_held.Runs && _silent == 0)
            Leave(_held);
        BeatFrame shown = _held.Runs ? _held.Tell(frame.Sample) : frame;
        return bpm > 0 ? shown with { Confidence = Math.Max(frame.Confidence, HandConfidence), BarConfidence = frame.BarConfidence } : shown;
    }

    /// <summary>The tracker goes on in a line's tempo and place, so that nothing jumps.</summary>
    private void Leave(ClockBeats line)
    {
        _tracker.Believe(line.Bpm, line.BeatNear(_now.Sample) + Earlier);
        _tracker.BeginBar(line.DownbeatNear(_now.Sample) + Earlier);
        line.Stop();
    }

    private static double Sum(ReadOnlySpan<float> power)
    {
        float sum = 0;
        foreach (float value in power)
            sum += value;
        return sum;
    }
}
