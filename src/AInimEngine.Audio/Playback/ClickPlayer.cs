using System.Collections.Concurrent;
using System.Diagnostics;
using AInimEngine.Audio.Interop;
using AInimEngine.Core.Errors;

namespace AInimEngine.Audio.Playback;

/// <summary>
/// Plays a <see cref="ClickTrack"/> on the default output and says when each click is due there: by libpulse's timing where
/// that plays, else by when SDL asked for it. Has a thread of its own; any thread may ask.
/// </summary>
public sealed class ClickPlayer : IDisposable
{
    // What lies ahead of the output, and what is written at a time: a late thread is no gap, a click's time is no guess.
    private const int AheadFrames = SoundFormat.SampleRate / 10, BlockFrames = 256;

    // When the first sample of all was due, as each block's latency says it, over a third of a second: one alone is wrong by up to 40 ms on
    // a busy machine, since the library foresees it from old answers of the server.
    private const int Origins = 64;

    private readonly ConcurrentQueue<long> _due = new();
    private readonly ClickTrack _track;
    private readonly PulseStreamHandle? _pulse;
    private readonly FilePlayback? _playback;
    private readonly ConcurrentQueue<long> _written = new();
    private readonly Thread _thread;
    private volatile bool _stop;
    private string? _failure;

    private ClickPlayer(ulong seed)
    {
        _track = new ClickTrack(seed);
        bool pulse = SdlAudio.Use(() => Sdl.Driver) is "pulseaudio" or "pipewire";
        _pulse = pulse ? PulseStreamHandle.Open(AheadFrames) : null;
        if (_pulse is null)
        {
            _playback = FilePlayback.Start(ReadTrack, new FilePlaybackSettings());
            if (_playback.Status.State != SoundState.Playing)
            {
                SoundStatus status = _playback.Status;
                _playback.Dispose();
                throw new AInimException(ExitCode.Environment, $"cannot play clicks: {status.InWords(Stopwatch.GetTimestamp())}. Connect an output ('ainim devices' lists them).");
            }
        }
        _thread = new Thread(_pulse is null ? Follow : Write) { Name = "clicks", IsBackground = true, Priority = ThreadPriority.AboveNormal };
        _thread.Start();
    }

    /// <summary>Whose times they are: "libpulse" or "SDL".</summary>
    public string Timing => _pulse is null ? "SDL" : "libpulse";

    /// <summary>Why there are no clicks any more, or null.</summary>
    public string? Failure => Volatile.Read(ref _failure) ?? (_playback is { Status.State: not SoundState.Playing } silent ? silent.Status.InWords(Stopwatch.GetTimestamp()) : null);

    /// <summary>Starts to play; the first click comes after four seconds.</summary>
    /// <param name="seed">Of <see cref="ClickTrack"/>.</param>
    /// <exception cref="AInimException">There is no output.</exception>
    public static ClickPlayer Start(ulong seed) => new(seed);

    /// <summary>Takes the time of the next click that was played and not told, some of them before they sound.</summary>
    /// <param name="due">Monotonic time of its first sample at the output, in ticks of <see cref="Stopwatch.Frequency"/>.</param>
    public bool TryRead(out long due) => _due.TryDequeue(out due);

    /// <summary>Stops the sound.</summary>
    public void Dispose()
    {
        _stop = true;
        _thread.Join();
        _pulse?.Dispose();
        _playback?.Dispose();
    }

    private void Write()
    {
        float[] block = new float[BlockFrames * SoundFormat.Channels];
        long[] origins = new long[Origins], sorted = new long[Origins];
        long told = 0;
        while (!_stop)
        {
            long start = _track.Position, click = _track.Next;
            _track.Read(block);
            long asked = Stopwatch.GetTimestamp();
            if (_pulse!.TryGetLatency(out ulong microseconds))
                origins[told++ % Origins] = asked + (long)(microseconds * (Stopwatch.Frequency / 1e6)) - SoundFormat.Ticks(start);
            if (click < _track.Position && told >= Origins)
                _due.Enqueue(Median(origins, sorted) + SoundFormat.Ticks(click));
            if (_pulse!.TryWrite(block))
                continue;
            Volatile.Write(ref _failure, "the sound server is gone");
            return;
        }
    }

    private static long Median(long[] values, long[] sorted)
    {
        values.CopyTo(sorted, 0);
        Array.Sort(sorted);
        return sorted[sorted.Length / 2];
    }

    private int ReadTrack(Span<float> interleaved)
    {
        long click = _track.Next;
        int count = _track.Read(interleaved);
        if (click < _track.Position)
            _written.Enqueue(click);
        return count;
    }

    private void Follow()
    {
        float[] block = new float[BlockFrames * SoundFormat.Channels];
        while (!_stop)
        {
            if (!_playback!.Wait(TimeSpan.FromMilliseconds(100)))
                continue;
            while (_playback.Read(block) > 0)
            {
            }
            while (_written.TryPeek(out long click) && click < _playback.Position && _written.TryDequeue(out _))
                _due.Enqueue(_playback.Time - SoundFormat.Ticks(_playback.Position - click));
        }
    }
}
