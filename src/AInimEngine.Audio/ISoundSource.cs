namespace AInimEngine.Audio;

/// <summary>
/// Sound that comes by itself, at 48 kHz in stereo: a device, or a file that is being played. One thread waits and reads;
/// everything else may be looked at from any thread.
/// </summary>
public interface ISoundSource : IDisposable
{
    /// <summary>Where the sound comes from now, or what is wrong.</summary>
    SoundStatus Status { get; }

    /// <summary>Samples per channel that were handed out so far.</summary>
    long Position { get; }

    /// <summary>Samples per channel that the reader missed because it was late by more than two seconds.</summary>
    long Lost { get; }

    /// <summary>Monotonic time (ticks of <see cref="System.Diagnostics.Stopwatch.Frequency"/>) at which the last sample that was handed out came, or sounded.</summary>
    long Time { get; }

    /// <summary>Nothing will come any more: the file is over. Never true of a device.</summary>
    bool Ended { get; }

    /// <summary>Sleeps until there is something to read.</summary>
    /// <param name="timeout">At most so long.</param>
    /// <returns>False after the timeout, or when nothing will come any more.</returns>
    bool Wait(TimeSpan timeout);

    /// <summary>Takes what has come, never waits, allocates nothing.</summary>
    /// <param name="interleaved">Left, right, ...; of even length.</param>
    /// <returns>Samples per channel; 0 if nothing has come.</returns>
    int Read(Span<float> interleaved);
}
