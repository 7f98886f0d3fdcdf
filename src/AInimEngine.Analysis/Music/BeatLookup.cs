using AInimEngine.Analysis.Tracks;

namespace AInimEngine.Analysis.Music;

/// <summary>The beats of a track laid out for look-ups, in samples. Immutable.</summary>
internal sealed class BeatLookup
{
    /// <summary>Two beats further apart than so many usual ones have a hole between them.</summary>
    private const double Hole = 1.8;

    /// <summary>Beats on either side over which the tempo is taken.</summary>
    private const int Around = 4;

    private readonly int[] _places, _bars, _phrases;
    private readonly double[] _periods;
    private readonly float[] _tempi;

    internal BeatLookup(TrackAnalysis analysis)
    {
        BeatTrack beats = analysis.Beats;
        bool trusted = beats.Times.Count > 1 && analysis.Tempo.Confidence >= MusicClock.LeastConfidence && analysis.Tempo.Bpm > 0;
        Times = trusted ? [.. beats.Times.Select(time => time * Hop.SampleRate)] : [];
        BeatsPerBar = Math.Max(1, beats.BeatsPerBar);
        double usual = trusted ? 60.0 * Hop.SampleRate / analysis.Tempo.Bpm : 0;
        _places = trusted ? [.. beats.Positions.Select(position => Math.Clamp(position, 1, BeatsPerBar) - 1)] : [];
        _periods = new double[Times.Length];
        _tempi = new float[Times.Length];
        _bars = new int[Times.Length];
        for (int i = 0, bars = 0; i < Times.Length; i++)
        {
            double next = i + 1 < Times.Length ? Times[i + 1] - Times[i] : double.PositiveInfinity;
            _periods[i] = next <= Hole * usual ? next : i > 0 ? Math.Min(_periods[i - 1], Hole * usual) : usual;
            _tempi[i] = analysis.Tempo.IsSteady ? (float)analysis.Tempo.Bpm : TempoAt(i, usual);
            _bars[i] = bars += _places[i] == 0 ? 1 : 0;
        }
        _phrases = Phrases(analysis.Sections);
    }

    /// <summary>Samples; rising.</summary>
    internal double[] Times { get; }

    internal int BeatsPerBar { get; }

    internal bool IsEmpty => Times.Length == 0;

    /// <summary>From 0.</summary>
    internal int PlaceOf(int beat) => _places[beat];

    /// <summary>Downbeats up to this beat.</summary>
    internal int BarOf(int beat) => _bars[beat];

    /// <summary>Bar in the phrase of four, 0 to 3.</summary>
    internal int PhraseOf(int beat) => _phrases[beat];

    internal float TempoOf(int beat) => _tempi[beat];

    /// <summary>0 to 1 between a beat and the next; 1 or more where the next one is missing.</summary>
    internal double PhaseOf(int beat, double sample) => Math.Max(0, sample - Times[beat]) / _periods[beat];

    private float TempoAt(int i, double usual)
    {
        double sum = 0;
        int count = 0;
        for (int j = Math.Max(1, i - Around + 1); j <= Math.Min(Times.Length - 1, i + Around); j++)
        {
            double step = Times[j] - Times[j - 1];
            if (step > Hole * usual)
                continue;
            sum += step;
            count++;
        }
        return (float)(60.0 * Hop.SampleRate / (count > 0 ? sum / count : usual));
    }

    /// <summary>Phrases begin with the downbeat nearest to the start of a section, and every fourth bar after it.</summary>
    private int[] Phrases(IReadOnlyList<Section> sections)
    {
        var phrases = new int[Times.Length];
        int section = -1, bar = -1;
        for (int i = 0; i < phrases.Length; i++)
        {
            if (_places[i] == 0)
            {
                double half = BeatsPerBar * _periods[i] / 2;
                bool begins = false;
                while (section + 1 < sections.Count && sections[section + 1].Start * Hop.SampleRate <= Times[i] + half)
                {
                    section++;
                    begins = true;
                }
                bar = begins ? 0 : bar + 1;
            }
            phrases[i] = Math.Max(0, bar) % 4;
        }
        return phrases;
    }
}
