using AInimEngine.Analysis.Onsets;
using AInimEngine.Analysis.Spectrum;

namespace AInimEngine.Analysis.Features;

/// <summary>Offsets in either half of <see cref="FeatureTable.Layout"/>; a test holds them against the table.</summary>
internal static class Slot
{
    internal const int Loudness = 0;
    internal const int Rms = 1;
    internal const int Peak = 2;
    internal const int Bass = 3;
    internal const int BroadCount = 4;
    internal const int Fine = 7;
    internal const int Centroid = Fine + BandEdges.FineCount;
    internal const int Flatness = Centroid + 1;
    internal const int Chroma = Flatness + 1;
    internal const int Onset = Chroma + Spectrum.Chroma.Classes;
    internal const int OnsetAt = Onset + SpectralFlux.Curves;
    internal const int Audible = OnsetAt + SpectralFlux.Curves;
    internal const int Silence = Audible + 1;
    internal const int LoudnessShort = Silence + 1;
    internal const int LoudnessIntegrated = LoudnessShort + 1;
    internal const int Crossings = LoudnessIntegrated + 1;
    internal const int Width = Crossings + 1;
    internal const int Balance = Width + 1;
    internal const int Spread = Balance + 1;
    internal const int RollOff = Spread + 1;
    internal const int Crest = RollOff + 1;
    internal const int Flux = Crest + 1;
    internal const int Mel = Flux + 1;
    internal const int Mfcc = Mel + MelBands.Count;
    internal const int Tonal = Mfcc + MelBands.Coefficients;
    internal const int Tuning = Tonal + TonalCentroid.Dimensions;
    internal const int Harmonic = Tuning + 1;
    internal const int Percussive = Harmonic + 1;
    internal const int Bands = Percussive + 1;

    /// <summary>Floats in a half.</summary>
    internal const int Count = Bands + FreeBands.Most;

    /// <summary>The fields that come from the windowed spectrum: bass to chroma, and from the spread to the free bands.</summary>
    internal const int SpectralFirst = Bass, SpectralCount = Onset - Bass, SpectralSecond = Spread, SpectralSecondCount = Count - Spread;
}
