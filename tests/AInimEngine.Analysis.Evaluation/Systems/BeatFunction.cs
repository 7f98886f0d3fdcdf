namespace AInimEngine.Analysis.Evaluation.Systems;

/// <summary>A beat system that is one function.</summary>
/// <param name="Name">As printed.</param>
/// <param name="Find">Interleaved stereo at 48 kHz in, seconds out.</param>
internal sealed record BeatFunction(string Name, Func<float[], double[]> Find) : IBeatSystem
{
    public double[] BeatsOf(Heard track) => Find(track.Stereo);
}
