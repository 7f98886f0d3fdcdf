namespace AInimEngine.Analysis.Spectrum;

/// <summary>Hears every spectrum of the one short-time transform that all of the whole-track analysis shares.</summary>
internal interface ISpectrumListener
{
    /// <summary>
    /// Hears the spectrum of the <see cref="Hop.WindowSize"/> samples that are centred on the middle of a hop. Hops come in
    /// order from 0, 187.5 a second. The spans are only valid during the call.
    /// </summary>
    /// <param name="hop">Number of the hop: samples [256 n, 256 n + 256).</param>
    /// <param name="power">Mean square per bin, mean of both channels, <see cref="StereoSpectrum.Bins"/> floats.</param>
    /// <param name="amplitude">A sine of amplitude a on a bin reads a; as many floats.</param>
    void Hear(long hop, ReadOnlySpan<float> power, ReadOnlySpan<float> amplitude);
}
