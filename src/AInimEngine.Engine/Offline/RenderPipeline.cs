using AInimEngine.Core.Frames;
using AInimEngine.Core.State;

namespace AInimEngine.Engine.Offline;

/// <summary>
/// Runs producer, painter and sink over the frames that are left: each on its own named thread, joined by bounded queues,
/// or all on one. Either way the order, and so every picture, is the same. Borrows the three; owns the slots.
/// </summary>
public sealed class RenderPipeline : IDisposable
{
    private const int SlotCount = 3;
    private readonly FrameProducer _producer;
    private readonly PainterThread _painter;
    private readonly RenderManifest _manifest;
    private readonly bool _overlap;
    private readonly StatePool _states = new();
    private readonly PictureSlot[] _pictures;
    private readonly VideoSlot[] _videos;
    private long _framesDone;

    /// <summary>Makes the slots.</summary>
    /// <param name="producer">First half of the path.</param>
    /// <param name="painter">Second half, on its thread.</param>
    /// <param name="controls">Layout of the control frames.</param>
    /// <param name="scene">For the size of the generator's pictures.</param>
    /// <param name="request">For the size of the video, and whether stages overlap.</param>
    /// <param name="manifest">Frames and segments.</param>
    public RenderPipeline(FrameProducer producer, PainterThread painter, FrameLayout controls, Scene scene, RenderRequest request, RenderManifest manifest)
    {
        _producer = producer;
        _painter = painter;
        _manifest = manifest;
        _overlap = request.Overlap;
        _pictures = [.. Enumerable.Range(0, SlotCount).Select(_ => new PictureSlot(controls, scene.PictureWidth, scene.PictureHeight))];
        _videos = [.. Enumerable.Range(0, SlotCount).Select(_ => new VideoSlot(request.Width, request.Height))];
    }

    /// <summary>Frames handed to the encoder, earlier runs included. Any thread.</summary>
    public long FramesDone => Interlocked.Read(ref _framesDone);

    /// <summary>Runs from the first frame of a segment to the end of the video.</summary>
    /// <param name="firstSegment">The segment to start with.</param>
    /// <param name="state">The state before its first frame; null to start at the beginning.</param>
    /// <param name="sink">Takes the pictures.</param>
    /// <param name="cancellation">Stops between two frames.</param>
    public async Task RunAsync(int firstSegment, byte[]? state, SegmentSink sink, CancellationToken cancellation)
    {
        long first = (long)firstSegment * _manifest.SegmentFrames;
        Interlocked.Exchange(ref _framesDone, first);
        if (state is not null)
            await RestoreAsync(state);
        if (!_overlap)
        {
            await _painter.RunAsync(painter => RunOnOneThread(painter, first, sink, cancellation));
            return;
        }

        using var abort = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        using var pictures = new SlotQueue<PictureSlot>(_pictures);
        using var videos = new SlotQueue<VideoSlot>(_videos);
        FramePainter skipping = null!;
        await _painter.RunAsync(painter => skipping = painter);
        Task[] roles =
        [
            Role("ainim generator", () => Produce(first, skipping, pictures, abort.Token)),
            _painter.RunAsync(painter => Paint(painter, pictures, videos, abort.Token)),
            Role("ainim encoder", () => Write(videos, sink, abort.Token)),
        ];
        await AwaitAllAsync(roles, abort, cancellation);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (PictureSlot slot in _pictures)
            slot.Dispose();
        foreach (VideoSlot slot in _videos)
            slot.Dispose();
    }

    private async Task RestoreAsync(byte[] state)
    {
        using var stream = new MemoryStream(state);
        var reader = new StateReader(stream);
        _producer.Restore(reader);
        await _painter.RunAsync(painter => painter.Restore(reader));
    }

    // Until the first picture is published the painter's thread waits for it, so it may be moved on from here.
    private void Produce(long first, FramePainter skipping, SlotQueue<PictureSlot> pictures, CancellationToken cancellation)
    {
        _producer.SkipToPreRoll(skipping, cancellation);
        for (long frame = first - _producer.PreRollLeft; frame < _manifest.FrameCount; frame++)
        {
            Fill(pictures.Rent(cancellation), frame);
            pictures.Publish();
        }
        pictures.Rent(cancellation).EndOfStream = true;
        pictures.Publish();
    }

