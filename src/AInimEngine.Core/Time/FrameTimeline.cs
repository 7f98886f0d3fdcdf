namespace AInimEngine.Core.Time;

/// <summary>
/// Ties frame numbers to sample positions. Frame k covers the samples in [k/fps, (k+1)/fps); a sample or event at t
/// belongs to frame floor(t*fps). All arithmetic is exact.
/// </summary>
/// <param name="Fps">Frames a second, positive.</param>
/// <param name="SampleRate">Samples a second, positive.</param>
public readonly record struct FrameTimeline(Rational Fps, int SampleRate)
{
    /// <summary>First sample of frame <paramref name="frame"/>: the smallest s with s/rate &gt;= frame/fps.</summary>
    public long FirstSample(long frame) => (new Rational(SampleRate, 1) * Fps.Reciprocal).CeilingMultiply(frame);

    /// <summary>The frame that holds sample <paramref name="sample"/>: floor(sample/rate*fps).</summary>
    public long FrameOf(long sample) => (Fps * new Rational(1, SampleRate)).FloorMultiply(sample);

    /// <summary>round(samples/rate*fps), and at least 1 when there is any sample.</summary>
    public long FrameCount(long samples) =>
        samples <= 0 ? 0 : Math.Max(1, (Fps * new Rational(1, SampleRate)).RoundMultiply(samples));
}
