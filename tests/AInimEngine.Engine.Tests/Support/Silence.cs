using System.Diagnostics;
using AInimEngine.Audio;

namespace AInimEngine.Engine.Tests.Support;

/// <summary>A sound source that never hears anything and never ends.</summary>
internal sealed class Silence : ISoundSource
{
    private readonly ManualResetEventSlim _never = new();

    public SoundStatus Status { get; } = new(SoundState.Listening, "nothing");

    public long Position => 0;

    public long Lost => 0;

    public long Time => Stopwatch.GetTimestamp();

    public bool Ended => false;

    public bool Wait(TimeSpan timeout)
    {
        _never.Wait(timeout);
        return false;
    }

    public int Read(Span<float> interleaved) => 0;

    public void Dispose() => _never.Dispose();
}
