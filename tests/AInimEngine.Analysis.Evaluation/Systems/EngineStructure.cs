using AInimEngine.Analysis.Tracks;

namespace AInimEngine.Analysis.Evaluation.Systems;

/// <summary>Key and sections of the whole-track analysis.</summary>
internal sealed class EngineStructure : IStructureSystem
{
    public string Name => "whole track";

    public (KeyEstimate Key, double[] Boundaries) StructureOf(Heard track)
    {
        TrackAnalysis heard = EngineHearing.Whole(track.Stereo);
        return (heard.Key.Global, [.. heard.Sections.Skip(1).Select(section => section.Start)]);
    }
}
