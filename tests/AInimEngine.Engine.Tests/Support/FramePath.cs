using AInimEngine.Core.State;
using AInimEngine.Core.Time;
using AInimEngine.Engine.Offline;
using AInimEngine.Mapping;

namespace AInimEngine.Engine.Tests.Support;

/// <summary>
/// Producer and painter on one thread, without queues and encoder. Made, used and disposed of on that thread, one at a
/// time: its GL context is the thread's current one.
/// </summary>
internal sealed class FramePath : IDisposable
{
    private readonly Scene _scene;
    private readonly PictureSlot _picture;
    private readonly VideoSlot _video;
    private readonly FrameProducer _producer;
    private readonly FramePainter _painter;

    internal FramePath(string preset, Track track, int width, int height, Rational? fps = null)
    {
        var request = new RenderRequest { Input = track.Path, Output = "none.mkv", Preset = preset, Width = width, Height = height, Fps = fps ?? new Rational(30, 1) };
        var times = new StageTimes();
        _scene = Scene.Load(preset, width, height, seed: null);
        Mapper mapper = _scene.CreateMapper();
        RenderRange range = RenderRange.Of(request, track.Heard.SampleCount);
        _producer = new FrameProducer(range, _scene, mapper, SoundSources.Open(range, _scene.Sources, track.Heard), times);
        _painter = new FramePainter(_scene, mapper.Layout, width, height, times);
        _picture = new PictureSlot(mapper.Layout, _scene.PictureWidth, _scene.PictureHeight);
        _video = new VideoSlot(width, height);
    }

    /// <summary>Makes the next frame; its pixels stay until the one after.</summary>
    internal ReadOnlySpan<byte> Next()
    {
        _producer.Produce(_picture);
        _painter.Paint(_picture);
        _painter.Fetch(_video);
        return _video.Picture.Bytes;
    }

    /// <summary>The next frames, each with pixels of its own.</summary>
    internal byte[][] Take(int count) => [.. Enumerable.Range(0, count).Select(_ => Next().ToArray())];

    /// <summary>The state before the next frame, as a segment keeps it.</summary>
    internal byte[] Save()
    {
        using var stream = new MemoryStream();
        var writer = new StateWriter(stream);
        _producer.Save(writer);
        _painter.Save(writer);
        writer.Flush();
        return stream.ToArray();
    }

    /// <summary>Puts a state back; before the first frame only.</summary>
    internal void Restore(byte[] state)
    {
        using var stream = new MemoryStream(state);
        var reader = new StateReader(stream);
        _producer.Restore(reader);
        _painter.Restore(reader);
        Assert.Equal(stream.Length, stream.Position);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _video.Dispose();
        _picture.Dispose();
        _painter.Dispose();
        _producer.Dispose();
        _scene.Dispose();
    }
}
