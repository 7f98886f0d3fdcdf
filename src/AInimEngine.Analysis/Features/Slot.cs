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

    /// <summary>Floats in a half.</summary>
    internal const int Count = Audible + 1;

    /// <summary>The fields that come from the windowed spectrum: bass to chroma.</summary>
    internal const int SpectralFirst = Bass, SpectralCount = Onset - Bass;
}
