namespace AInimEngine.Media.Streaming;

/// <summary>How pictures go to another program.</summary>
public enum PictureStreamKind
{
    /// <summary>NUT with raw yuv420p pictures, each with its time.</summary>
    Nut,

    /// <summary>YUV4MPEG2 at an even rate: a picture that does not come is the one before again.</summary>
    Y4m,

    /// <summary>yuv420p pictures one after another, at an even rate, without any head.</summary>
    Raw,

    /// <summary>A video device that other programs take for a camera, by v4l2loopback.</summary>
    Device,

    /// <summary>JPEG pictures, each behind a head that says its length (multipart, as ffmpeg's mpjpeg writes it).</summary>
    Jpeg,
}
