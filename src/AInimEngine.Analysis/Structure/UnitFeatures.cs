using AInimEngine.Analysis.Harmony;
using AInimEngine.Analysis.Spectrum;

namespace AInimEngine.Analysis.Structure;

/// <summary>What each unit of time sounds like: harmony and timbre as vectors, energies as numbers.</summary>
internal sealed class UnitFeatures
{
    /// <summary>Floats of timbre: twelve cepstral coefficients, level, lows, strikes, brightness.</summary>
    internal const int TimbreWidth = 16;

    private const int Cepstra = 12;
    private const float Quietest = -70;

    private UnitFeatures(int count)
    {
        Chroma = new float[count * PitchGrid.Classes];
        Timbre = new float[count * TimbreWidth];
        (Level, Low, High, Flux) = (new float[count], new float[count], new float[count], new float[count]);
    }

    /// <summary>Twelve floats a unit, of length 1, or 0 where nothing is heard.</summary>
    internal float[] Chroma { get; }

    /// <summary><see cref="TimbreWidth"/> floats a unit, each with mean 0 and deviation 1 over the track.</summary>
    internal float[] Timbre { get; }

    /// <summary>Level of each unit, dBFS, not below -70.</summary>
    internal float[] Level { get; }

    /// <summary>Level below 150 Hz, dBFS.</summary>
    internal float[] Low { get; }

    /// <summary>Level above 2.5 kHz, dBFS.</summary>
    internal float[] High { get; }

    /// <summary>How much is struck, decades.</summary>
    internal float[] Flux { get; }

    /// <summary>Gathers the cells of each unit.</summary>
    internal static UnitFeatures Of(StructureFeatures features, ChromaTrack chroma, TimeUnits units)
    {
        var unit = new UnitFeatures(units.Count);
        Span<float> mean = stackalloc float[StructureFeatures.Width];
        for (int i = 0; i < units.Count; i++)
        {
            int from = Math.Clamp((int)Math.Round(units.Edges[i] * PitchGrid.CellRate), 0, features.Cells - 1);
            int to = Math.Clamp((int)Math.Round(units.Edges[i + 1] * PitchGrid.CellRate), from + 1, features.Cells);
            Gather(features, from, to, mean);
            unit.SetTimbre(i, mean);
            Span<float> classes = unit.Chroma.AsSpan(i * PitchGrid.Classes, PitchGrid.Classes);
            for (int cell = from; cell < Math.Min(to, chroma.Cells); cell++)
                chroma.AddTo(cell, classes);
            float length = MathF.Sqrt(VectorMath.Dot(classes, classes));
            for (int k = 0; k < classes.Length && length > 0; k++)
                classes[k] /= length;
        }
        Standardise(unit.Timbre, units.Count);
        return unit;
    }

    /// <summary>Mean of the levels in decibels, root mean square of the amplitudes.</summary>
    private static void Gather(StructureFeatures features, int from, int to, Span<float> mean)
    {
        mean.Clear();
        for (int cell = from; cell < to; cell++)
        {
            ReadOnlySpan<float> row = features.Row(cell);
            for (int k = 0; k < mean.Length; k++)
                mean[k] += k is >= StructureFeatures.Low and <= StructureFeatures.High ? row[k] * row[k] : row[k];
        }
        for (int k = 0; k < mean.Length; k++)
            mean[k] /= to - from;
        for (int k = StructureFeatures.Low; k <= StructureFeatures.High; k++)
            mean[k] = MathF.Sqrt(mean[k]);
    }

    private void SetTimbre(int unit, ReadOnlySpan<float> row)
    {
        float low = row[StructureFeatures.Low], mid = row[StructureFeatures.Mid], high = row[StructureFeatures.High];
        Level[unit] = Decibels(MathF.Sqrt(low * low + mid * mid + high * high));
        Low[unit] = Decibels(low);
        High[unit] = Decibels(high);
        Flux[unit] = row[StructureFeatures.Flux];
        Span<float> timbre = Timbre.AsSpan(unit * TimbreWidth, TimbreWidth);
        for (int c = 1; c <= Cepstra; c++)
        {
            double sum = 0;
            for (int k = 0; k < StructureFeatures.MelBands; k++)
                sum += Math.Max(row[k], Quietest - 10) * Math.Cos(Math.PI * c * (k + 0.5) / StructureFeatures.MelBands);
            timbre[c - 1] = (float)sum;
        }
        timbre[Cepstra] = Level[unit];
        timbre[Cepstra + 1] = Low[unit];
        timbre[Cepstra + 2] = Flux[unit];
        timbre[Cepstra + 3] = High[unit];
    }

    private static float Decibels(float amplitude) => Math.Max(Quietest, 20 * MathF.Log10(amplitude + 1e-6f));

    private static void Standardise(float[] timbre, int count)
    {
        // A deviation of a decibel is nothing: what hardly moves must not be blown up.
        Span<float> least = stackalloc float[TimbreWidth];
        least.Fill(12);
        (least[Cepstra], least[Cepstra + 1], least[Cepstra + 2], least[Cepstra + 3]) = (1.5f, 1.5f, 0.01f, 1.5f);
        for (int k = 0; k < TimbreWidth; k++)
        {
            double sum = 0, square = 0;
            for (int i = 0; i < count; i++)
                sum += timbre[i * TimbreWidth + k];
            double mean = sum / count;
            for (int i = 0; i < count; i++)
                square += (timbre[i * TimbreWidth + k] - mean) * (timbre[i * TimbreWidth + k] - mean);
            double scale = 1 / Math.Max(Math.Sqrt(square / count), least[k]);
            for (int i = 0; i < count; i++)
                timbre[i * TimbreWidth + k] = (float)((timbre[i * TimbreWidth + k] - mean) * scale);
        }
    }
}
