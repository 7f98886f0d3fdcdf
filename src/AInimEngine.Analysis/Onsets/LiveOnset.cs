namespace AInimEngine.Analysis.Onsets;

/// <summary>An onset that was just heard.</summary>
/// <param name="Band">Where in the spectrum.</param>
/// <param name="Sample">Where it most likely began, before the end of the hop that decided; see <see cref="CausalOnsets"/>.</param>
/// <param name="Strength">Decades of mean spectral rise over two hops, above 0.</param>
public readonly record struct LiveOnset(OnsetBand Band, long Sample, float Strength);
