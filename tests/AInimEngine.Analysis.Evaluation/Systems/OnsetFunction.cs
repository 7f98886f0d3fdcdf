namespace AInimEngine.Analysis.Evaluation.Systems;

/// <summary>An onset system that is one function.</summary>
/// <param name="Name">As printed.</param>
/// <param name="Find">Interleaved stereo at 48 kHz in, seconds out.</param>
internal sealed record OnsetFunction(string Name, Func<float[], double[]> Find) : IOnsetSystem
{
    public double[] OnsetsOf(Heard track) => Find(track.Stereo);
}
