using AInimEngine.Core.Errors;
using AInimEngine.Core.Time;
using AInimEngine.Media;
using AInimEngine.Media.Streaming;
using AInimEngine.Rendering;
using AInimEngine.Rendering.Post;
using AInimEngine.Rendering.Recording;

namespace AInimEngine.Engine.Live.Outputs;

/// <summary>
/// The finished pictures of a show to other programs: read back once, handed to all that want them. The display's thread;
/// never waits, and allocates nothing after it was made.
/// </summary>
internal sealed class ShowOutputs : IDisposable
{
    /// <summary>Pictures a second of the preview, at most.</summary>
    private const int PreviewRate = 20;

    private readonly List<PictureFeed> _feeds = [];
    private readonly OutputReader _reader;
    private readonly PicturePool _pool;
    private readonly JpegBox? _box;
    private readonly PreviewServer? _server;
    private readonly PictureFeed? _preview;
    private readonly Rational _fps;
    private readonly int _previewEvery;
    private long _first = -1, _previewReadFrom, _previewGivenFrom;

    private ShowOutputs(GlContext context, OutputSettings settings, int width, int height, Rational fps)
    {
        FFmpegTools tools = FFmpegTools.Find();
        _fps = fps;
        _previewEvery = Math.Max(1, (int)Math.Round(fps.Value / PreviewRate));
        _reader = new OutputReader(context, width, height, OutputFormat.Yuv420);
        _pool = new PicturePool(1 + 3 * (PictureFeed.Waiting + 1), _reader.ByteCount);
        try
        {
            if (settings.Pipe is { } pipe)
                _feeds.Add(ToPipe(pipe, width, height, tools));
            if (settings.Device is { } device)
                _feeds.Add(new PictureFeed("video device", _pool, () => PictureStream.Start(PictureStreamKind.Device, device, width, height, fps, tools)));
            if (settings.StreamPort is not { } port)
                return;
            _box = new JpegBox();
            _server = PreviewServer.Start(_box, port, settings.StreamOpen);
            _preview = new PictureFeed("preview encoder", _pool, () => PictureStream.Start(PictureStreamKind.Jpeg, null, width, height, fps, tools), read: _box.Fill);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>Port of the preview; null where there is none.</summary>
    internal int? Port => _server?.Port;

    /// <summary>Pictures that nobody took in time.</summary>
    internal long Dropped
    {
        get
        {
            long dropped = _reader.Dropped;
            foreach (PictureFeed feed in _feeds)
                dropped += feed.Dropped;
            return dropped;
        }
    }

    /// <summary>Pictures that were given to programs, the preview's not counted.</summary>
    internal long Written
    {
        get
        {
            long written = 0;
            foreach (PictureFeed feed in _feeds)
                written += feed.Written;
            return written;
        }
    }

    /// <summary>Opens what the settings ask for; null where that is nothing.</summary>
    /// <exception cref="AInimException">No ffmpeg, a port that is taken, or what <see cref="OutputSettings.Check"/> says.</exception>
    internal static ShowOutputs? Open(GlContext context, OutputSettings settings, int width, int height, Rational fps)
    {
        settings.Check(width, height);
        return settings.Any ? new ShowOutputs(context, settings, width, height, fps) : null;
    }

    /// <summary>Takes a finished picture, without overlay. Once a frame.</summary>
    /// <param name="picture">Of the show's size.</param>
    /// <param name="frame">Its number on the display's clock.</param>
    internal void Take(GlTexture picture, long frame)
    {
        _first = _first < 0 ? frame : _first;
        while (_reader.UnderWay > 0 && TryCollect())
        {
        }
        // At least so many frames after the last one: a fixed beat of frame numbers would miss most where frames are left out.
        bool isPreviewed = _server is { IsWatched: true } && frame >= _previewReadFrom;
        if ((IsWanted || isPreviewed) && _reader.TryBegin(picture, frame) && isPreviewed)
            _previewReadFrom = frame + _previewEvery;
    }

    /// <summary>Tells once what happened to one of them.</summary>
    internal bool TryTakeMessage(out string message)
    {
        message = "";
        foreach (PictureFeed feed in _feeds)
            if (feed.TakeMessage() is { } told)
                message = told;
        if (_preview?.TakeMessage() is { } failed)
            message = failed;
        return message.Length > 0;
    }

    /// <summary>Ends all of them; what is a file is whole then.</summary>
    public void Dispose()
    {
        _box?.Close();
        _server?.Dispose();
        _preview?.Dispose();
        foreach (PictureFeed feed in _feeds)
            feed.Dispose();
        _reader.Dispose();
    }

    private bool IsWanted
    {
        get
        {
            foreach (PictureFeed feed in _feeds)
                if (!feed.IsOver)
                    return true;
            return false;
        }
    }

    private bool TryCollect()
    {
        if (!_pool.TryTake(out OutputPicture? picture))
            return false;
        bool read = _reader.TryRead(picture!.Bytes, out long frame);
        if (read)
        {
            picture.Seconds = (frame - _first) / _fps.Value;
            foreach (PictureFeed feed in _feeds)
                feed.Offer(picture);
            if (_server is { IsWatched: true } && frame >= _previewGivenFrom)
            {
                _previewGivenFrom = frame + _previewEvery;
                _preview!.Offer(picture);
            }
        }
        _pool.Release(picture);
        return read;
    }

    // Where it is gone, ffmpeg would make an ordinary file that grows until the disk is full.
    private static bool IsFifo(string path) => File.Exists(path) && !OutputSettings.IsPlain(path);

    private PictureFeed ToPipe(string pipe, int width, int height, FFmpegTools tools)
    {
        PictureStreamKind kind = Path.GetExtension(pipe).ToLowerInvariant() switch { ".y4m" => PictureStreamKind.Y4m, ".yuv" => PictureStreamKind.Raw, _ => PictureStreamKind.Nut };
        if (pipe != OutputSettings.Standard)
            return new PictureFeed("picture pipe", _pool, () => PictureStream.Start(kind, pipe, width, height, _fps, tools), File.Exists(pipe) ? () => IsFifo(pipe) : null);
        Stream output = Console.OpenStandardOutput();
        return new PictureFeed("picture pipe", _pool, () => PictureStream.Start(kind, null, width, height, _fps, tools), read: made => made.CopyTo(output));
    }
}
