namespace AInimEngine.Analysis.Evaluation.Genres;

/// <summary>A composed piece and when its beats are.</summary>
/// <param name="Genre">What it is.</param>
/// <param name="Notes">In no order.</param>
/// <param name="Programs">Program and pan of each channel that sounds.</param>
/// <param name="Tempo">Where its beats fall.</param>
/// <param name="Bars">Whole bars.</param>
public sealed record Piece(Genre Genre, IReadOnlyList<Note> Notes, IReadOnlyList<(int Channel, int Program, int Pan)> Programs, TempoCurve Tempo, int Bars)
{
    /// <summary>Seconds of the beats, those of the pickup included.</summary>
    public double[] Beats() => [.. Enumerable.Range(-Tempo.Pickup, Tempo.Pickup + Bars * Genre.Beats).Select(beat => Tempo.Seconds(beat))];

    /// <summary>Seconds of the bar lines; none when the bars cannot be told from the sound.</summary>
    public double[] Downbeats() => Genre.BarsAudible ? [.. Enumerable.Range(0, Bars).Select(bar => Tempo.Seconds(bar * Genre.Beats))] : [];
}
