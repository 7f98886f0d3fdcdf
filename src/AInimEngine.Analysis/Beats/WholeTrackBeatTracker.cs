using AInimEngine.Analysis.Tracks;

namespace AInimEngine.Analysis.Beats;

/// <summary>
/// Finds the beats of a whole track. The likeliest path is found first; then readings at half, double and other simple
/// ratios of its tempo are compared over the whole track, and the best is followed again, snapped to the peaks of the
/// likelihood and, where one tempo fits all of it, to a grid. A track without a pulse has no beats.
/// </summary>
internal sealed class WholeTrackBeatTracker
{
    /// <summary>Median distance from the grid below which the tempo is steady, 8 ms in frames.</summary>
    private const double SteadyFrames = 0.008 * BeatClock.Rate;

    /// <summary>Frames off the grid for eight beats in a row, 32 ms, from which the tempo is not steady: it slows down at the end, say.</summary>
    private const double StrayFrames = 0.032 * BeatClock.Rate;

    /// <summary>Confidence below which no beats are told.</summary>
    internal const double LeastConfidence = 0.1;

    /// <summary>Confidence below which beats are told but not put on a grid.</summary>
    private const double Trusted = 0.3;

    private static readonly double[] s_ratios = [1, 0.5, 2, 2.0 / 3, 1.5, 1.0 / 3, 3];

    private readonly BeatModel _model;
    private readonly BeatCalibration _calibration;

    /// <param name="calibration">How the likelihoods are to be read.</param>
    /// <param name="model">What is assumed of music.</param>
    internal WholeTrackBeatTracker(BeatCalibration calibration, BeatModel? model = null)
    {
        _calibration = calibration;
        _model = model ?? BeatModel.WholeTrack;
    }

    /// <summary>Finds tempo and beats from likelihoods without delay, 93.75 of each a second.</summary>
    /// <param name="beat">Likelihood of a beat per frame, 0..1.</param>
    /// <param name="downbeat">Likelihood of a downbeat per frame; as many.</param>
    internal (TempoEstimate Tempo, BeatTrack Beats) Track(ReadOnlySpan<float> beat, ReadOnlySpan<float> downbeat)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(downbeat.Length, beat.Length);
        var evidence = new float[beat.Length];
        for (int i = 0; i < evidence.Length; i++)
            evidence[i] = _calibration.Evidence(beat[i]);

        List<TempoReading> readings = Read(evidence, beat, downbeat);
        if (readings.Count == 0)
            return (TempoEstimate.None, BeatTrack.None);
        int chosen = 0;
        double[] weights = Weigh(readings);
        for (int i = 1; i < weights.Length; i++)
        {
            if (weights[i] > weights[chosen])
                chosen = i;
        }
        TempoReading reading = readings[chosen];
        double confidence = Confidence(reading);
        if (confidence < LeastConfidence)
            return (TempoEstimate.None, BeatTrack.None);

