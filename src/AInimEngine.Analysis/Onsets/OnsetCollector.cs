using AInimEngine.Analysis.Tracks;

namespace AInimEngine.Analysis.Onsets;

/// <summary>
/// Keeps the onsets of a whole track at their samples, leaving out what is too faint for a note. Grows with the track: a
/// minute of dense music takes some 30 kB.
/// </summary>
internal sealed class OnsetCollector
{
    /// <summary>Strength, in decades of mean rise, that an onset of each curve must have to count as a note.</summary>
    private static readonly float[] s_least = [0.08f, 0.2f, 0.1f, 0.1f];

    private readonly List<OnsetMark>[] _onsets = [new(4096), new(4096), new(4096), new(4096)];

    /// <summary>What was collected so far, in order of time.</summary>
    internal OnsetTrack Track => new([.. Sorted(0)], [.. Sorted(1)], [.. Sorted(2)], [.. Sorted(3)]);

    /// <summary>Takes an onset of a curve of <see cref="SpectralFlux"/>.</summary>
    internal void Add(int curve, long sample, float strength)
    {
        if (strength >= s_least[curve])
            _onsets[curve].Add(new OnsetMark((double)sample / Hop.SampleRate, strength));
    }

    private IEnumerable<OnsetMark> Sorted(int curve) => _onsets[curve].OrderBy(onset => onset.Time);
}
