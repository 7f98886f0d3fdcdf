namespace AInimEngine.Training.Data;

/// <summary>Which square of a picture is taken; its side is the picture's shorter one.</summary>
public enum CropMode
{
    /// <summary>The middle.</summary>
    Centre,

    /// <summary>Where most happens: edges and strong colours, by a measure of saliency.</summary>
    Smart,
}
