namespace AInimEngine.Core.Imaging;

/// <summary>
/// The shape of a generator's latent: <see cref="Layers"/> rows of <see cref="Width"/> floats (a W+ latent), grouped by
/// the scale that they steer, with how much the picture answers to each, so that Mapping can move any generator equally.
/// </summary>
/// <param name="Layers">Number of layers L.</param>
/// <param name="Width">Floats per layer.</param>
/// <param name="Groups">Groups that together cover every layer once, in order.</param>
/// <param name="ImageChangePerUnit">
/// Per layer: root-mean-square change of the picture (pixels 0..1) per unit Euclidean step in that layer, measured at
/// typical points; positive.
/// </param>
public sealed record LatentLayout(
    int Layers,
    int Width,
    IReadOnlyList<LatentGroup> Groups,
    IReadOnlyList<float> ImageChangePerUnit)
{
    /// <summary>Name of the control field that holds the latent, [Layers, Width] floats.</summary>
    public const string FieldName = "latent";

    /// <summary>Layers * Width.</summary>
    public int Size => Layers * Width;

    /// <summary>Finds a group by name.</summary>
    public LatentGroup? Group(string name)
    {
        foreach (LatentGroup group in Groups)
            if (group.Name == name)
                return group;
        return null;
    }
}
