using AInimEngine.Core.Errors;
using AInimEngine.Core.Frames;
using AInimEngine.Core.Imaging;

namespace AInimEngine.Neural.Workers;

/// <summary>
/// A generator in a process of its own, with the same pictures bit for bit, so that a crash in native code costs some
/// pictures and not the show. The worker ends with this process, is killed when it hangs, and starts again by
/// <see cref="WorkerSettings"/>. Calls from several threads wait for each other.
/// </summary>
public sealed class WorkerGenerator : IGenerator
{
    /// <summary>A worker that lived so long is not one that crashes at once.</summary>
    private const int PicturesOfALongLife = 100;

    private readonly WorkerSettings _settings;
    private volatile string _description;
    private readonly WorkerHello _hello;
    private readonly int[] _offsets;
    private readonly object _gate = new();
    private readonly CancellationTokenSource _stop = new();
    private FrameLayout? _layout;
    private volatile WorkerLink? _link;
    private Image? _last;
    private Thread? _restarting;
    private int _failures;
    private volatile bool _isDisposed;

    private WorkerGenerator(WorkerSettings settings, string description)
    {
        _settings = settings;
        _description = description;
        WorkerLink link = Renewed() ?? WorkerLink.Start(settings, description, default);
        _link = link;
        _hello = link.Hello;
        _offsets = new int[_hello.Inputs.Count];
    }

    /// <inheritdoc/>
    public string Name => _hello.Name;

    /// <inheritdoc/>
    public LatentLayout Latents => _hello.Latents;

    /// <inheritdoc/>
    public IReadOnlyList<FrameField> Inputs => _hello.Inputs;

    /// <summary>Names the weights that play; "" for a generator that has none.</summary>
    public string ModelHash => _hello.ModelHash;

    /// <summary>In which numbers the first worker decodes; "" where there is no choice.</summary>
    public string Precision => _hello.Precision;

    /// <summary>A worker that is started from now on makes its generator from this; it must be the same one.</summary>
    public void DescribeNext(string description) => _description = description;

    /// <summary>Whether the worker is lost and the last picture stands. Never waits for a picture.</summary>
    public bool IsRestarting => _link is null && !_isDisposed;

    /// <summary>How often a worker was started after the first.</summary>
    public int Restarts { get; private set; }

    /// <summary>How the last worker was lost, or why none starts; null when none was.</summary>
    public string? LossReason { get; private set; }

    /// <summary>The worker's process id; null while there is none. Never waits for a picture.</summary>
    public int? WorkerId => _link?.ProcessId;

    /// <summary>Managed bytes that the worker has allocated for its pictures so far; for checks.</summary>
    public long WorkerAllocatedBytes
    {
        get
        {
            lock (_gate)
                return _link?.AllocatedBytes ?? 0;
        }
    }

