namespace AInimEngine.Engine.Live;

/// <summary>What a level of the governor allows.</summary>
/// <param name="GeneratorRate">Pictures a second that the generator may make; 0 is as many as it can.</param>
/// <param name="WorkScale">Largest working size of the shader chain over the output's; 1 is what the preset chose.</param>
internal readonly record struct GovernorLevel(double GeneratorRate, float WorkScale)
{
    /// <summary>Least seconds from one generated picture to the next.</summary>
    internal double LeastInterval => GeneratorRate > 0 ? 1 / GeneratorRate : 0;

    /// <summary>
    /// From everything to least. The generator goes to a rate that blends still carry, then the chain to half its size, where
    /// drawn looks lose least for most of the time, then both in turn.
    /// </summary>
    internal static IReadOnlyList<GovernorLevel> All { get; } =
    [
        new(0, 1), new(20, 1), new(20, 0.75f), new(15, 0.5f), new(12.5, 0.5f), new(12.5, 0.35f), new(12.5, 0.25f), new(8, 0.25f), new(5, 0.25f),
    ];
}
