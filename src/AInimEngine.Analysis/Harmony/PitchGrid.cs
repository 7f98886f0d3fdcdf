namespace AInimEngine.Analysis.Harmony;

/// <summary>The grid in time on which tone and structure are kept: coarse enough that three hours fit in tens of megabytes.</summary>
internal static class PitchGrid
{
    /// <summary>Samples at 48 kHz in a cell, 85.3 ms; sixteen hops.</summary>
    internal const int CellSize = 4096;

    /// <summary>Cells a second, 11.72.</summary>
    internal const double CellRate = (double)Hop.SampleRate / CellSize;

    /// <summary>Hops in a cell.</summary>
    internal const int HopsPerCell = CellSize / Hop.Size;

    /// <summary>Pitch bins an octave: three a semitone, so that a mistuned instrument can be turned back afterwards.</summary>
    internal const int Fine = 36;

    /// <summary>Pitch classes.</summary>
    internal const int Classes = 12;
}
