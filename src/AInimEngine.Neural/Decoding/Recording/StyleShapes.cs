using AInimEngine.Neural.Models;
using AInimEngine.Neural.Networks;

namespace AInimEngine.Neural.Decoding.Recording;

/// <summary>The sizes of a model's network, from its card.</summary>
internal static class StyleShapes
{
    public static StyleShape Of(ModelCard card)
    {
        int octaves = int.Log2(card.Resolution / 4);
        List<int> resolutions = [4];
        for (int octave = 1; octave <= octaves; octave++)
            resolutions.AddRange([4 << octave, 4 << octave]);
        if (card.Architecture == ModelArchitecture.FastGan)
            return new StyleShape(card.Resolution, card.ZDim, card.WDim, card.Classes, [4]);
        if (card.Architecture == ModelArchitecture.Sg2)
            resolutions.Add(card.Resolution);
        return new StyleShape(card.Resolution, card.ZDim, card.WDim, card.Classes, resolutions);
    }
}
