using AInimEngine.Core.Errors;
using AInimEngine.Core.Files;
using AInimEngine.Core.Frames;
using AInimEngine.Core.Imaging;
using AInimEngine.Neural.Interop;

namespace AInimEngine.Neural.Workers;

/// <summary>A running worker: its process, its memory and its pipes. One thread at a time.</summary>
internal sealed unsafe class WorkerLink : IDisposable
{
    private readonly WorkerSettings _settings;
    private readonly WorkerProcess _process;
    private SharedRegion _region;
    private PictureShape _shape;

    private WorkerLink(WorkerSettings settings, string description, CancellationToken stop)
    {
        _settings = settings;
        _region = SharedRegion.Create(0, 0);
        try
        {
            _region.WriteMessage(writer => writer.Write(description));
            _process = WorkerProcess.Start([.. settings.Command, _region.Path], settings.Farewell);
            try
            {
                using CancellationTokenRegistration killing = stop.Register(_process.Kill);
                Await(settings.StartDeadline, "start");
                Hello = _region.ReadMessage(WorkerHello.Read);
            }
            catch (InvalidDataException error)
            {
                _process.Dispose();
                throw new GeneratorLostException($"what it says of itself makes no sense ({error.Message})");
            }
            catch
            {
                _process.Dispose();
                throw;
            }
        }
        catch
        {
            _region.Dispose();
            throw;
        }
        finally
        {
            PartialFile.Discard(_region.Path);
        }
    }

    /// <summary>What the worker said of its generator.</summary>
    public WorkerHello Hello { get; private set; } = null!;

    /// <summary>Its process id.</summary>
    public int ProcessId => _process.Id;

    /// <summary>Pictures made.</summary>
    public long Pictures { get; private set; }

    /// <summary>Managed bytes that the worker's thread has allocated.</summary>
    public long AllocatedBytes => _region.Header.WorkerAllocatedBytes;

    /// <summary>Starts a worker and waits until its generator is ready.</summary>
    /// <param name="settings">How.</param>
    /// <param name="description">Of the generator.</param>
    /// <param name="stop">Ends the wait by killing the worker.</param>
    /// <exception cref="AInimException">The generator cannot be made, for a reason that the worker gave.</exception>
    /// <exception cref="GeneratorLostException">The worker ended or hung before it was ready.</exception>
    public static WorkerLink Start(WorkerSettings settings, string description, CancellationToken stop) => new(settings, description, stop);

    /// <summary>Has the worker make another generator, which is quicker than another worker.</summary>
    /// <param name="description">Of the generator.</param>
    /// <exception cref="AInimException">It cannot be made, for a reason that the worker gave.</exception>
    /// <exception cref="GeneratorLostException">The worker ended or hung.</exception>
    public void Renew(string description)
    {
        (Pictures, _shape) = (0, default);
        _region.WriteMessage(writer => writer.Write(description));
        Request(WorkerSignal.Renew, _settings.StartDeadline, "start");
        try
        {
            Hello = _region.ReadMessage(WorkerHello.Read);
        }
        catch (InvalidDataException error)
        {
            throw new GeneratorLostException($"what it says of itself makes no sense ({error.Message})");
        }
    }

    /// <summary>Makes a picture in the memory. See <see cref="CopyLast"/>.</summary>
    /// <param name="offsets">Where each input lies in the frame.</param>
    /// <param name="frame">The controls.</param>
    /// <param name="guides">Guide pictures.</param>
    /// <param name="output">Overwritten.</param>
    /// <exception cref="GeneratorLostException">The worker ended or hung.</exception>
    public void Decode(ControlFrame frame, ReadOnlySpan<int> offsets, ReadOnlySpan<Image> guides, Image output)
    {
        PictureShape shape = PictureShape.Of(output);
        MakeRoom(shape, guides);
        ref RegionHeader header = ref _region.Header;
        Span<float> controls = _region.Controls;
        for (int i = 0; i < offsets.Length; i++)
        {
            int length = Hello.Inputs[i].Length;
            frame.Values.AsSpan(offsets[i], length).CopyTo(controls);
            controls = controls[length..];
        }
        byte* place = _region.Guides;
        for (int i = 0; i < guides.Length; i++)
        {
            header.Guides[i] = PictureShape.Of(guides[i]);
            guides[i].Bytes.CopyTo(new Span<byte>(place, guides[i].ByteCount));
            place += SharedRegion.WholePages(guides[i].ByteCount);
        }
        (header.Time, header.Output, header.GuideCount) = (frame.Time, shape, guides.Length);
        // The other place than the last picture's, which must outlive a worker that dies while it draws.
        int slot = header.Slot = (int)(Pictures & 1);
        Request(WorkerSignal.Decode, shape == _shape ? _settings.Deadline : _settings.FirstDeadline, "make a picture");
        _shape = shape;
        new Span<byte>(_region.Picture(slot), output.ByteCount).CopyTo(output.Bytes);
        Pictures++;
    }

