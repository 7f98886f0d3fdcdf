namespace AInimEngine.Neural.Decoding;

/// <summary>By which ops a picture is decoded. All give the same picture.</summary>
public enum DecodeForm
{
    /// <summary>The fastest that device and architecture have.</summary>
    Fastest,

    /// <summary>
    /// libtorch's own ops, one after the other: modulate, (transposed) convolution, filter, bias, activation. On the CPU it is
    /// what the fast form is measured and tested against; on a GPU it is the form there is.
    /// </summary>
    Plain,
}
