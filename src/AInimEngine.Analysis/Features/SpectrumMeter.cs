using AInimEngine.Analysis.Spectrum;
using AInimEngine.Core.State;

namespace AInimEngine.Analysis.Features;

/// <summary>The features that a spectrum holds, all but the onsets: bands, shape, timbre, harmony, and parts.</summary>
/// <param name="bands">Bands that the preset asks for.</param>
internal sealed class SpectrumMeter(FreeBands bands) : IStateful
{
    private readonly BandMap _broad = new(BandEdges.Broad), _fine = new(BandEdges.Fine);
    private BandMap _free = new(bands);
    private readonly TuningEstimate _tuning = new();
    private readonly HarmonicPercussive _parts = new();

    /// <summary>Writes the spectral floats of a half of the layout. Spectra come in order.</summary>
    /// <param name="power">Of <see cref="StereoSpectrum"/>.</param>
    /// <param name="amplitude">Of the same.</param>
    /// <param name="flux">Strength of the rise over the whole band.</param>
    /// <param name="features">A half of the layout.</param>
    internal void Measure(ReadOnlySpan<float> power, ReadOnlySpan<float> amplitude, float flux, Span<float> features)
    {
        _broad.Rms(power, features.Slice(Slot.Bass, Slot.BroadCount));
        _fine.Rms(power, features.Slice(Slot.Fine, BandEdges.FineCount));
        _free.Rms(power, features.Slice(Slot.Bands, FreeBands.Most));
        float centroid = SpectralShape.Centroid(amplitude);
        features[Slot.Centroid] = centroid;
        features[Slot.Flatness] = SpectralShape.Flatness(power);
        features[Slot.Spread] = SpectralShape.Spread(amplitude, centroid);
        features[Slot.RollOff] = SpectralShape.RollOff(power);
        features[Slot.Crest] = SpectralShape.Crest(power);
        features[Slot.Flux] = flux;
        Span<float> mel = features.Slice(Slot.Mel, MelBands.Count), chroma = features.Slice(Slot.Chroma, Chroma.Classes);
        MelBands.Rms(power, mel);
        MelBands.Cepstrum(mel, features.Slice(Slot.Mfcc, MelBands.Coefficients));
        features[Slot.Tuning] = Chroma.Fold(power, chroma, _tuning);
        TonalCentroid.Of(chroma, features.Slice(Slot.Tonal, TonalCentroid.Dimensions));
        _parts.Hear(power, amplitude, out features[Slot.Harmonic], out features[Slot.Percussive]);
    }

    /// <summary>Measures other bands from the next spectrum on.</summary>
    public void Listen(FreeBands bands) => _free = new BandMap(bands);

    /// <inheritdoc/>
    public void Reset()
    {
        _tuning.Reset();
        _parts.Reset();
    }

    /// <inheritdoc/>
    public void Save(StateWriter writer)
    {
        _tuning.Save(writer);
        _parts.Save(writer);
    }

    /// <inheritdoc/>
    public void Restore(StateReader reader)
    {
        _tuning.Restore(reader);
        _parts.Restore(reader);
    }
}
