using AInimEngine.Analysis.Spectrum;
using AInimEngine.Core.State;

namespace AInimEngine.Analysis.Features;

/// <summary>Energy and peak of each frame's own samples, for the frames whose samples have come but whose spectra have not.</summary>
/// <param name="frames">How many frames can wait.</param>
internal sealed class FrameMeter(int frames) : IStateful
{
    private readonly double[] _squares = new double[frames];
    private readonly float[] _peaks = new float[frames];

    /// <summary>Adds interleaved samples of a frame.</summary>
    internal void Add(long frame, ReadOnlySpan<float> stereo)
    {
        int slot = (int)(frame % _squares.Length);
        _squares[slot] += VectorMath.Dot(stereo, stereo);
        float peak = _peaks[slot];
        foreach (float x in stereo)
            peak = Math.Max(peak, Math.Abs(x));
        _peaks[slot] = peak;
    }

    /// <summary>Reads a frame and frees its place.</summary>
    internal void Take(long frame, long values, out float rms, out float peak)
    {
        int slot = (int)(frame % _squares.Length);
        rms = (float)Math.Sqrt(_squares[slot] / values);
        peak = _peaks[slot];
        _squares[slot] = 0;
        _peaks[slot] = 0;
    }

    /// <inheritdoc/>
    public void Reset()
    {
        Array.Clear(_squares);
        Array.Clear(_peaks);
    }

    /// <inheritdoc/>
    public void Save(StateWriter writer)
    {
        writer.Section("analysis.meter", 1);
        writer.Write<double>(_squares);
        writer.Write<float>(_peaks);
    }

    /// <inheritdoc/>
    public void Restore(StateReader reader)
    {
        reader.Section("analysis.meter", 1);
        reader.Read<double>(_squares);
        reader.Read<float>(_peaks);
    }
}
