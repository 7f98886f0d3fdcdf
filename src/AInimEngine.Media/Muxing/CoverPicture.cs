using AInimEngine.Core.Errors;
using AInimEngine.Media.Pictures;
using AInimEngine.Media.Processes;

namespace AInimEngine.Media.Muxing;

/// <summary>A cover that was looked at: a JPEG or PNG, by its content.</summary>
internal sealed record CoverPicture(string Path, string Demuxer, string MimeType, string AttachmentName)
{
    /// <exception cref="AInimException">Missing, or neither JPEG nor PNG.</exception>
    public static CoverPicture Open(string path) => PictureKind.Of(path, "use the cover") switch
    {
        "jpeg_pipe" => new(path, "jpeg_pipe", "image/jpeg", "cover.jpg"),
        "png_pipe" => new(path, "png_pipe", "image/png", "cover.png"),
        _ => throw LocalInput.Error(path, "use the cover", "it is neither a JPEG nor a PNG. Convert it first."),
    };
}
