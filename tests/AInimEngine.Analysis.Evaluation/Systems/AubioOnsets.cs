namespace AInimEngine.Analysis.Evaluation.Systems;

/// <summary>aubioonset with one of its methods.</summary>
internal sealed class AubioOnsets(string method) : IOnsetSystem
{
    public string Name => $"aubio {method}";

    public string? Missing => Aubio.Missing("aubioonset");

    public double[] OnsetsOf(Heard track) => Aubio.Run("aubioonset", track, "-O", method);
}