    private void Fill(PictureSlot slot, long frame)
    {
        slot.EndOfStream = false;
        slot.Frame = frame;
        slot.StateBefore = null;
        if (frame >= 0 && frame % _manifest.SegmentFrames == 0)
            StatePool.Append(slot.StateBefore = _states.Rent(), _producer.Save);
        _producer.Produce(slot);
    }

    // Reading back lags one frame behind, so that the renderer works on a picture while the one before is fetched.
    private static void Paint(FramePainter painter, SlotQueue<PictureSlot> pictures, SlotQueue<VideoSlot> videos, CancellationToken cancellation)
    {
        long pendingFrame = -1;
        MemoryStream? pendingState = null;
        while (true)
        {
            PictureSlot picture = pictures.Take(cancellation);
            if (pendingFrame >= 0 && (picture.EndOfStream || picture.StateBefore is not null))
            {
                Fetch();
                pendingFrame = -1;
            }
            if (picture.EndOfStream)
                break;
            if (picture.Frame < 0)
            {
                painter.PaintUnseen(picture);
                pictures.Return();
                continue;
            }
            MemoryStream? state = picture.StateBefore;
            if (state is not null)
                StatePool.Append(state, painter.Save);
            long frame = picture.Frame;
            painter.Paint(picture);
            pictures.Return();
            if (pendingFrame >= 0)
                Fetch();
            pendingFrame = frame;
            pendingState = state;
        }
        videos.Rent(cancellation).EndOfStream = true;
        videos.Publish();

        void Fetch()
        {
            VideoSlot slot = videos.Rent(cancellation);
            slot.EndOfStream = false;
            slot.Frame = pendingFrame;
            slot.StateBefore = pendingState;
            painter.Fetch(slot);
            videos.Publish();
        }
    }

    private void Write(SlotQueue<VideoSlot> videos, SegmentSink sink, CancellationToken cancellation)
    {
        for (VideoSlot slot = videos.Take(cancellation); !slot.EndOfStream; slot = videos.Take(cancellation))
        {
            sink.Write(slot, cancellation);
            GiveBack(slot);
            videos.Return();
            Interlocked.Increment(ref _framesDone);
        }
    }

    private void RunOnOneThread(FramePainter painter, long first, SegmentSink sink, CancellationToken cancellation)
    {
        PictureSlot picture = _pictures[0];
        VideoSlot video = _videos[0];
        _producer.SkipToPreRoll(painter, cancellation);
        for (long frame = first - _producer.PreRollLeft; frame < _manifest.FrameCount; frame++)
        {
            cancellation.ThrowIfCancellationRequested();
            Fill(picture, frame);
            if (frame < 0)
            {
                painter.PaintUnseen(picture);
                continue;
            }
            video.Frame = frame;
            video.StateBefore = picture.StateBefore;
            if (video.StateBefore is { } state)
                StatePool.Append(state, painter.Save);
            painter.Paint(picture);
            painter.Fetch(video);
            sink.Write(video, cancellation);
            GiveBack(video);
            Interlocked.Increment(ref _framesDone);
        }
    }

    private void GiveBack(VideoSlot slot)
    {
        if (slot.StateBefore is { } state)
            _states.Return(state);
        slot.StateBefore = null;
    }

    private static Task Role(string name, Action work)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var thread = new Thread(() =>
        {
            try
            {
                work();
                done.SetResult();
            }
            catch (Exception error)
            {
                done.SetException(error);
            }
        })
        {
            Name = name,
            IsBackground = true,
        };
        thread.Start();
        return done.Task;
    }

    // The first failure stops the others; what is thrown is that failure, not the stops that follow from it.
    private static async Task AwaitAllAsync(Task[] roles, CancellationTokenSource abort, CancellationToken cancellation)
    {
        Exception? failure = null;
        var left = new List<Task>(roles);
        while (left.Count > 0)
        {
            Task ended = await Task.WhenAny(left);
            left.Remove(ended);
            if (ended.IsCompletedSuccessfully)
                continue;
            Exception error = ended.Exception!.InnerException!;
            if (failure is null or OperationCanceledException)
                failure = error;
            await abort.CancelAsync();
        }
        if (failure is OperationCanceledException)
            cancellation.ThrowIfCancellationRequested();
        if (failure is not null)
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(failure);
    }
}
