using AInimEngine.Neural.Programs;

namespace AInimEngine.Neural.Decoding.Recording;

/// <summary>Where the settings bend activations, the steps that do it.</summary>
internal sealed class BendInsertion(DecodeContext context)
{
    /// <summary>Whether anything acts after a latent layer.</summary>
    public bool At(int layer)
    {
        foreach (Bend bend in context.Settings.Bends)
        {
            if (bend.Layer == layer)
                return true;
        }
        return false;
    }

    /// <summary>Bends activations [N, C, H, W]; returns them untouched where nothing acts.</summary>
    /// <param name="x">Activations.</param>
    /// <param name="layer">Latent layer.</param>
    /// <param name="resolution">Of the square picture.</param>
    /// <param name="channels">C.</param>
    /// <param name="isImage">The last latent layer of SG2 only makes colours: they are bent when nothing else is left to bend.</param>
    public Slot Record(Slot x, int layer, int resolution, int channels, bool isImage = false)
    {
        if ((isImage && resolution != context.Resolution) || !At(layer))
            return x;
        throw new NotSupportedException($"bends are not recorded yet ({context.B}, {resolution}, {channels})");
    }
}
