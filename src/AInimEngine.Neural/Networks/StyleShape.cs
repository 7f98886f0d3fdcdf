using AInimEngine.Core.Imaging;
using AInimEngine.Neural.Decoding.Recording;
using AInimEngine.Neural.Models;

namespace AInimEngine.Neural.Networks;

/// <summary>The sizes of a style network, and which latent layer steers which resolution.</summary>
/// <param name="Resolution">Width and height of its picture, pixels.</param>
/// <param name="ZDim">Length of z.</param>
/// <param name="WDim">Length of w.</param>
/// <param name="Classes">Number of classes; 0 for unconditional.</param>
/// <param name="LayerResolutions">Per latent layer (L of W+), the resolution that it steers first: 4, 8, 8, 16, ...</param>
public sealed record StyleShape(int Resolution, int ZDim, int WDim, int Classes, IReadOnlyList<int> LayerResolutions)
{
    /// <summary>Number of latent layers L of W+.</summary>
    public int Layers => LayerResolutions.Count;

    /// <summary>The sizes that a model's card gives its network.</summary>
    public static StyleShape Of(ModelCard card) => StyleShapes.Of(card);

    /// <summary>
    /// "coarse" up to 8 pixels, "mid" 16 and 32, "fine" the rest; a network without layers for one of them splits what there
    /// is in three.
    /// </summary>
    public IReadOnlyList<LatentGroup> Groups()
    {
        int coarse = LayerResolutions.Count(resolution => resolution <= 8);
        int mid = LayerResolutions.Count(resolution => resolution is 16 or 32);
        if (coarse == 0 || mid == 0 || Layers - coarse - mid == 0)
        {
            coarse = Math.Max(1, Layers / 3);
            mid = Math.Max(1, (Layers - coarse) / 2);
        }
        return [new("coarse", 0, coarse), new("mid", coarse, mid), new("fine", coarse + mid, Layers - coarse - mid)];
    }
}
