using System.Numerics.Tensors;

namespace AInimEngine.Mapping.Choreography;

/// <summary>
/// A place for every kind of section: its home and three points around it, which are passed in a ring that begins at the
/// home. The label chooses whose ring the paths follow.
/// </summary>
internal sealed class SectionPlaces : IWaypoints
{
    /// <summary>Kinds of section that are told apart.</summary>
    public const int Labels = LatentPool.Count / Ring;

    private const int Ring = 4;
    private readonly float[] _points;
    private readonly int _size;

    /// <summary>Lays the places out.</summary>
    /// <param name="pool">Points of the prior.</param>
    /// <param name="homes">Homes of the first kinds, relative to the mean; the pool gives the others.</param>
    /// <param name="roam">Share of the way from the home to other points, 0..1.</param>
    public SectionPlaces(LatentPool pool, float[][] homes, float roam)
    {
        _size = pool.Layout.Size;
        _points = new float[LatentPool.Count * _size];
        for (int label = 0; label < Labels; label++)
        {
            ReadOnlySpan<float> home = homes.Length > 0 ? homes[label % homes.Length] : pool.Point(label * Ring);
            for (int i = 0; i < Ring; i++)
            {
                Span<float> place = PointSpan(label * Ring + i);
                home.CopyTo(place);
                if (i == 0)
                    continue;
                ReadOnlySpan<float> other = pool.Point(label * Ring + i);
                TensorPrimitives.Lerp(home, other, roam, place);
                for (int start = 0; start < _size; start += pool.Layout.Width)
                    Radii.Lead(place.Slice(start, pool.Layout.Width), home.Slice(start, pool.Layout.Width), other.Slice(start, pool.Layout.Width), roam);
            }
        }
    }

    /// <summary>The kind of section that plays, 0 to <see cref="Labels"/> - 1. Paths must be reset after a change.</summary>
    public int Label { get; set; }

    public int Waypoint(int path, long index) => Label * Ring + (int)(index & (Ring - 1));

    public ReadOnlySpan<float> Point(int index) => PointSpan(index);

    private Span<float> PointSpan(int index) => _points.AsSpan(index * _size, _size);
}
