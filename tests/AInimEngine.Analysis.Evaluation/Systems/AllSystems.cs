namespace AInimEngine.Analysis.Evaluation.Systems;

/// <summary>What is compared. A new one is one line here.</summary>
internal static class AllSystems
{
    internal static IReadOnlyList<IBeatSystem> Beats { get; } =
    [
        new BeatFunction("causal", stereo => [.. EngineHearing.Live(stereo).Beats.Times]),
        new BeatFunction("whole track", stereo => [.. EngineHearing.Whole(stereo).Beats.Times]),
        new BeatFunction("autocorrelation", AutocorrelationBeats.Find),
        new AubioBeats(),
    ];

    internal static IReadOnlyList<IOnsetSystem> Onsets { get; } =
    [
        new OnsetFunction("causal", stereo => [.. EngineHearing.Live(stereo).Onsets.All.Select(onset => onset.Time)]),
        new OnsetFunction("whole track", stereo => [.. EngineHearing.Whole(stereo).Onsets.All.Select(onset => onset.Time)]),
        new AubioOnsets("hfc"),
        new AubioOnsets("complex"),
        new AubioOnsets("specflux"),
        new AubioOnsets("energy"),
    ];

    internal static IReadOnlyList<IStructureSystem> Structure { get; } = [new EngineStructure()];
}
