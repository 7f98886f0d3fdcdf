using AInimEngine.Analysis.Evaluation.Metrics;
using AInimEngine.Analysis.Evaluation.Systems;
using AInimEngine.Analysis.Tracks;

namespace AInimEngine.Analysis.Evaluation.Running;

/// <summary>Lets systems hear tracks, two at a time, and scores them.</summary>
internal sealed class Evaluator(IReadOnlyList<IBeatSystem> beats, IReadOnlyList<IOnsetSystem> onsets, IReadOnlyList<IStructureSystem> structure)
{
    private const int AtOnce = 2;

    internal IReadOnlyList<IBeatSystem> Beats { get; } = [.. beats.Where(system => system.Missing is null)];

    internal IReadOnlyList<IOnsetSystem> Onsets { get; } = [.. onsets.Where(system => system.Missing is null)];

    internal IReadOnlyList<IStructureSystem> Structure { get; } = structure;

    /// <summary>Systems that cannot run here, with the reason.</summary>
    internal IReadOnlyList<string> Missing { get; } =
    [
        .. beats.Select(system => (system.Name, system.Missing)).Concat(onsets.Select(system => (system.Name, system.Missing)))
            .Where(system => system.Missing is not null).Select(system => $"{system.Name}: {system.Missing}"),
    ];

    /// <summary>Results in the order of the tracks; those that cannot be made or read are left out.</summary>
    /// <param name="done">Told after each track, with what went wrong if it is left out, from any thread.</param>
    internal TrackResult[] Run(IReadOnlyList<Track> tracks, Action<Track, string?>? done = null)
    {
        var results = new TrackResult?[tracks.Count];
        Parallel.For(0, tracks.Count, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, i =>
        {
            Heard heard;
            try
            {
                heard = tracks[i].Load();
            }
            catch (Exception error) when (error is InvalidOperationException or InvalidDataException or IOException)
            {
                done?.Invoke(tracks[i], error.Message);
                return;
            }
            using (heard)
                results[i] = Score(tracks[i], heard);
            done?.Invoke(tracks[i], null);
        });
        return [.. results.OfType<TrackResult>()];
    }

    private TrackResult Score(Track track, Heard heard)
    {
        Truth truth = heard.Truth;
        var structures = Structure.Select(system => system.StructureOf(heard)).ToArray();
        return new(
            track,
            truth.Tempo,
            [.. Beats.Select(system => BeatScore.Of(truth.Beats, system.BeatsOf(heard)))],
            [.. Onsets.Select(system => truth.Onsets.Length > 0 ? OnsetScore.Of(truth.Onsets, system.OnsetsOf(heard)) : (EventScore?)null)],
            [.. structures.Select(found => truth.Key is { } key ? KeyScore.Of(KeyNames.Parse(key), found.Key) : (double?)null)],
            [.. structures.Select(found => truth.Boundaries is { } boundaries ? SectionScore.Of(boundaries, found.Boundaries) : (SectionScore?)null)]);
    }
}
