namespace AInimEngine.Media.Video;

/// <summary>How pictures are compressed.</summary>
public enum VideoCodec
{
    /// <summary>H.264, 8 bit 4:2:0: plays everywhere.</summary>
    H264,

    /// <summary>H.265, 8 bit 4:2:0: smaller, slower.</summary>
    H265,

    /// <summary>Apple ProRes 422 HQ, 10 bit: for editing.</summary>
    ProRes,

    /// <summary>Apple ProRes 4444, 12 bit 4:4:4: for editing, largest.</summary>
    ProRes4444,

    /// <summary>VP9, 8 bit 4:2:0: for the web.</summary>
    Vp9,

    /// <summary>AV1, 8 bit 4:2:0: smallest.</summary>
    Av1,

    /// <summary>FFV1, RGB, lossless: for archives.</summary>
    Ffv1,

    /// <summary>GIF, 256 colours, no sound; encoded through a lossless intermediate.</summary>
    Gif,
}
