namespace AInimEngine.Analysis.Evaluation.Systems;

/// <summary>What is compared. A new one is one line here.</summary>
internal static class AllSystems
{
    internal static IReadOnlyList<IBeatSystem> Beats { get; } =
    [
        new BeatFunction("autocorrelation", AutocorrelationBeats.Find),
        new AubioBeats(),
    ];

    internal static IReadOnlyList<IOnsetSystem> Onsets { get; } =
    [
        new OnsetFunction("engine", stereo => EngineOnsets.Find(stereo, 0.08f)),
        new AubioOnsets("hfc"),
        new AubioOnsets("complex"),
        new AubioOnsets("specflux"),
        new AubioOnsets("energy"),
    ];

    internal static IReadOnlyList<IStructureSystem> Structure { get; } = [];
}
