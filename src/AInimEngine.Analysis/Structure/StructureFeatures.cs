using AInimEngine.Analysis.Harmony;

namespace AInimEngine.Analysis.Structure;

/// <summary>Timbre and energy of a track in rows of 85.3 ms; row i is the samples [4096 i, 4096 i + 4096).</summary>
/// <param name="rows">Rows of <see cref="Width"/> floats.</param>
internal sealed class StructureFeatures(float[] rows)
{
    /// <summary>Mel bands, dBFS, from 40 Hz to 14 kHz.</summary>
    internal const int MelBands = 32;

    /// <summary>RMS amplitude below 150 Hz.</summary>
    internal const int Low = MelBands;

    /// <summary>RMS amplitude from 150 Hz to 2.5 kHz.</summary>
    internal const int Mid = MelBands + 1;

    /// <summary>RMS amplitude above 2.5 kHz.</summary>
    internal const int High = MelBands + 2;

    /// <summary>Mean rise of the mel bands, decades: how much is struck.</summary>
    internal const int Flux = MelBands + 3;

    /// <summary>Floats in a row.</summary>
    internal const int Width = MelBands + 4;

    /// <summary>Number of rows.</summary>
    internal int Cells => rows.Length / Width;

    /// <summary>Seconds.</summary>
    internal double Duration => Cells / PitchGrid.CellRate;

    /// <summary>One row.</summary>
    internal ReadOnlySpan<float> Row(int cell) => rows.AsSpan(cell * Width, Width);
}