    /// <summary>The generator's sample.</summary>
    public void Sample(ulong seed, Span<float> latent)
    {
        _region.Header.Seed = seed;
        Request(WorkerSignal.Sample, _settings.StartDeadline, "draw a sample");
        _region.Controls[..latent.Length].CopyTo(latent);
    }

    /// <summary>The last whole picture, a new one; null before the first.</summary>
    public Image? CopyLast()
    {
        if (Pictures == 0)
            return null;
        var image = new Image(_shape.Width, _shape.Height, _shape.Format, _shape.ColorSpace);
        new Span<byte>(_region.Picture((int)((Pictures - 1) & 1)), image.ByteCount).CopyTo(image.Bytes);
        return image;
    }

    /// <summary>Lets the worker end, or ends it.</summary>
    public void Dispose()
    {
        _process.Dispose();
        _region.Dispose();
    }

    private void MakeRoom(PictureShape shape, ReadOnlySpan<Image> guides)
    {
        if (guides.Length > SharedRegion.MaxGuides)
            throw new ArgumentException($"{guides.Length} guides; a worker takes {SharedRegion.MaxGuides}", nameof(guides));
        long guideBytes = 0;
        foreach (Image guide in guides)
            guideBytes += SharedRegion.WholePages(guide.ByteCount);
        if (shape.Bytes > _region.PictureBytes || guideBytes > _region.GuideBytes)
            Move(Math.Max(shape.Bytes, _region.PictureBytes), Math.Max(guideBytes, _region.GuideBytes));
    }

    private void Move(long pictureBytes, long guideBytes)
    {
        SharedRegion larger = SharedRegion.Create(pictureBytes, guideBytes);
        try
        {
            string path = larger.Path;
            _region.WriteMessage(writer => writer.Write(path));
            Request(WorkerSignal.Move, _settings.StartDeadline, "take larger memory");
            if (Pictures > 0)
                for (int slot = 0; slot < 2; slot++)
                    new Span<byte>(_region.Picture(slot), (int)_shape.Bytes).CopyTo(new Span<byte>(larger.Picture(slot), (int)_shape.Bytes));
        }
        catch
        {
            larger.Dispose();
            throw;
        }
        finally
        {
            PartialFile.Discard(larger.Path);
        }
        _region.Dispose();
        _region = larger;
    }

    private void Request(WorkerSignal signal, TimeSpan deadline, string what)
    {
        if (!Posix.TryWrite(_process.Requests, (byte)signal))
            throw Lost();
        Await(deadline, what);
    }

    private void Await(TimeSpan deadline, string what)
    {
        if (!Posix.WaitReadable(_process.Answers, (int)Math.Min(deadline.TotalMilliseconds, int.MaxValue)))
        {
            _process.Kill();
            throw new GeneratorLostException($"it did not {what} within {deadline.TotalSeconds:0.###} s and was killed");
        }
        if (!Posix.TryRead(_process.Answers, out byte answer))
            throw Lost();
        switch ((WorkerSignal)answer)
        {
            case WorkerSignal.Done:
                return;
            case WorkerSignal.Failed:
                throw Failure();
            default:
                _process.Kill();
                throw new GeneratorLostException($"it answered {answer}, which means nothing, and was killed");
        }
    }

    private Exception Failure()
    {
        try
        {
            return _region.ReadMessage(WorkerFailure.Read);
        }
        catch (InvalidDataException error)
        {
            _process.Kill();
            return new GeneratorLostException($"it failed and did not say why ({error.Message})");
        }
    }

    private GeneratorLostException Lost() => new(_process.DescribeEnd());
}
