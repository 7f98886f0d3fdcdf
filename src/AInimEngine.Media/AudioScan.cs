namespace AInimEngine.Media;

/// <summary>What one pass over a sound found.</summary>
/// <param name="Length">Samples per channel at 48 kHz: the truth about its duration.</param>
/// <param name="Peak">Largest magnitude, 1 being full scale.</param>
/// <param name="NonFiniteCount">Samples of the source that were NaN or infinite and became 0.</param>
/// <param name="ClampedCount">Samples of the source that were absurdly loud and were cut.</param>
/// <param name="IsMended">The clean sound differs from what the file says: encode it instead of copying the stream.</param>
public sealed record AudioScan(long Length, float Peak, long NonFiniteCount, long ClampedCount, bool IsMended)
{
    /// <summary>Seconds.</summary>
    public double Duration => (double)Length / AudioFile.SampleRate;
}
