namespace AInimEngine.Analysis.Harmony;

/// <summary>Pitch classes over time, as fine as they were measured; cell i is the samples [4096 i, 4096 i + 4096).</summary>
internal sealed class ChromaTrack
{
    private readonly float[] _fine, _tonal;

    /// <param name="fine"><see cref="PitchGrid.Fine"/> amplitudes a cell; 0 is C of A = 440 Hz.</param>
    /// <param name="tonal">Share of the power below 2 kHz that lies in peaks, 0..1, one a cell.</param>
    /// <param name="tuningCents">Deviation of the concert pitch, -50..50.</param>
    internal ChromaTrack(float[] fine, float[] tonal, double tuningCents)
    {
        (_fine, _tonal, TuningCents) = (fine, tonal, tuningCents);
    }

    /// <summary>Number of cells.</summary>
    internal int Cells => _tonal.Length;

    /// <summary>Deviation of the concert pitch from A = 440 Hz, -50..50.</summary>
    internal double TuningCents { get; }

    /// <summary>Share of the power in peaks, 0..1.</summary>
    internal ReadOnlySpan<float> Tonal => _tonal;

    /// <summary>Adds the amplitudes of the twelve classes in a cell, in the track's own tuning, to <paramref name="classes"/>.</summary>
    internal void AddTo(int cell, Span<float> classes)
    {
        const float PerClass = PitchGrid.Fine / PitchGrid.Classes;
        ReadOnlySpan<float> fine = _fine.AsSpan(cell * PitchGrid.Fine, PitchGrid.Fine);
        float shift = (float)(TuningCents / 100);
        for (int i = 0; i < PitchGrid.Fine; i++)
        {
            float pitch = i / PerClass - shift + PitchGrid.Classes;
            int nearest = (int)MathF.Round(pitch);
            float away = Math.Abs(pitch - nearest);
            float weight = away < 0.17f ? 1 : 1 - (away - 0.17f) * 1.5f;
            classes[nearest % PitchGrid.Classes] += fine[i] * weight;
        }
    }
}
