namespace AInimEngine.Neural.Field;

/// <summary>
/// Sizes of the field network, and where its activations lie. All activations of a picture are rows of one matrix
/// [<see cref="Rows"/>, pixels], ordered so that the input of every layer is a run of neighbouring rows and no layer
/// needs its inputs joined:
/// <code>[ form2 20 | form1 20 (its last 12 rows hold flow1 first) | x y 1 rho | flow2 12 ]</code>
/// </summary>
internal static class FieldShape
{
    /// <summary>Layers of the latent: two coarse, two mid, two fine.</summary>
    public const int LatentLayers = 6;

    /// <summary>Floats per layer of the latent.</summary>
    public const int LatentWidth = 16;

    /// <summary>Width of the two flow layers.</summary>
    public const int Flow = 12;

    /// <summary>Width of the two form layers.</summary>
    public const int Form = 20;

    /// <summary>First of the four rows x, y, 1, rho.</summary>
    public const int Base = 2 * Form;

    /// <summary>Row of ones: the column of biases.</summary>
    public const int One = Base + 2;

    /// <summary>First row of the second flow layer.</summary>
    public const int Flow2 = Base + 4;

    /// <summary>All rows.</summary>
    public const int Rows = Flow2 + Flow;

    /// <summary>Outputs of the network: the scalar fields that the palette head draws with.</summary>
    public const int Heads = 11;

    // The first three are those whose slope is needed; the last four go through a sigmoid.
    public const int Height = 0, Strand = 1, Line = 2, CurtainA = 3, CurtainB = 4, Tone = 5, Accent = 6;
    public const int Amount = 7, Pressure = 8, Gate = 9, Night = 10;

    /// <summary>Number of strand frequencies.</summary>
    public const int Strands = 3;
}