    /// <summary>Starts the worker and waits until its generator is ready.</summary>
    /// <param name="settings">How.</param>
    /// <param name="description">What the worker makes its generator from, e.g. of <see cref="GeneratorDescription.ToJson"/>; at most 64 KB.</param>
    /// <exception cref="AInimException">The worker cannot be started, or cannot make the generator, for the reason that it gave.</exception>
    /// <exception cref="GeneratorLostException">It ended or hung before it was ready.</exception>
    public static WorkerGenerator Start(WorkerSettings settings, string description)
    {
        ArgumentOutOfRangeException.ThrowIfZero(settings.Command.Count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(description.Length, 1 << 16);
        return new WorkerGenerator(settings, description);
    }

    /// <inheritdoc/>
    public void DefaultInputs(Span<float> values) => _hello.Defaults.CopyTo(values);

    /// <inheritdoc/>
    /// <exception cref="GeneratorLostException">The worker is lost, and no other was ready in time.</exception>
    public void Sample(ulong seed, Span<float> latent)
    {
        lock (_gate)
        {
            WorkerLink link = Present();
            try
            {
                link.Sample(seed, latent[..Latents.Size]);
            }
            catch (GeneratorLostException loss)
            {
                Lose(loss.Reason);
                throw;
            }
        }
    }

    /// <inheritdoc/>
    /// <exception cref="GeneratorLostException">The worker was lost, by <see cref="WorkerLoss.Fail"/>.</exception>
    public void Decode(ControlFrame frame, ReadOnlySpan<Image> guides, Image output)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            if (!ReferenceEquals(frame.Layout, _layout))
            {
                for (int i = 0; i < _offsets.Length; i++)
                    _offsets[i] = frame.Layout.OffsetOf(Inputs[i].Name);
                _layout = frame.Layout;
            }
            bool keeps = _settings.Loss == WorkerLoss.KeepPicture;
            if (_link is null && keeps)
            {
                ShowLast(output);
                return;
            }
            WorkerLink link = Present();
            try
            {
                link.Decode(frame, _offsets, guides, output);
            }
            catch (GeneratorLostException loss)
            {
                Lose(loss.Reason);
                if (!keeps)
                    throw;
                ShowLast(output);
            }
        }
    }

    /// <summary>Waits until a worker is there.</summary>
    /// <returns>False when there was none after that time.</returns>
    public bool WaitUntilReady(TimeSpan longest)
    {
        lock (_gate)
        {
            long end = Environment.TickCount64 + (long)longest.TotalMilliseconds;
            while (_link is null && !_isDisposed)
            {
                long left = end - Environment.TickCount64;
                if (left <= 0 || !Monitor.Wait(_gate, (int)Math.Min(left, int.MaxValue)))
                    return _link is not null;
            }
            return _link is not null;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Thread? restarting;
        lock (_gate)
        {
            if (_isDisposed)
                return;
            _isDisposed = true;
            restarting = _restarting;
            Monitor.PulseAll(_gate);
        }
        _stop.Cancel();
        restarting?.Join();
        if (_link is { } link && _settings.Pool is { } pool)
            pool.Give(link);
        else
            _link?.Dispose();
        _last?.Dispose();
        _stop.Dispose();
    }

    // The worker that waits in the pool, with this generator; null where none waits, or where it is lost.
    private WorkerLink? Renewed()
    {
        if (_settings.Pool?.Take() is not { } link)
            return null;
        try
        {
            link.Renew(_description);
            return link;
        }
        catch (GeneratorLostException)
        {
            link.Dispose();
            return null;
        }
        catch
        {
            _settings.Pool.Give(link); // the worker is as good as before
            throw;
        }
    }

    // A worker to ask, started here where nothing else starts one.
    private WorkerLink Present()
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        if (_link is null && _settings.Loss == WorkerLoss.KeepPicture)
            WaitUntilReady(_settings.StartDeadline);
        else if (_link is null)
            Adopt(WorkerLink.Start(_settings, _description, _stop.Token));
        return _link ?? throw new GeneratorLostException(LossReason ?? "no worker starts");
    }

    private void Lose(string reason)
    {
        WorkerLink lost = _link!;
        _link = null;
        LossReason = reason;
        _failures = lost.Pictures >= PicturesOfALongLife ? 0 : _failures + 1;
        if (lost.CopyLast() is { } last)
        {
            _last?.Dispose();
            _last = last;
        }
        lost.Dispose();
        if (_settings.Loss != WorkerLoss.KeepPicture)
            return;
        _settings.Warnings?.Warn($"the generator's process is lost: {reason}; the last picture stays while it starts again.");
        _restarting = new Thread(Restart) { IsBackground = true, Name = "generator restart" };
        _restarting.Start();
    }

    private void Restart()
    {
        for (int failures = Failures(); !_stop.Token.WaitHandle.WaitOne(_settings.WaitAfter(failures)); failures = Failures())
        {
            try
            {
                WorkerLink link = WorkerLink.Start(_settings, _description, _stop.Token);
                lock (_gate)
                    Adopt(link);
                return;
            }
            catch (Exception error) when (error is AInimException or GeneratorLostException or InvalidOperationException)
            {
                lock (_gate)
                {
                    _failures++;
                    string reason = error is GeneratorLostException loss ? loss.Reason : error.Message;
                    if (reason != LossReason && !_isDisposed)
                        _settings.Warnings?.Warn($"the generator's process does not start again: {reason}; the last picture stays.");
                    LossReason = reason;
                }
            }
        }
    }

    private int Failures()
    {
        lock (_gate)
            return _failures;
    }

    private void Adopt(WorkerLink link)
    {
        if (_isDisposed || !link.Hello.IsSame(_hello))
        {
            link.Dispose();
            if (!_isDisposed)
                throw new AInimException(ExitCode.Input, $"the generator that started again is not '{Name}' as it was: its files have changed. Start again to use them.");
            return;
        }
        _link = link;
        Restarts++;
        Monitor.PulseAll(_gate);
    }

    // Scaled to the nearest pixel where the size asked for has just changed; black where there was no picture yet.
    private void ShowLast(Image output)
    {
        if (_last is null || _last.Format != output.Format)
            output.Bytes.Clear();
        else if (_last.Width == output.Width && _last.Height == output.Height)
            output.CopyFrom(_last);
        else
            Scale(_last, output);
    }

    private static void Scale(Image source, Image target)
    {
        int planes = target.Format == PixelFormat.PlanarRgbF32 ? 3 : 1, bytes = Image.BytesPerPixel(target.Format) / planes;
        for (int plane = 0; plane < planes; plane++)
            for (int row = 0; row < target.Height; row++)
                for (int column = 0; column < target.Width; column++)
                {
                    int from = (plane * source.Height + row * source.Height / target.Height) * source.Width + column * source.Width / target.Width;
                    int to = (plane * target.Height + row) * target.Width + column;
                    source.Bytes.Slice(from * bytes, bytes).CopyTo(target.Bytes[(to * bytes)..]);
                }
    }
}
