namespace AInimEngine.Analysis.Beats;

/// <summary>
/// How likely a reading of a track's beat is, as a logarithm. Evidence on thirds says that the tempo is two thirds of what
/// it ought to be; evidence half-way speaks a little for beats that divide.
/// </summary>
internal static class ReadingScore
{
    /// <summary>Scores a reading.</summary>
    /// <param name="r">The reading.</param>
    /// <param name="isLearned">It was read from a likelihood that tells beats from other onsets.</param>
    internal static double Of(TempoReading r, bool isLearned) => isLearned ? Learned(r) : Reasoned(r);

    /// <summary>Fitted on the tuning part of the rendered compositions by random search for the mean F.</summary>
    private static double Reasoned(TempoReading r)
    {
        double octaves = Octaves(r, 136) / 0.28;
        return -0.5 * octaves * octaves + 4.3 * r.OnBeat + 0.3 * r.HalfWay - 1.5 * r.Thirds - 0.1 * r.Alternation
            - 10 * r.Unevenness + (r.IsSteady ? 1.7 : 0);
    }

    /// <summary>
    /// Fitted for the expected F, CMLt and AMLt on music that the model was not trained on, and checked by
    /// cross-validation: tuning compositions, the genre corpus of seed 777, tuning seeds of the synthetic families.
    /// </summary>
    private static double Learned(TempoReading r)
    {
        double octaves = Octaves(r, 120);
        BeatSupport s = r.Support;
        return octaves * (-1.5 - 2.4 * octaves)
            + 1.2 * r.OnBeat + 0.6 * r.HalfWay - 1.5 * r.Thirds - 1.9 * r.Alternation - 540 * r.Unevenness + (r.IsSteady ? 0.7 : 0)
            + 1.8 * s.Mass - 2.0 * s.HalfMass + 2.9 * s.Share + 2.7 * s.HalfShare + 4.3 * s.Pairs + 6.6 * s.Fours;
    }

    private static double Octaves(TempoReading r, double bpm) => Math.Log2(BeatClock.Bpm(r.Interval) / bpm);
}
