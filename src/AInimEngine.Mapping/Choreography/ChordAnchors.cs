using System.Numerics.Tensors;
using AInimEngine.Core.Imaging;

namespace AInimEngine.Mapping.Choreography;

/// <summary>
/// Twelve styles, one a pitch class, that the sounding chord mixes: the latents of some groups are drawn towards the mix
/// by an image change, and arrive there when that is far larger than the distance. Allocates nothing after it was made.
/// </summary>
internal sealed class ChordAnchors
{
    public const int PitchClasses = 12;

    // Below this level of the summed chroma the chord lets go instead of pointing at noise.
    private const double Floor = 0.15;

    private readonly LatentPool _pool;
    private readonly LatentGroup[] _groups;
    private readonly float[][] _points;
    private readonly float[] _mix;

    /// <summary>Takes the anchors.</summary>
    /// <param name="pool">Points of the prior; every tenth is an anchor where the preset names none.</param>
    /// <param name="named">The preset's, relative to the mean; repeated when fewer than twelve.</param>
    /// <param name="groups">Names of the groups that are drawn; those that the generator lacks are left out.</param>
    public ChordAnchors(LatentPool pool, float[][] named, IReadOnlyList<string> groups)
    {
        _pool = pool;
        _groups = [.. pool.Layout.Groups.Where(group => groups.Contains(group.Name))];
        _points = [.. Enumerable.Range(0, PitchClasses).Select(pitch => named.Length > 0 ? named[pitch % named.Length] : pool.Point(3 + pitch * 10).ToArray())];
        _mix = new float[pool.Layout.Size];
    }

    /// <summary>Draws the latents.</summary>
    /// <param name="chroma">Levels of the pitch classes, squared and smoothed.</param>
    /// <param name="strength">Image change.</param>
    /// <param name="latent">Relative to the mean, [Layers, Width], in place.</param>
    public void Draw(ReadOnlySpan<double> chroma, double strength, Span<float> latent)
    {
        double sum = 0, energy = 0;
        foreach (double level in chroma)
        {
            sum += level;
            energy += level * level;
        }
        if (strength <= 0 || sum <= 1e-9)
            return;
        strength *= Math.Sqrt(energy / (energy + Floor * Floor));
        foreach (LatentGroup group in _groups)
        {
            int width = _pool.Layout.Width, offset = group.FirstLayer * width, length = group.LayerCount * width;
            Span<float> part = latent.Slice(offset, length), pull = _mix.AsSpan(offset, length);
            Mix(chroma, sum, offset, pull);
            TensorPrimitives.Subtract(pull, part, pull);
            double distance = _pool.ImageLength(pull, group);
            TensorPrimitives.MultiplyAdd(pull, (float)(strength / Math.Sqrt(distance * distance + strength * strength)), part, part);
        }
    }

    private void Mix(ReadOnlySpan<double> chroma, double sum, int offset, Span<float> mix)
    {
        int width = _pool.Layout.Width;
        mix.Clear();
        for (int pitch = 0; pitch < PitchClasses; pitch++)
            TensorPrimitives.MultiplyAdd(_points[pitch].AsSpan(offset, mix.Length), (float)(chroma[pitch] / sum), mix, mix);
        for (int start = 0; start < mix.Length; start += width)
        {
            double radius = 0;
            for (int pitch = 0; pitch < PitchClasses; pitch++)
                radius += chroma[pitch] / sum * TensorPrimitives.Norm(_points[pitch].AsSpan(offset + start, width));
            Radii.Pull(mix.Slice(start, width), (float)radius);
        }
    }
}
