namespace AInimEngine.Neural.Decoding.Recording;

/// <summary>One modulated convolution of SG2.</summary>
/// <param name="Prefix">Of its arrays: "synthesis.b8.conv0".</param>
/// <param name="Latent">Latent layer that styles it.</param>
/// <param name="Resolution">Of its output.</param>
/// <param name="Up">Whether it doubles the resolution.</param>
internal sealed record Sg2Layer(string Prefix, int Latent, int Resolution, bool Up)
{
    /// <summary>All convolutions in order, up to a resolution: conv1 of 4, then conv0 and conv1 of each.</summary>
    public static IReadOnlyList<Sg2Layer> All(int resolution)
    {
        List<Sg2Layer> layers = [new("synthesis.b4.conv1", 0, 4, false)];
        for (int r = 8, i = 1; r <= resolution; r *= 2, i++)
        {
            layers.Add(new($"synthesis.b{r}.conv0", 2 * i - 1, r, true));
            layers.Add(new($"synthesis.b{r}.conv1", 2 * i, r, false));
        }
        return layers;
    }

    /// <summary>The latent layer that steers nothing but the last colours.</summary>
    public static int Colours(int resolution) => 2 * int.Log2(resolution / 4) + 1;

    /// <summary>Prefix of the block's arrays.</summary>
    public string Block => $"synthesis.b{Resolution}";
}
