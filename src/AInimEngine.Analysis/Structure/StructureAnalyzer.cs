using AInimEngine.Analysis.Harmony;
using AInimEngine.Analysis.Tracks;

namespace AInimEngine.Analysis.Structure;

/// <summary>Finds the sections of a track and what its energy does.</summary>
internal static class StructureAnalyzer
{
    private const double NoveltyRate = 4;
    private const int NoveltyReach = 16;
    private const double FullNovelty = 2.5;

    /// <summary>The structure of a whole track.</summary>
    /// <param name="features">From a <see cref="StructureListener"/>.</param>
    /// <param name="chroma">From a <see cref="ChromaMeter"/> over the same sound.</param>
    /// <param name="beats">Used if they are sure enough.</param>
    /// <param name="duration">Seconds.</param>
    internal static StructureReport Analyze(StructureFeatures features, ChromaTrack chroma, BeatTrack beats, double duration)
    {
        if (features.Cells == 0 || duration <= 0)
            return new StructureReport([], 0, [], new Curve(NoveltyRate, []));
        TimeUnits units = TimeUnits.Of(duration, beats);
        UnitFeatures unit = UnitFeatures.Of(features, chroma, units);
        bool spectral = units.AreBeats && units.Count is >= 4 * RecurrenceGraph.Stacked and <= SpectralPartitioner.MostUnits;
        Partition partition = spectral ? SpectralPartitioner.Of(unit, units) : NoveltyPartitioner.Of(unit, units);
        partition = BoundarySnap.Apply(partition, unit, units);
        double confidence = partition.Confidence * (units.AreBeats ? beats.Confidence : 1);
        return new StructureReport(
            SectionNames.Of(partition, unit, units), confidence, units.AreBeats ? EnergyEvents.Find(unit, units) : [], Novelty(unit, units, duration));
    }

    /// <summary>Novelty at even instants, between the edges in a straight line.</summary>
    private static Curve Novelty(UnitFeatures features, TimeUnits units, double duration)
    {
        float[] edges = NoveltyCurve.Of(features, units.Count, NoveltyReach);
        var values = new float[(int)(duration * NoveltyRate) + 1];
        int at = 0;
        for (int i = 0; i < values.Length; i++)
        {
            double time = i / NoveltyRate;
            while (at + 2 < units.Edges.Length && units.Edges[at + 1] <= time)
                at++;
            double share = Math.Clamp((time - units.Edges[at]) / (units.Edges[at + 1] - units.Edges[at]), 0, 1);
            values[i] = (float)Math.Clamp((edges[at] + share * (edges[at + 1] - edges[at])) / FullNovelty, 0, 1);
        }
        return new Curve(NoveltyRate, values);
    }
}
