using AInimEngine.Analysis.Tracks;

namespace AInimEngine.Analysis.Evaluation.Systems;

/// <summary>Something that finds key and sections. Called from several threads at once.</summary>
internal interface IStructureSystem
{
    /// <summary>As printed.</summary>
    string Name { get; }

    /// <summary>The key, and the boundaries between sections in seconds, start and end of the track left out.</summary>
    (KeyEstimate Key, double[] Boundaries) StructureOf(Heard track);
}
