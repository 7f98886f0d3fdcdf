using AInimEngine.Analysis.Tracks;

namespace AInimEngine.Analysis.Music;

/// <summary>
/// Says for any stretch of a track where in beat, bar and section it is: fills <see cref="MusicTable.Layout"/>. A pure
/// function of the analysis and the samples, so frames can be asked for in any order; allocates nothing.
/// </summary>
public sealed class MusicClock
{
    /// <summary>With a tempo less sure than this the pulse is not trusted: nothing counts beats, and their confidence reads 0.</summary>
    public const double LeastConfidence = 0.3;

    private readonly BeatLookup _beats;
    private readonly long _length;
    private readonly float _tempoConfidence, _beatConfidence, _barConfidence, _sectionConfidence;
    private readonly double[] _sectionStarts, _sectionEnds;
    private readonly float[] _sectionEnergies;
    private readonly int[] _labels;
    private readonly (double Start, double End)[] _builds, _breaks;
    private readonly (double At, float Strength)[] _drops;
    private readonly double[] _keyStarts;
    private readonly KeyEstimate[] _keys;
    private readonly double _noveltyRate;
    private readonly float[] _novelty;

    /// <summary>Lays an analysis out for look-ups.</summary>
    public MusicClock(TrackAnalysis analysis)
    {
        _beats = new BeatLookup(analysis);
        _length = analysis.SampleCount;
        if (!_beats.IsEmpty)
        {
            _tempoConfidence = (float)analysis.Tempo.Confidence;
            _beatConfidence = (float)analysis.Beats.Confidence;
            _barConfidence = (float)analysis.Beats.DownbeatConfidence;
        }
        IReadOnlyList<Section> sections = analysis.Sections;
        _sectionStarts = [.. sections.Select(section => Samples(section.Start))];
        _sectionEnds = [.. sections.Select(section => Samples(section.End))];
        _sectionEnergies = [.. sections.Select(section => (float)section.Energy)];
        _sectionConfidence = (float)analysis.SectionConfidence;
        List<string> labels = [.. sections.Select(section => section.Label).Distinct()];
        _labels = [.. sections.Select(section => labels.IndexOf(section.Label))];
        _builds = Spans(analysis, EnergyEventKind.BuildUp);
        _breaks = Spans(analysis, EnergyEventKind.Break);
        _drops = [.. analysis.Events.Where(e => e.Kind == EnergyEventKind.Drop).Select(e => (Samples(e.Start), (float)e.Strength))];
        _keyStarts = [.. analysis.Key.Spans.Select(span => Samples(span.Start))];
        _keys = [.. analysis.Key.Spans.Select(span => span.Key)];
        _noveltyRate = analysis.Novelty.Rate;
        _novelty = [.. analysis.Novelty.Values];
    }

    /// <summary>Fills the sources of the samples [<paramref name="firstSample"/>, +<paramref name="sampleCount"/>).</summary>
    /// <param name="firstSample">Position in the track; before its start everything is 0.</param>
    /// <param name="sampleCount">Length of the frame, 1 or more.</param>
    /// <param name="values">Overwritten; as many floats as <see cref="MusicTable.Layout"/>.</param>
    public void Fill(long firstSample, int sampleCount, Span<float> values)
    {
        values.Clear();
        double begin = firstSample, end = firstSample + sampleCount, now = end - 1;
        if (now < 0)
            return;
        Set(values, MusicSlot.Track, _length > 0 ? now / _length : 0);
        FillBeats(begin, end, now, values);
        FillSections(begin, end, now, values);
        FillEvents(begin, end, now, values);
        FillKey(now, values);
        if (_novelty.Length > 0)
            Set(values, MusicSlot.Novelty, _novelty[(int)Math.Clamp(Math.Round(now / Hop.SampleRate * _noveltyRate), 0, _novelty.Length - 1)]);
    }

    private static double Samples(double seconds) => seconds * Hop.SampleRate;

    private static (double, double)[] Spans(TrackAnalysis analysis, EnergyEventKind kind) =>
        [.. analysis.Events.Where(e => e.Kind == kind && e.End > e.Start).Select(e => (Samples(e.Start), Samples(e.End)))];

    private static void Set(Span<float> values, MusicSlot slot, double value) => values[(int)slot] = (float)Math.Clamp(value, 0, 1);

    private static double Sine(double phase) => 0.5 + 0.5 * Math.Cos(Math.Tau * phase);

