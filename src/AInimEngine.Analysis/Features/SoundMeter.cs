using AInimEngine.Analysis.Loudness;
using AInimEngine.Analysis.Spectrum;
using AInimEngine.Core.State;

namespace AInimEngine.Analysis.Features;

/// <summary>The features that need no spectrum: level, loudness, zero crossings, stereo image, silence.</summary>
internal sealed class SoundMeter : IStateful
{
    /// <summary>Mean square, -120 dBFS, below which no place between the speakers is told.</summary>
    private const double Nothing = 1e-12;

    private readonly KWeighting _weighting = new();
    private readonly ProgrammeLoudness _loudness = new();
    private readonly SilenceGate _gate = new();
    private double _square, _weighted, _left, _right, _product;
    private float _peak, _lastLeft, _lastRight;
    private int _crossings;

    /// <summary>Hears the next samples of the hop, interleaved and finite.</summary>
    internal void Hear(ReadOnlySpan<float> stereo)
    {
        _square += VectorMath.Dot(stereo, stereo);
        _weighted += _weighting.Energy(stereo);
        double left = 0, right = 0, product = 0;
        (float peak, float lastLeft, float lastRight) = (_peak, _lastLeft, _lastRight);
        int crossings = 0;
        for (int i = 0; i + 1 < stereo.Length; i += 2)
        {
            float l = stereo[i], r = stereo[i + 1];
            peak = Math.Max(peak, Math.Max(Math.Abs(l), Math.Abs(r)));
            left += l * l;
            right += r * r;
            product += l * r;
            crossings += (l < 0 ^ lastLeft < 0 ? 1 : 0) + (r < 0 ^ lastRight < 0 ? 1 : 0);
            (lastLeft, lastRight) = (l, r);
        }
        (_peak, _lastLeft, _lastRight) = (peak, lastLeft, lastRight);
        _left += left;
        _right += right;
        _product += product;
        _crossings += crossings;
    }

    /// <summary>The hop is over: writes its floats of a half of the layout.</summary>
    internal void End(Span<float> features)
    {
        float rms = (float)Math.Sqrt(_square / (Hop.Size * Hop.Channels));
        features[Slot.Rms] = rms;
        features[Slot.Peak] = _peak;
        _loudness.Add(_weighted, out features[Slot.Loudness], out features[Slot.LoudnessShort], out features[Slot.LoudnessIntegrated]);
        bool audible = _gate.Hear(rms);
        features[Slot.Audible] = audible ? 1 : 0;
        features[Slot.Silence] = audible ? 0 : 1;
        features[Slot.Crossings] = (float)_crossings * Hop.SampleRate / (Hop.Size * Hop.Channels);
        features[Slot.Width] = features[Slot.Balance] = 0;
        if (_left + _right > Nothing * Hop.Size)
        {
            double middle = Math.Sqrt(Math.Max(0, _left + _right + 2 * _product)), side = Math.Sqrt(Math.Max(0, _left + _right - 2 * _product));
            features[Slot.Width] = (float)(side / (middle + side));
            double left = Math.Sqrt(_left), right = Math.Sqrt(_right);
            features[Slot.Balance] = (float)((right - left) / (right + left));
        }
        _square = _weighted = _left = _right = _product = 0;
        _peak = 0;
        _crossings = 0;
    }

    /// <inheritdoc/>
    public void Reset()
    {
        _square = _weighted = _left = _right = _product = 0;
        _peak = _lastLeft = _lastRight = 0;
        _crossings = 0;
        _weighting.Reset();
        _loudness.Reset();
        _gate.Reset();
    }

    /// <inheritdoc/>
    public void Save(StateWriter writer)
    {
        writer.Section("analysis.sound", 1);
        writer.Write(_square);
        writer.Write(_weighted);
        writer.Write(_left);
        writer.Write(_right);
        writer.Write(_product);
        writer.Write(_peak);
        writer.Write(_lastLeft);
        writer.Write(_lastRight);
        writer.Write(_crossings);
        _weighting.Save(writer);
        _loudness.Save(writer);
        _gate.Save(writer);
    }

    /// <inheritdoc/>
    public void Restore(StateReader reader)
    {
        reader.Section("analysis.sound", 1);
        _square = reader.Read<double>();
        _weighted = reader.Read<double>();
        _left = reader.Read<double>();
        _right = reader.Read<double>();
        _product = reader.Read<double>();
        _peak = reader.Read<float>();
        _lastLeft = reader.Read<float>();
        _lastRight = reader.Read<float>();
        _crossings = reader.Read<int>();
        _weighting.Restore(reader);
        _loudness.Restore(reader);
        _gate.Restore(reader);
    }
}
