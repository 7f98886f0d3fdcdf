namespace AInimEngine.Analysis.Evaluation.Systems;

/// <summary>aubiotrack.</summary>
internal sealed class AubioBeats : IBeatSystem
{
    public string Name => "aubio";

    public string? Missing => Aubio.Missing("aubiotrack");

    public double[] BeatsOf(Heard track) => Aubio.Run("aubiotrack", track);
}
