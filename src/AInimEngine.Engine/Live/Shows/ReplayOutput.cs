using AInimEngine.Engine.Offline;
using AInimEngine.Media.Video;
using AInimEngine.Rendering;
using AInimEngine.Rendering.Post;
using AInimEngine.Rendering.Recording;
using OutputFormat = AInimEngine.Rendering.Recording.OutputFormat;

namespace AInimEngine.Engine.Live.Shows;

/// <summary>
/// Brings a replay's pictures back, one behind what is painted, and gives each to the sink for every frame of the video that it
/// covers. The thread of the context.
/// </summary>
/// <param name="context">Of the pictures.</param>
/// <param name="settings">Their size.</param>
/// <param name="sink">Takes them.</param>
/// <param name="origin">Number of the video's first frame.</param>
/// <param name="first">Number of the first frame that the sink is to have; those before it has.</param>
/// <param name="hashes">Compares them; null where there is nothing to compare.</param>
internal sealed class ReplayOutput(GlContext context, EncoderSettings settings, SegmentSink sink, long origin, long first, HashComparison? hashes) : IDisposable
{
    private readonly OutputReader _reader = new(context, settings.Width, settings.Height, OutputFormat.Rgba8, depth: 2);
    private readonly VideoSlot _slot = new(settings.Width, settings.Height);
    private readonly Queue<(long Until, MemoryStream? State)> _underWay = new();

    /// <summary>Takes a picture.</summary>
    /// <param name="picture">It.</param>
    /// <param name="number">Its own number, and the first frame that it covers.</param>
    /// <param name="until">The first frame that it does not cover.</param>
    /// <param name="state">Of the replay before it, where a segment begins with one of its frames; kept until the picture is written.</param>
    /// <param name="cancellation">Ends an encoder's start.</param>
    internal void Take(GlTexture picture, long number, long until, MemoryStream? state, CancellationToken cancellation)
    {
        _reader.TryBegin(picture, number);
        _underWay.Enqueue((until, state));
        if (_reader.UnderWay > 1)
            Write(cancellation);
    }

    /// <summary>Writes what was taken.</summary>
    internal void Flush(CancellationToken cancellation)
    {
        while (_reader.UnderWay > 0)
            Write(cancellation);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _reader.Dispose();
        _slot.Dispose();
    }

    private void Write(CancellationToken cancellation)
    {
        long number;
        while (!_reader.TryRead(_slot.Picture.Bytes, out number))
            _reader.Finish();
        hashes?.Take(number, _slot.Picture.Bytes);
        (long until, _slot.StateBefore) = _underWay.Dequeue();
        for (long frame = Math.Max(number, first); frame < until; frame++)
        {
            _slot.Frame = frame - origin;
            sink.Write(_slot, cancellation);
        }
    }
}
