using AInimEngine.Analysis.Beats;
using AInimEngine.Analysis.Features;
using AInimEngine.Core.Control;
using AInimEngine.Core.Frames;

namespace AInimEngine.Analysis.Tests.Beats;

/// <summary>The beat on stage, end to end: sound in, commands between the hops, beats out.</summary>
public sealed class LiveBeatsTests
{
    private readonly LiveBeats _beats = new();
    private readonly List<BeatFrame> _frames = [];

    [Fact]
    public void BeatsInTheSoundAreForeseenByTheLead()
    {
        double[] truth = BeatSounds.Beats(120, 30);
        _beats.Lead = 2400;
        Hear(BeatSounds.Clicks(truth, 30));
        double[] errors = BeatSounds.Errors(BeatSounds.Times(_frames), truth, 10);
        Assert.True(errors.Max(Math.Abs) < 0.05, $"farthest {errors.Max(Math.Abs):f3} s");
        Assert.All(_frames.Where(f => f.HasBeat), f => Assert.InRange(f.BeatSample - f.Sample, -1, 512));
        for (int i = 0; i < _frames.Count; i++)
            Assert.Equal(512L * i + 256 + 2400, _frames[i].Sample);
    }

    [Fact]
    public void TapsInSilenceGiveTempoAndPlaceAndAreShown()
    {
        Hear(new float[12 * Hop.SampleRate], (second, sample) =>
        {
            for (int tap = 0; tap < 4; tap++)
                At(second, 2 + 0.6 * tap, new TempoCommand(TempoAction.Tap, 0, tap == 0 ? 0 : 100), sample);
        });
        BeatFrame[] after = [.. _frames.Where(f => f.Sample is > 4 * Hop.SampleRate and < 8 * Hop.SampleRate)];
        Assert.All(after, f => Assert.InRange(f.Bpm, 99, 101));
        Assert.All(after, f => Assert.InRange(f.Confidence, 0.5f, 1));
        Assert.All(BeatSounds.Times(after), b => Assert.InRange(OffGrid(b, 3.8, 0.6), -0.03, 0.03));
        Assert.InRange(BeatSounds.Times(after).Length, 6, 7);
    }

    [Theory]
    [InlineData(10.02, 0)]
    [InlineData(10.26, 0)]
    [InlineData(10.49, 4800)]
    [InlineData(10.74, 9600)]
    public void AResyncPutsTheBarWhereItWasPressed(double at, int lead)
    {
        _beats.Lead = lead;
        Hear(new float[14 * Hop.SampleRate], (second, sample) =>
        {
            At(second, 1, new TempoCommand(TempoAction.Tap, 0), sample);
            At(second, 1.5, new TempoCommand(TempoAction.Tap, 0, 120), sample);
            At(second, at, new TempoCommand(TempoAction.Resync, 0), sample);
        });
        BeatFrame[] beats = [.. _frames.Where(f => f.HasBeat && f.BeatSample > (at + 0.55) * Hop.SampleRate)];
        Assert.InRange(beats.Length, 4, 8);
        foreach (BeatFrame beat in beats)
        {
            double since = (double)beat.BeatSample / Hop.SampleRate - at;
            Assert.InRange(OffGrid(since, 0, 0.5), -0.03, 0.03);
            Assert.Equal((int)Math.Round(since / 0.5) % 4 + 1, beat.BarPosition);
        }
    }

    [Fact]
    public void HalfDoubleLockAndNudgeTakeEffectOnMusic()
    {
        double[] truth = BeatSounds.Beats(120, 40);
        Hear(BeatSounds.Clicks(truth, 40), (second, sample) =>
        {
            At(second, 12, new TempoCommand(TempoAction.Half, 0), sample);
            At(second, 20, new TempoCommand(TempoAction.Double, 0), sample);
            At(second, 28, new TempoCommand(TempoAction.Nudge, 0, 0.2), sample);
            At(second, 34, new TempoCommand(TempoAction.Lock, 0, 90), sample);
        });
        Assert.All(Between(14, 20), f => Assert.InRange(f.Bpm, 58, 62));
        Assert.All(Between(22, 34), f => Assert.InRange(f.Bpm, 116, 124));
        double[] nudged = BeatSounds.Errors(BeatSounds.Times(Between(30, 34)), truth);
        double[] before = BeatSounds.Errors(BeatSounds.Times(Between(24, 28)), truth);
        Assert.InRange(nudged.Average() - before.Average(), 0.08, 0.12);
        Assert.All(Between(36, 40), f => Assert.InRange(f.Bpm, 86, 94));
        Assert.Equal(90, _beats.LockedBpm);
    }