        double[] frames = Place(reading, beat, confidence, out double interval, out bool steady);
        if (frames.Length < 4)
            return (TempoEstimate.None, BeatTrack.None);
        BeatTrack track = Tell(frames, downbeat, confidence);
        List<TempoCandidate> alternatives = Others(readings, weights, chosen);
        return (new TempoEstimate(Math.Clamp(BeatClock.Bpm(interval), 50, 220), confidence, steady, alternatives), track);
    }

    /// <summary>The other tempi, likeliest first; readings at one tempo count together.</summary>
    private static List<TempoCandidate> Others(List<TempoReading> readings, double[] weights, int chosen)
    {
        const double Same = 0.06;
        var others = new List<TempoCandidate>();
        for (int i = 0; i < readings.Count; i++)
        {
            double bpm = BeatClock.Bpm(readings[i].Interval);
            if (Math.Abs(Math.Log2(readings[i].Interval / readings[chosen].Interval)) < Same)
                continue;
            int known = others.FindIndex(other => Math.Abs(Math.Log2(other.Bpm / bpm)) < Same);
            if (known < 0)
                others.Add(new TempoCandidate(bpm, weights[i]));
            else
                others[known] = others[known] with { Weight = others[known].Weight + weights[i] };
        }
        others.RemoveAll(other => other.Weight < 0.01);
        others.Sort((a, b) => b.Weight.CompareTo(a.Weight));
        return others;
    }

    /// <summary>
    /// Where the beats of a reading are told, in frames: at the peaks near them and, where one tempo fits all of it and it
    /// is trusted, on a grid.
    /// </summary>
    internal double[] Place(TempoReading reading, ReadOnlySpan<float> beat, double confidence, out double interval, out bool steady)
    {
        (interval, steady) = (reading.Interval, false);
        double[] frames = Snap(Trim(reading.Beats, beat), beat);
        if (frames.Length < 4)
            return frames;
        BeatGrid grid = BeatGrid.Fit(frames);
        steady = grid.Residual < SteadyFrames && frames.Length >= 8 && confidence >= Trusted && Strays(frames, grid) < StrayFrames;
        if (!steady)
            return frames;
        interval = grid.Period;
        frames = new double[grid.Numbers[^1] + 1];
        for (int i = 0; i < frames.Length; i++)
            frames[i] = grid.Start + i * grid.Period;
        return frames;
    }

    /// <summary>How far the beats are from the grid where they are farthest for a while: the greatest median of eight in a row, in frames.</summary>
    private static double Strays(double[] frames, BeatGrid grid)
    {
        const int Row = 8;
        Span<double> away = stackalloc double[Row];
        double farthest = 0;
        for (int i = 0; i + Row <= frames.Length; i += Row / 2)
        {
            for (int k = 0; k < Row; k++)
                away[k] = Math.Abs(frames[i + k] - grid.Start - grid.Numbers[i + k] * grid.Period);
            away.Sort();
            farthest = Math.Max(farthest, away[Row / 2]);
        }
        return farthest;
    }

    /// <summary>The likeliest path, and those at simple ratios of its tempo.</summary>
    internal List<TempoReading> Read(float[] evidence, ReadOnlySpan<float> beat, ReadOnlySpan<float> downbeat)
    {
        var readings = new List<TempoReading>();
        TempoReading free = TempoReading.Of(new BeatPath(_model).Find(evidence, (float)_calibration.OffBeat), evidence);
        if (free.Interval <= 0)
            return readings;
        foreach (double ratio in s_ratios)
        {
            double interval = free.Interval / ratio;
            if (interval is < BeatStates.Shortest or > BeatStates.Longest)
                continue;
            BeatModel near = _model with { PriorBpm = BeatClock.Bpm(interval), PriorWidth = 0.15, Pull = 1 };
            var path = new BeatPath(near, interval / 1.4, interval * 1.4);
            TempoReading reading = TempoReading.Of(path.Find(evidence, (float)_calibration.OffBeat), evidence);
            TempoReading steady = TempoReading.Of(SteadyBeats.Find(evidence, reading.Interval), evidence);
            if (reading.Interval > 0)
                readings.Add(reading with { Support = BeatSupport.Of(reading.Beats, beat, downbeat) });
            if (steady.Interval > 0)
                readings.Add(steady with { Support = BeatSupport.Of(steady.Beats, beat, downbeat), IsSteady = true });
        }
        return readings;
    }

    /// <summary>Weights of the readings, summing to 1.</summary>
    internal double[] Weigh(List<TempoReading> readings)
    {
        var weights = new double[readings.Count];
        double best = double.NegativeInfinity, sum = 0;
        for (int i = 0; i < weights.Length; i++)
            best = Math.Max(best, weights[i] = ReadingScore.Of(readings[i], _calibration.IsLearned));
        for (int i = 0; i < weights.Length; i++)
            sum += weights[i] = Math.Exp(weights[i] - best);
        for (int i = 0; i < weights.Length; i++)
            weights[i] /= sum;
        return weights;
    }

    /// <summary>Music holds a beat that stands out from what lies between, evenly spaced; noise gives neither.</summary>
    internal static double Confidence(TempoReading r)
    {
        double score = 12 * (r.Explained - 0.4) + Math.Clamp(r.OnBeat, -1, 1.5) - 0.5;

        // What little evidence hum or noise gives, at its very start, one beat explains: but the beats themselves have none.
        // And a few beats fit anything: the first seconds of a tone make three.
        double support = Math.Clamp(r.OnBeat / 0.5, 0, 1) * Math.Clamp((r.Beats.Count - 2) / 10.0, 0, 1);
        return support / (1 + Math.Exp(-score));
    }

    /// <summary>Without the beats before the first and after the last onset.</summary>
    private static List<int> Trim(List<int> beats, ReadOnlySpan<float> likelihood)
    {
        const float Something = 0.05f;
        int first = 0, last = likelihood.Length - 1;
        while (first < likelihood.Length && !(likelihood[first] >= Something))
            first++;
        while (last >= 0 && !(likelihood[last] >= Something))
            last--;
        return beats.FindAll(frame => frame >= first - 4 && frame <= last + 4);
    }

    /// <summary>Moves each beat to the peak of the likelihood near it, between frames by a parabola.</summary>
    private double[] Snap(List<int> beats, ReadOnlySpan<float> likelihood)
    {
        var frames = new double[beats.Count];
        double offset = _calibration.OffsetSamples / BeatClock.FrameSize;
        for (int i = 0; i < frames.Length; i++)
        {
            int at = beats[i], best = at;
            for (int f = Math.Max(1, at - 3); f <= Math.Min(likelihood.Length - 2, at + 3); f++)
            {
                if (likelihood[f] > likelihood[best])
                    best = f;
            }
            frames[i] = at + offset;
            if (best < 1 || best > likelihood.Length - 2 || !(likelihood[best] > _calibration.Neutral))
                continue;
            float left = likelihood[best - 1], centre = likelihood[best], right = likelihood[best + 1];
            float bend = left - 2 * centre + right;
            frames[i] = best + offset + (bend < 0 ? Math.Clamp(0.5 * (left - right) / bend, -0.5, 0.5) : 0);
        }

        // Two beats may have found the same peak.
        return [.. frames.Where((frame, i) => i == 0 || frame - frames[i - 1] > BeatStates.Shortest / 2)];
    }

    private BeatTrack Tell(double[] frames, ReadOnlySpan<float> downbeat, double confidence)
    {
        var heard = new float[frames.Length];
        double offset = _calibration.OffsetSamples / BeatClock.FrameSize;
        for (int i = 0; i < frames.Length; i++)
        {
            int centre = (int)Math.Round(frames[i] - offset);
            for (int f = Math.Max(0, centre - 3); f <= Math.Min(downbeat.Length - 1, centre + 4); f++)
                heard[i] = Math.Max(heard[i], downbeat[f]);
        }
        int[] places = BarPath.Find(heard, out int beatsPerBar, out double barConfidence);
        var times = new double[frames.Length];
        for (int i = 0; i < times.Length; i++)
            times[i] = Math.Max(0, BeatClock.Centre(frames[i]) / Hop.SampleRate);
        return new BeatTrack(times, places, beatsPerBar, confidence, barConfidence * confidence);
    }
}
