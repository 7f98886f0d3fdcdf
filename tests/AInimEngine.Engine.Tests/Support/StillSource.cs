using AInimEngine.Audio;

namespace AInimEngine.Engine.Tests.Support;

/// <summary>A source that gives nothing: sound is handed on by the test, which says when it is.</summary>
internal sealed class StillSource : ISoundSource
{
    public SoundStatus Status => throw new NotSupportedException();

    public long Position => 0;

    public long Lost => 0;

    public long Time { get; set; }

    public bool Ended => true;

    public bool Wait(TimeSpan timeout) => false;

    public int Read(Span<float> interleaved) => 0;

    public void Dispose()
    {
    }
}