    private void FillBeats(double begin, double end, double now, Span<float> values)
    {
        if (_beats.IsEmpty)
            return;
        Set(values, MusicSlot.TempoConfidence, _tempoConfidence);
        Set(values, MusicSlot.BeatConfidence, _beatConfidence);
        Set(values, MusicSlot.BarConfidence, _barConfidence);
        int beat = LastBefore(_beats.Times, end);
        values[(int)MusicSlot.Tempo] = Math.Min(_beats.TempoOf(Math.Max(0, beat)), 220);
        if (beat < 0)
            return;
        values[(int)MusicSlot.BeatCount] = Math.Min(beat + 1, 65536);
        values[(int)MusicSlot.BarCount] = Math.Min(_beats.BarOf(beat), 16384);
        bool falls = _beats.Times[beat] >= begin;
        Set(values, MusicSlot.BeatPulse, falls ? 1 : 0);
        Set(values, MusicSlot.BarPulse, falls && _beats.PlaceOf(beat) == 0 ? 1 : 0);
        double phase = _beats.PhaseOf(beat, now);
        if (phase >= 1)
            return; // The next beat is missing: nothing is invented.
        double place = _beats.PlaceOf(beat), bar = (place + phase) / _beats.BeatsPerBar;
        double phrase = (_beats.PhraseOf(beat) + bar) / 4;
        Set(values, MusicSlot.Beat, phase);
        Set(values, MusicSlot.BeatSine, Sine(phase));
        Set(values, MusicSlot.BeatPlace, place / _beats.BeatsPerBar);
        if (_beats.BarOf(beat) == 0 && _barConfidence <= 0)
            return;
        Set(values, MusicSlot.Bar, bar);
        Set(values, MusicSlot.BarSine, Sine(bar));
        Set(values, MusicSlot.Bar4, phrase);
        Set(values, MusicSlot.Bar4Sine, Sine(phrase));
    }

    private void FillSections(double begin, double end, double now, Span<float> values)
    {
        int section = LastBefore(_sectionStarts, end);
        if (section < 0)
            return;
        double since = Math.Max(0, now - _sectionStarts[section]), length = _sectionEnds[section] - _sectionStarts[section];
        Set(values, MusicSlot.Section, length > 0 ? since / length : 0);
        Set(values, MusicSlot.SectionPulse, _sectionStarts[section] >= begin ? 1 : 0);
        values[(int)MusicSlot.SectionSeconds] = (float)Math.Min(since / Hop.SampleRate, 3600);
        values[(int)MusicSlot.SectionIndex] = Math.Min(section, 63);
        values[(int)MusicSlot.SectionLabel] = Math.Min(_labels[section], 31);
        Set(values, MusicSlot.SectionEnergy, _sectionEnergies[section]);
        Set(values, MusicSlot.SectionConfidence, _sectionConfidence);
    }

    private void FillEvents(double begin, double end, double now, Span<float> values)
    {
        foreach ((double start, double stop) in _builds)
            if (now >= start && now < stop)
                Set(values, MusicSlot.Build, (now - start) / (stop - start));
        foreach ((double start, double stop) in _breaks)
            if (now >= start && now < stop)
                Set(values, MusicSlot.Break, 1);
        foreach ((double at, float strength) in _drops)
        {
            if (at >= end)
                break;
            if (at >= begin)
                Set(values, MusicSlot.Drop, strength);
            double glow = strength * Math.Exp(-Math.Max(0, now - at) / Hop.SampleRate);
            Set(values, MusicSlot.DropGlow, Math.Max(glow < 0.001 ? 0 : glow, values[(int)MusicSlot.DropGlow]));
        }
    }

    private void FillKey(double now, Span<float> values)
    {
        int span = LastBefore(_keyStarts, now + 1);
        if (span < 0 || _keys[span].Tonic < 0)
            return;
        KeyEstimate key = _keys[span];
        values[(int)MusicSlot.Key] = key.Tonic;
        values[(int)MusicSlot.KeyFifths] = key.Tonic * 7 % 12;
        Set(values, MusicSlot.KeyMinor, key.IsMinor ? 1 : 0);
        Set(values, MusicSlot.KeyConfidence, key.Confidence);
    }

    /// <summary>Index of the last of the rising <paramref name="times"/> before <paramref name="end"/>; -1 when there is none.</summary>
    private static int LastBefore(double[] times, double end)
    {
        int low = 0, high = times.Length;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (times[middle] < end)
                low = middle + 1;
            else
                high = middle;
        }
        return low - 1;
    }
}
