using AInimEngine.Core.State;

namespace AInimEngine.Analysis.Beats;

/// <summary>
/// Says of every second spectrum (93.75 a second) how likely a beat, and a downbeat, is there. Causal: what it says of a
/// spectrum depends on that one and those before it.
/// </summary>
internal interface IBeatActivation : IStateful
{
    /// <summary>Hears the next spectrum.</summary>
    /// <param name="amplitude">A sine of amplitude a on a bin reads a; <see cref="Spectrum.StereoSpectrum.Bins"/> floats.</param>
    /// <param name="beat">Likelihood that a beat falls on this spectrum's instant, less <see cref="Delay"/>, 0..1.</param>
    /// <param name="downbeat">Likelihood that it is the first of a bar, 0..1, at most <paramref name="beat"/>.</param>
    void Hear(ReadOnlySpan<float> amplitude, out float beat, out float downbeat);

    /// <summary>Spectra by which the answer is late.</summary>
    int Delay { get; }

    /// <summary>How the likelihoods are to be read.</summary>
    BeatCalibration Calibration => BeatCalibration.Learned;
}
