using AInimEngine.Core.Frames;

namespace AInimEngine.Mapping.Signals;

/// <summary>Where a modulation's 0..1 comes from: a float of the feature frame, an oscillator, or smooth noise.</summary>
internal readonly struct Signal
{
    private enum Kind
    {
        Feature,
        Lfo,
        Noise,
    }

    private readonly Kind _kind;
    private readonly int _offset;
    private readonly float _min, _scale;
    private readonly double _rate;
    private readonly ulong _seed, _stream;

    private Signal(Kind kind, int offset, float min, float scale, double rate, ulong seed, ulong stream)
    {
        _kind = kind;
        _offset = offset;
        _min = min;
        _scale = scale;
        _rate = rate;
        _seed = seed;
        _stream = stream;
    }

    /// <summary>Finds the source in the layout, or says why there is none.</summary>
    public static string? Find(FrameLayout features, string source, ulong seed, ulong stream, out Signal signal)
    {
        signal = default;
        if (SourceName.Check(features, source) is { } reason)
            return reason;
        if (SourceName.IsGenerated(source, out bool noise, out double rate))
        {
            signal = new Signal(noise ? Kind.Noise : Kind.Lfo, 0, 0, 1, rate, seed, stream);
            return null;
        }
        SourceName.Find(features, source, out int offset, out FrameField? field);
        float span = field!.Max - field.Min;
        signal = new Signal(Kind.Feature, offset, field.Min, span > 0 ? 1 / span : 0, 0, seed, stream);
        return null;
    }

    /// <summary>The level now, 0..1; 0 for a feature that is not a number.</summary>
    public float Read(ReadOnlySpan<float> features, double seconds)
    {
        switch (_kind)
        {
            case Kind.Feature:
                float level = (features[_offset] - _min) * _scale;
                return level > 0 ? MathF.Min(level, 1) : 0;
            case Kind.Lfo:
                return (float)(0.5 - 0.5 * Math.Cos(Math.Tau * (seconds * _rate % 1)));
            default:
                return SmoothNoise.At(_seed, _stream, seconds * _rate);
        }
    }
}