    [Theory]
    [InlineData(37.5)]
    [InlineData(132)]
    [InlineData(300)]
    public void AClocksBeatsAreTakenExactlyWhateverIsHeard(double bpm)
    {
        double[] heard = BeatSounds.Beats(101, 12);
        _beats.Lead = 1000;
        Hear(BeatSounds.Clicks(heard, 12), (second, sample) =>
        {
            if (second is > 2 and < 8)
                _beats.Apply(new TempoCommand(TempoAction.Clock, 0, bpm, (second - 2) * bpm / 60), sample);
        });
        BeatFrame[] clocked = [.. Between(2.2, 8)];
        double[] beats = BeatSounds.Times(clocked);
        Assert.Equal((int)Math.Floor(8 * bpm / 60 - 2 * bpm / 60) - (int)Math.Floor(0.2 * bpm / 60), beats.Length, 1.0);
        Assert.All(beats, b => Assert.InRange(OffGrid(b, 2, 60 / bpm), -0.0005, 0.0005));
        Assert.All(clocked, f => Assert.Equal(bpm, f.Bpm, 3));
        Assert.All(clocked.Where(f => f.HasBeat), f => Assert.Equal((int)Math.Round(((double)f.BeatSample / Hop.SampleRate - 2) * bpm / 60) % 4 + 1, f.BarPosition));
        // Two seconds after its last word the clock is gone, and what is heard counts again.
        Assert.False(_beats.FollowsClock);
    }

    [Fact]
    public void AClockThatTremblesTellsNoBeatTwice()
    {
        Hear(new float[10 * Hop.SampleRate], (second, sample) =>
            _beats.Apply(new TempoCommand(TempoAction.Clock, 0, 120 + Math.Sin(sample), second * 2 + 0.02 * Math.Sin(sample * 0.7)), sample));
        double[] beats = BeatSounds.Times(_frames);
        Assert.InRange(beats.Length, 19, 21); // from 0 to 10 s, the ends may tremble in or out
        for (int i = 1; i < beats.Length; i++)
            Assert.InRange(beats[i] - beats[i - 1], 0.45, 0.55);
    }

    [Fact]
    public void NonsenseDoesNothing()
    {
        Hear(new float[Hop.SampleRate], (_, sample) =>
        {
            foreach (TempoAction action in Enum.GetValues<TempoAction>())
                _beats.Apply(new TempoCommand(action, 0, double.NaN, double.PositiveInfinity), sample);
            _beats.Apply(new TempoCommand(TempoAction.Clock, 0, 1e9), sample);
            _beats.Apply(new TempoCommand(TempoAction.Nudge, 0, 1e9), sample);
            _beats.Apply(new TempoCommand((TempoAction)99, 0), sample);
        });
        Assert.All(_frames, f => Assert.True(float.IsFinite(f.Phase) && float.IsFinite(f.Bpm) && !_beats.FollowsClock));
    }

    private static double OffGrid(double at, double first, double step) => (at - first) - Math.Round((at - first) / step) * step;

    private IEnumerable<BeatFrame> Between(double from, double to) => _frames.Where(f => f.Sample > from * Hop.SampleRate && f.Sample < to * Hop.SampleRate);

    /// <summary>Gives a command once, at the hop after its instant, with the instant's sample: as a hand is slower than sound.</summary>
    private void At(double second, double at, TempoCommand command, long sample)
    {
        if (second >= at && second < at + (double)Hop.Size / Hop.SampleRate)
            _beats.Apply(command, sample - (long)((second - at) * Hop.SampleRate));
    }

    private void Hear(float[] mono, Action<double, long>? between = null)
    {
        var analyzer = new LiveAnalyzer(_beats);
        var hop = new FeatureFrame(FeatureTable.Layout);
        float[] stereo = Signals.Stereo(mono);
        for (int at = 0; at + Hop.Size <= mono.Length; at += Hop.Size)
        {
            analyzer.Write(Hearing.Block(stereo, at, Hop.Size));
            while (analyzer.TryRead(hop))
            {
                if (_beats.TryRead(out BeatFrame frame))
                    _frames.Add(frame);
            }
            between?.Invoke((double)(at + Hop.Size) / Hop.SampleRate, at + Hop.Size);
        }
    }
}
