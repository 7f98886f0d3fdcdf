using AInimEngine.Neural.Networks;

namespace AInimEngine.Training.Networks;

/// <summary>The sizes of a discriminator, and the arrays that it has.</summary>
/// <param name="Resolution">Width and height of its pictures.</param>
/// <param name="Width">Channels at resolution r are Width / r, at most <paramref name="MostChannels"/>.</param>
/// <param name="MostChannels">Most channels of a layer.</param>
/// <param name="Classes">Of pictures; 0 for none.</param>
/// <param name="Styles">Classes of the style head; 0 for none.</param>
public sealed record DiscriminatorShape(int Resolution, int Width, int MostChannels, int Classes = 0, int Styles = 0)
{
    /// <summary>The discriminator that settings ask for.</summary>
    public static DiscriminatorShape Of(TrainingSettings settings) =>
        new(settings.Resolution, settings.Width, settings.MostChannels, settings.Classes, settings.CreativeClasses);

    /// <summary>Channels at a resolution.</summary>
    public int Channels(int resolution) => Math.Max(1, Math.Min(Width / resolution, MostChannels));

    /// <summary>Resolutions of its blocks, from the picture on: R, R / 2, .. 8.</summary>
    public IReadOnlyList<int> Blocks => [.. Enumerable.Range(0, int.Log2(Resolution / 4)).Select(i => Resolution >> i)];

    /// <summary>Whether an array belongs to the first blocks, from the picture on, that keep their weights.</summary>
    /// <param name="name">Of the array.</param>
    /// <param name="blocks">How many blocks; the colours' layer goes with the first.</param>
    public bool IsFrozen(string name, int blocks) => blocks > 0
        && (name.StartsWith("d.rgb.", StringComparison.Ordinal) || Blocks.Take(blocks).Any(r => name.StartsWith($"d.b{r}.", StringComparison.Ordinal)));

    /// <summary>Name and shape of every array, from the picture on.</summary>
    public IReadOnlyList<(string Name, long[] Shape)> Arrays()
    {
        List<(string, long[])> arrays = [];
        Add("d.rgb", [Channels(Resolution), 3, 1, 1]);
        foreach (int r in Blocks)
        {
            long c = Channels(r), next = Channels(r / 2);
            Add($"d.b{r}.conv0", [c, c, 3, 3]);
            Add($"d.b{r}.conv1", [next, c, 3, 3]);
            arrays.Add(($"d.b{r}.skip.weight", [next, c, 1, 1]));
        }
        long last = Channels(4);
        Add("d.b4.conv", [last, last + 1, 3, 3]);
        Add("d.b4.fc", [last, 16 * last]);
        Add("d.out", [Classes > 0 ? last : 1, last]);
        if (Classes > 0)
            arrays.Add(("d.embed.weight", [last, Classes]));
        if (Styles > 0)
            Add("d.style", [Styles, last]);
        return arrays;

        void Add(string layer, long[] shape)
        {
            arrays.Add((layer + ".weight", shape));
            arrays.Add((layer + ".bias", [shape[0]]));
        }
    }
}
