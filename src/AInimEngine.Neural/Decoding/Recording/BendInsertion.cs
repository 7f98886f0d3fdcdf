using AInimEngine.Neural.Decoding.Bends;
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
    /// <param name="height">H.</param>
    /// <param name="width">W.</param>
    /// <param name="channels">C.</param>
    /// <param name="type">Their type.</param>
    /// <param name="layout">Their order.</param>
    public Slot Record(Slot x, int layer, int height, int width, int channels, ScalarType type, MemoryFormat layout = MemoryFormat.Contiguous)
    {
        var target = new BendTarget(context.Settings.Batch, channels, height, width) { Type = type, Layout = layout, Device = context.Settings.Device };
        for (int i = 0; i < context.Settings.Bends.Count; i++)
        {
            if (context.Settings.Bends[i].Layer == layer)
                x = BendRecorder.Record(context.B, x, target, context.Settings.Bends[i], context.Amount(i));
        }
        return x;
    }

    /// <summary>Bends the activations of a resolution, in the type of the decode.</summary>
    public Slot Record(Slot x, int layer, int resolution, int channels, MemoryFormat layout = MemoryFormat.Contiguous) =>
        Record(x, layer, context.Rows(resolution), context.Columns(resolution), channels, context.Type, layout);
}
