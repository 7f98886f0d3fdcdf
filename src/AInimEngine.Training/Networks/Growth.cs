using AInimEngine.Core.Errors;
using AInimEngine.Neural.Models;
using AInimEngine.Neural.Networks;
using AInimEngine.Training.Learning;

namespace AInimEngine.Training.Networks;

/// <summary>
/// Doubles what networks see and make: a block more at the end of a generator, a block more at the beginning of a
/// discriminator, so that training at twice the size goes on from what was learned.
/// </summary>
public static class Growth
{
    /// <summary>A generator of twice the resolution whose pictures are at first the old ones, doubled.</summary>
    /// <remarks>
    /// SG2: exactly, doubled by the network's own filter, because the new block's colours have weights of 0. SM has no sum
    /// of pictures, so its new block carries the old one's colours through: see <see cref="SmGrowth"/>.
    /// </remarks>
    /// <param name="model">SM or SG2 ("skip") of at most 512 pixels.</param>
    /// <param name="channels">Of the new block.</param>
    /// <param name="seed">Draws what is new.</param>
    /// <exception cref="AInimException">The model cannot grow.</exception>
    public static Model Generator(Model model, int channels, ulong seed)
    {
        ModelCard card = model.Card;
        if (card.Resolution >= 1024 || card.Architecture == ModelArchitecture.FastGan || (card.Architecture == ModelArchitecture.Sg2 && card.Synthesis != "skip"))
            throw new AInimException(ExitCode.Input, $"the model '{card.Name}' cannot grow: it is {card.Architecture} ({card.Synthesis}) of {card.Resolution} pixels, and SM and SG2 with a sum of pictures grow up to 1024.");
        ModelCard grown = card with { Resolution = 2 * card.Resolution, Channels = [.. card.Channels, channels], ImageChangePerUnit = [] };
        // What a new model would begin with, under what is known.
        Dictionary<string, WeightArray> arrays = ModelFactory.Random(grown, seed).Arrays.ToDictionary(array => array.Name, StringComparer.Ordinal);
        foreach (WeightArray array in model.Arrays)
            if (arrays.TryGetValue(array.Name, out WeightArray? fresh) && fresh.Shape.SequenceEqual(array.Shape))
                arrays[array.Name] = array;
        if (card.Architecture == ModelArchitecture.Sg2)
        {
            string colours = $"synthesis.b{grown.Resolution}.torgb.weight";
            arrays[colours] = WeightArray.From(colours, new float[arrays[colours].Count], arrays[colours].Shape);
            return ModelCheck.Make(grown, arrays.Values);
        }
        return SmGrowth.Connect(model, grown, arrays);
    }

    /// <summary>Whether a discriminator can grow to these sizes; a style head may be new.</summary>
    /// <param name="grown">Sizes of the new one.</param>
    /// <param name="arrays">The old one's, by name.</param>
    public static bool Fits(DiscriminatorShape grown, IReadOnlyDictionary<string, WeightArray> arrays)
    {
        Dictionary<string, long[]> shapes = grown.Arrays().ToDictionary(entry => entry.Name, entry => entry.Shape, StringComparer.Ordinal);
        return Kept(grown).All(name => arrays.TryGetValue(name, out WeightArray? old) ? old.Shape.SequenceEqual(shapes[name]) : IsHead(name));
    }

    /// <summary>A discriminator of twice the resolution that answers at first what the old one answers to pictures halved by 2x2 means.</summary>
    /// <remarks>
    /// The colours' layer and the first convolution of the new block pass red, green and blue on as they are, lifted to where
    /// leaky ReLU is linear; the second convolution, which halves, is what the old colours' layer was, less what was lifted.
    /// </remarks>
    /// <param name="grown">Sizes of the new one; with at least three channels at its resolution.</param>
    /// <param name="arrays">The old one's, by name.</param>
    /// <param name="seed">Draws what is new.</param>
    public static IReadOnlyDictionary<string, WeightArray> Discriminator(DiscriminatorShape grown, IReadOnlyDictionary<string, WeightArray> arrays, ulong seed)
    {
        const int colours = 3;
        // Beyond what brightness, saturation and contrast can make of -1..1.
        const float lift = 8;
        int channels = grown.Channels(grown.Resolution), next = grown.Channels(grown.Resolution / 2);
        if (channels < colours)
            throw new AInimException(ExitCode.Input, $"the discriminator cannot grow to {grown.Resolution} pixels: with {channels} channels there it cannot carry three colours. Pass a greater width.");
        Dictionary<string, WeightArray> result = InitialWeights.Discriminator(grown, new StepDraws(seed));
        string block = $"d.b{grown.Resolution}";
        foreach (string name in Kept(grown).Where(name => arrays.ContainsKey(name) || !IsHead(name)))
            result[name] = arrays.TryGetValue(name, out WeightArray? old) && old.Shape.SequenceEqual(result[name].Shape)
                ? old
                : throw new AInimException(ExitCode.Input, $"the discriminator cannot grow: its array '{name}' is not that of {grown.Resolution / 2} pixels.");
        double gain = Math.Sqrt(2);
        float[] rgb = result["d.rgb.weight"].ToSingles(), rgbBias = new float[channels];
        float[] first = result[block + ".conv0.weight"].ToSingles(), firstBias = new float[channels];
        float[] second = new float[next * channels * 9], secondBias = new float[next];
        float[] oldRgb = arrays["d.rgb.weight"].ToSingles(), oldBias = arrays["d.rgb.bias"].ToSingles();
        for (int c = 0; c < colours; c++)
        {
            // Both gains of sqrt(2) undone, and the equalised scale of each layer.
            rgb.AsSpan(c * colours, colours).Clear();
            rgb[c * colours + c] = (float)(Math.Sqrt(colours) / gain);
            rgbBias[c] = (float)(lift / gain);
            first.AsSpan(c * channels * 9, channels * 9).Clear();
            first[(c * channels + c) * 9 + 4] = (float)(Math.Sqrt(channels * 9) / gain);
        }
        for (int o = 0; o < next; o++)
        {
            // The old layer is scaled by 1 / sqrt(3) and its leaky ReLU by sqrt(2); the block's sum takes sqrt(1/2) away.
            double bias = oldBias[o] * gain;
            for (int c = 0; c < colours; c++)
            {
                double weight = oldRgb[o * colours + c] / Math.Sqrt(colours) * gain;
                second[(o * channels + c) * 9 + 4] = (float)(weight * Math.Sqrt(channels * 9));
                bias -= weight * lift;
            }
            secondBias[o] = (float)bias;
        }
        Set("d.rgb.weight", rgb);
        Set("d.rgb.bias", rgbBias);
        Set(block + ".conv0.weight", first);
        Set(block + ".conv0.bias", firstBias);
        Set(block + ".conv1.weight", second);
        Set(block + ".conv1.bias", secondBias);
        Set(block + ".skip.weight", new float[next * channels]);
        return result;

        void Set(string name, float[] values) => result[name] = WeightArray.From(name, values, result[name].Shape);
    }

    // What a grown discriminator has from the old one.
    private static IEnumerable<string> Kept(DiscriminatorShape grown) => grown.Arrays().Select(entry => entry.Name)
        .Where(name => !name.StartsWith($"d.b{grown.Resolution}.", StringComparison.Ordinal) && !name.StartsWith("d.rgb.", StringComparison.Ordinal));

    private static bool IsHead(string name) => name.StartsWith("d.style.", StringComparison.Ordinal);
}
