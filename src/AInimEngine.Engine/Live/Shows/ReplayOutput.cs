using AInimEngine.Core.Imaging;
using AInimEngine.Media.Video;
using AInimEngine.Rendering;
using AInimEngine.Rendering.Post;
using AInimEngine.Rendering.Recording;
using OutputFormat = AInimEngine.Rendering.Recording.OutputFormat;

namespace AInimEngine.Engine.Live.Shows;

/// <summary>
/// Brings a replay's pictures back and encodes them, one behind what is painted: a picture is repeated until the next one's number.
/// The thread of the context.
/// </summary>
internal sealed class ReplayOutput(GlContext context, EncoderSettings settings, VideoEncoder encoder, HashComparison? hashes) : IDisposable
{
    private readonly OutputReader _reader = new(context, settings.Width, settings.Height, OutputFormat.Rgba8, depth: 2);
    private readonly Image _image = new(settings.Width, settings.Height, PixelFormat.Rgba8);

    /// <summary>Takes a picture; numbers ascend.</summary>
    internal void Take(GlTexture picture, long number)
    {
        _reader.TryBegin(picture, number);
        if (_reader.UnderWay > 1)
            Write(number);
    }

    /// <summary>Writes the last one.</summary>
    internal void End()
    {
        if (_reader.UnderWay > 0)
            Write(null);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _reader.Dispose();
        _image.Dispose();
    }

    private void Write(long? until)
    {
        long number;
        while (!_reader.TryRead(_image.Bytes, out number))
            _reader.Finish();
        hashes?.Take(number, _image.Bytes);
        for (long i = number; i < (until ?? number + 1); i++)
            encoder.Write(_image);
    }
}
