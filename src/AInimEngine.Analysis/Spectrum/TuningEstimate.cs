using AInimEngine.Core.State;

namespace AInimEngine.Analysis.Spectrum;

/// <summary>
/// By how much the music is off A = 440 Hz: circular mean of how far spectral peaks lie from their semitone, weighted with
/// their amplitude, over the last five seconds or so (after Gomez 2006, 3.3.2). Deviations from -50 to 50 cents are told
/// apart; more looks like the next semitone.
/// </summary>
internal sealed class TuningEstimate : IStateful
{
    private const double Seconds = 5;

    /// <summary>Peaks agree less than this: there is no tuning to speak of.</summary>
    private const double Agreement = 0.1;

    private static readonly double s_keep = Math.Exp(-(double)Hop.Size / (Hop.SampleRate * Seconds));
    private double _cos, _sin, _weight;

    /// <summary>Hears the peaks of a hop: the sum of their amplitudes, each as a vector that turns once a semitone.</summary>
    /// <returns>Cents.</returns>
    internal float Hear(float cos, float sin, float weight)
    {
        _cos = _cos * s_keep + cos;
        _sin = _sin * s_keep + sin;
        _weight = _weight * s_keep + weight;
        return _weight > 1e-9 && Math.Sqrt(_cos * _cos + _sin * _sin) > Agreement * _weight ? (float)(Math.Atan2(_sin, _cos) * 100 / Math.Tau) : 0;
    }

    /// <inheritdoc/>
    public void Reset() => _cos = _sin = _weight = 0;

    /// <inheritdoc/>
    public void Save(StateWriter writer)
    {
        writer.Section("analysis.tuning", 1);
        writer.Write(_cos);
        writer.Write(_sin);
        writer.Write(_weight);
    }

    /// <inheritdoc/>
    public void Restore(StateReader reader)
    {
        reader.Section("analysis.tuning", 1);
        _cos = reader.Read<double>();
        _sin = reader.Read<double>();
        _weight = reader.Read<double>();
    }
}
