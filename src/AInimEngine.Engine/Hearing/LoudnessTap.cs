using AInimEngine.Analysis.Loudness;
using AInimEngine.Analysis.Tracks;
using AInimEngine.Core.Frames;
using AInimEngine.Media;

namespace AInimEngine.Engine.Hearing;

/// <summary>Measures loudness on the file's own channels while the file is decoded.</summary>
internal sealed class LoudnessTap : ISoundTap
{
    private const int LeastRate = 4000, MostRate = 768_000, MostChannels = 8;
    private LoudnessMeter? _meter;
    private int _rate, _channels;
    private long _position;

    /// <summary>Rate and channels are such that the meter takes them; otherwise the mix-down must do.</summary>
    public bool Measures => _meter is not null;

    public void Start(MediaStream stream)
    {
        (_rate, _channels, _position) = (stream.SampleRate, stream.Channels, 0);
        bool fits = _rate is >= LeastRate and <= MostRate && _channels is >= 1 and <= MostChannels;
        _meter = fits ? new LoudnessMeter(_rate, _channels, stream.ChannelLayout) : null;
    }

    public void Hear(ReadOnlySpan<float> interleaved)
    {
        _meter?.Write(new AudioBlock(interleaved, _rate, _channels, _position));
        _position += interleaved.Length / _channels;
    }

    /// <summary>What was measured; only where <see cref="Measures"/>, and once the sound has ended.</summary>
    public LoudnessReport Report() => _meter!.Report();
}
