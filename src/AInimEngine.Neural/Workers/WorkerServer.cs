using AInimEngine.Core.Frames;
using AInimEngine.Core.Imaging;
using AInimEngine.Neural.Interop;

namespace AInimEngine.Neural.Workers;

/// <summary>Answers the requests of a <see cref="WorkerLink"/>, whatever the pipes: one byte in, one byte out.</summary>
internal sealed class WorkerServer : IDisposable
{
    private readonly Func<string, IGenerator> _create;
    private readonly SharedRegion _first;
    private SharedRegion _region;
    private SharedPictures _pictures;
    private IGenerator? _generator;
    private ControlFrame? _frame;

    /// <summary>Prepares to serve.</summary>
    /// <param name="region">The memory that holds the description; stays the caller's.</param>
    /// <param name="create">Makes a generator from its description.</param>
    public WorkerServer(SharedRegion region, Func<string, IGenerator> create)
    {
        _first = _region = region;
        _pictures = new SharedPictures(region);
        _create = create;
    }

    /// <summary>Makes the generator, says so, and answers until the other end is closed.</summary>
    /// <param name="requests">Descriptor to read from.</param>
    /// <param name="answers">Descriptor to write to.</param>
    public void Serve(int requests, int answers)
    {
        WorkerSignal answer = Start();
        while (Posix.TryWrite(answers, (byte)answer) && Posix.TryRead(requests, out byte request))
        {
            answer = Answer((WorkerSignal)request);
            _region.Header.WorkerAllocatedBytes = GC.GetAllocatedBytesForCurrentThread();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _generator?.Dispose();
        _pictures.Dispose();
        if (_region != _first)
            _region.Dispose();
    }

    private WorkerSignal Start()
    {
        try
        {
            // One at a time: two of a large model may be more than there is memory.
            _generator?.Dispose();
            _generator = null;
            _generator = _create(_region.ReadMessage(reader => reader.ReadString()));
            _frame = new ControlFrame(new FrameLayout(_generator.Inputs));
            _region.WriteMessage(WorkerHello.Of(_generator).Write);
            return WorkerSignal.Done;
        }
        catch (Exception error)
        {
            return Failed(error);
        }
    }

    private WorkerSignal Answer(WorkerSignal request)
    {
        try
        {
            if (request == WorkerSignal.Renew)
                return Start();
            if (_generator is null)
                throw new InvalidOperationException("there is no generator");
            switch (request)
            {
                case WorkerSignal.Decode:
                    Decode(_generator, _frame!);
                    break;
                case WorkerSignal.Sample:
                    _generator.Sample(_region.Header.Seed, _region.Controls[.._generator.Latents.Size]);
                    break;
                case WorkerSignal.Move:
                    Move();
                    break;
                default:
                    throw new InvalidDataException($"there is no request {(byte)request}");
            }
            return WorkerSignal.Done;
        }
        catch (Exception error)
        {
            return Failed(error);
        }
    }

    private void Decode(IGenerator generator, ControlFrame frame)
    {
        ref RegionHeader header = ref _region.Header;
        _region.Controls[..frame.Values.Length].CopyTo(frame.Values);
        frame.Time = header.Time;
        generator.Decode(frame, _pictures.Guides(header.GuideCount), _pictures.Output(header.Slot, header.Output));
    }

    private void Move()
    {
        SharedRegion larger = SharedRegion.Open(_region.ReadMessage(reader => reader.ReadString()));
        _pictures.Dispose();
        if (_region != _first)
            _region.Dispose();
        _region = larger;
        _pictures = new SharedPictures(larger);
    }

    private WorkerSignal Failed(Exception error)
    {
        _region.WriteMessage(writer => WorkerFailure.Write(writer, error));
        return WorkerSignal.Failed;
    }
}
