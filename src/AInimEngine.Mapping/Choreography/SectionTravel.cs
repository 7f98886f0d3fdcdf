using System.Numerics.Tensors;
using AInimEngine.Core.State;

namespace AInimEngine.Mapping.Choreography;

/// <summary>
/// The way from wherever the latents are to the place of a section that begins: a smooth blend, measured in beats, that
/// another change may break off at any moment without a jump.
/// </summary>
/// <param name="width">Floats per layer.</param>
/// <param name="size">Floats of the latent.</param>
/// <param name="beats">Length of the way.</param>
internal sealed class SectionTravel(int width, int size, double beats) : IStateful
{
    private const double SecondsPerBeat = 0.5, MinTempo = 30;
    private readonly float[] _from = new float[size];
    private double _progress = 1, _duration = 1;
    private bool _begun;

    /// <summary>Whether any section was seen yet.</summary>
    public bool HasBegun => _begun;

    /// <summary>The first section: nothing to travel from.</summary>
    public void Arrive()
    {
        _begun = true;
        _progress = 1;
    }

    /// <summary>Leaves from a point.</summary>
    /// <param name="from">Relative to the mean, [Layers, Width].</param>
    /// <param name="tempo">Beats a minute; 0 where no pulse is trusted.</param>
    public void Depart(ReadOnlySpan<float> from, double tempo)
    {
        from.CopyTo(_from);
        _progress = 0;
        _duration = beats * (tempo >= MinTempo ? 60 / tempo : SecondsPerBeat);
    }

    /// <summary>Goes on by a frame.</summary>
    public void Advance(double seconds) => _progress = Math.Min(1, _progress + seconds / _duration);

    /// <summary>Blends a part of the latents, which lie where the new section wants them, back towards where the way began.</summary>
    /// <param name="part">Some whole layers, in place.</param>
    /// <param name="offset">Where they lie in the latent.</param>
    public void Blend(Span<float> part, int offset)
    {
        if (_progress >= 1)
            return;
        // Smootherstep: at rest at both ends, slope and curvature (Perlin, 2002).
        float blend = (float)(_progress * _progress * _progress * (10 + _progress * (6 * _progress - 15)));
        for (int start = 0; start < part.Length; start += width)
        {
            Span<float> row = part.Slice(start, width);
            ReadOnlySpan<float> from = _from.AsSpan(offset + start, width);
            float first = TensorPrimitives.Norm(from), second = TensorPrimitives.Norm<float>(row);
            TensorPrimitives.Lerp(from, row, blend, row);
            Radii.Pull(row, first + (second - first) * blend);
        }
    }

    public void Reset()
    {
        _begun = false;
        _progress = 1;
        _duration = 1;
        Array.Clear(_from);
    }

    public void Save(StateWriter writer)
    {
        writer.Write(_begun);
        writer.Write(_progress);
        writer.Write(_duration);
        writer.Write<float>(_from);
    }

    public void Restore(StateReader reader)
    {
        _begun = reader.Read<bool>();
        _progress = reader.Read<double>();
        _duration = reader.Read<double>();
        reader.Read<float>(_from);
    }
}
