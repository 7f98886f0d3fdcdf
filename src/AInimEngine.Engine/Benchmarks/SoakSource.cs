using AInimEngine.Audio;

namespace AInimEngine.Engine.Benchmarks;

/// <summary>Sound that can be taken away: while it is, silence comes in its place, as from an input that is gone.</summary>
/// <param name="inner">What plays; the caller's.</param>
public sealed class SoakSource(ISoundSource inner) : ISoundSource
{
    private volatile bool _away;

    /// <summary>It is gone. Any thread.</summary>
    public bool IsAway
    {
        get => _away;
        set => _away = value;
    }

    /// <inheritdoc/>
    public SoundStatus Status => _away ? inner.Status with { State = SoundState.Lost, Problem = "it was taken away" } : inner.Status;

    /// <inheritdoc/>
    public long Position => inner.Position;

    /// <inheritdoc/>
    public long Lost => inner.Lost;

    /// <inheritdoc/>
    public long Time => inner.Time;

    /// <inheritdoc/>
    public bool Ended => inner.Ended;

    /// <inheritdoc/>
    public bool Wait(TimeSpan timeout) => inner.Wait(timeout);

    /// <inheritdoc/>
    public int Read(Span<float> interleaved)
    {
        int count = inner.Read(interleaved);
        if (_away)
            interleaved[..(count * SoundFormat.Channels)].Clear();
        return count;
    }

    /// <inheritdoc/>
    public void Dispose() => inner.Dispose();
}
