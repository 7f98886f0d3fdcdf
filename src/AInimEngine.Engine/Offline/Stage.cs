namespace AInimEngine.Engine.Offline;

/// <summary>The stages that <see cref="StageTimes"/> tells apart.</summary>
public enum Stage
{
    /// <summary>Decoding sound and extracting features.</summary>
    Hear,

    /// <summary>Features to controls.</summary>
    Map,

    /// <summary>Latents to a picture.</summary>
    Decode,

    /// <summary>Upload and shader passes.</summary>
    Paint,

    /// <summary>Waiting for the finished picture.</summary>
    ReadBack,

    /// <summary>Hashing raw pictures, when asked for.</summary>
    Hash,

    /// <summary>Converting and handing to the encoder, and waiting for it.</summary>
    Encode,
}
