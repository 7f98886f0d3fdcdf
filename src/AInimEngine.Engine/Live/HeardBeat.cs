using System.Diagnostics;
using AInimEngine.Analysis.Beats;
using AInimEngine.Analysis.Music;
using AInimEngine.Core.Frames;

namespace AInimEngine.Engine.Live;

/// <summary>
/// Where the music is at any instant, foreseen from what the hearing thread said last: phase runs on by the tempo, so a picture
/// shows the beat of the time at which it is seen. <see cref="Give"/> is the hearing thread's, the rest the display's.
/// </summary>
internal sealed class HeardBeat
{
    /// <summary>What no tracker has spoken of for so long is over.</summary>
    private const double Stale = 2;

    private static readonly FrameLayout s_layout = MusicTable.Layout;
    private static readonly int s_tempo = s_layout.OffsetOf("tempo"), s_tempoConfidence = s_layout.OffsetOf("tempo.confidence"),
        s_beat = s_layout.OffsetOf("beat"), s_beatSine = s_layout.OffsetOf("beat.sine"), s_beatPulse = s_layout.OffsetOf("beat.pulse"),
        s_beatPlace = s_layout.OffsetOf("beat.place"), s_beatCount = s_layout.OffsetOf("beat.count"), s_beatConfidence = s_layout.OffsetOf("beat.confidence"),
        s_bar = s_layout.OffsetOf("bar"), s_barSine = s_layout.OffsetOf("bar.sine"), s_barPulse = s_layout.OffsetOf("bar.pulse"),
        s_barCount = s_layout.OffsetOf("bar.count"), s_barConfidence = s_layout.OffsetOf("bar.confidence"),
        s_bar4 = s_layout.OffsetOf("bar4"), s_bar4Sine = s_layout.OffsetOf("bar4.sine");

    private readonly Lock _lock = new();
    private BeatFrame _given;
    private long _givenAt;
    private double _lastPhase, _lastBar;
    private int _beats, _bars, _fourBars;
    private bool _runs;

    /// <summary>Beats a minute; 0 where no pulse is trusted.</summary>
    internal float Bpm { get; private set; }

    /// <summary>Place in the beat, 0..1.</summary>
    internal float Phase { get; private set; }

    /// <summary>Place in the bar, 0..1.</summary>
    internal float BarPhase { get; private set; }

    /// <summary>Number of the beat in its bar, from 1.</summary>
    internal int Place { get; private set; } = 1;

    /// <summary>Beats in a bar.</summary>
    internal int BeatsPerBar { get; private set; } = 4;

    /// <summary>How sure the beats are, 0..1.</summary>
    internal float Confidence { get; private set; }

    /// <summary>A beat fell between the last two fills.</summary>
    internal bool IsOnBeat { get; private set; }

    /// <summary>A bar began between the last two fills.</summary>
    internal bool IsOnBar { get; private set; }

    /// <summary>Says where the music is.</summary>
    /// <param name="frame">As the tracker foresees it.</param>
    /// <param name="time">Monotonic time of <see cref="BeatFrame.Sample"/>.</param>
    internal void Give(in BeatFrame frame, long time)
    {
        lock (_lock)
            (_given, _givenAt) = (frame, time);
    }

    /// <summary>Fills the fields of <see cref="MusicTable"/> for an instant; what only hindsight knows stays 0.</summary>
    /// <param name="time">Monotonic time at which the picture is seen.</param>
    /// <param name="values">Overwritten.</param>
    /// <param name="peeks">A beat or bar that begins is left for the picture that will be seen.</param>
    internal void Fill(long time, Span<float> values, bool peeks = false)
    {
        BeatFrame given;
        long at;
        lock (_lock)
            (given, at) = (_given, _givenAt);
        values.Clear();
        (IsOnBeat, IsOnBar) = (false, false);
        double since = (double)(time - at) / Stopwatch.Frequency;
        Confidence = given.Bpm > 0 && since < Stale ? given.Confidence : 0;
        if (Confidence < MusicClock.LeastConfidence)
        {
            (Bpm, Phase, BarPhase, _runs) = (0, 0, 0, false);
            return;
        }
        double moved = since * given.Bpm / 60, beats = given.Phase + moved;
        double phase = beats - Math.Floor(beats);
        double bar = given.BarPhase + moved / given.BeatsPerBar;
        bar -= Math.Floor(bar);
        // A correction may take the phase back over a beat: only a wrap forwards is a beat.
        IsOnBeat = !peeks && _runs && phase < _lastPhase - 0.5;
        IsOnBar = !peeks && _runs && bar < _lastBar - 0.5;
        _beats += IsOnBeat ? 1 : 0;
        if (IsOnBar)
        {
            _bars++;
            _fourBars = (_fourBars + 1) % 4;
        }
        if (!peeks)
            (_lastPhase, _lastBar, _runs) = (phase, bar, true);
        (Bpm, Phase, BarPhase) = (given.Bpm, (float)phase, (float)bar);
        BeatsPerBar = given.BeatsPerBar;
        Place = Math.Min((int)(bar * given.BeatsPerBar), given.BeatsPerBar - 1) + 1;

        double phrase = (_fourBars + bar) / 4;
        values[s_tempo] = Math.Min(given.Bpm, 220);
        values[s_tempoConfidence] = values[s_beatConfidence] = Math.Clamp(given.Confidence, 0, 1);
        values[s_beat] = (float)phase;
        values[s_beatSine] = Sine(phase);
        values[s_beatPulse] = IsOnBeat ? 1 : 0;
        values[s_beatPlace] = (float)(Place - 1) / given.BeatsPerBar;
        values[s_beatCount] = Math.Min(_beats, 65536);
        values[s_bar] = (float)bar;
        values[s_barSine] = Sine(bar);
        values[s_barPulse] = IsOnBar ? 1 : 0;
        values[s_barCount] = Math.Min(_bars, 16384);
        values[s_barConfidence] = Math.Clamp(given.BarConfidence, 0, 1);
        values[s_bar4] = (float)phrase;
        values[s_bar4Sine] = Sine(phrase);
    }

    private static float Sine(double phase) => (float)(0.5 + 0.5 * Math.Cos(Math.Tau * phase));
}
