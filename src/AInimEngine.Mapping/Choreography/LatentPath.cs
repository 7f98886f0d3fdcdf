using System.Numerics.Tensors;
using AInimEngine.Core.Imaging;
using AInimEngine.Core.State;

namespace AInimEngine.Mapping.Choreography;

/// <summary>
/// An endless smooth path of one latent group through seeded waypoints, measured in image change: a step of d along it
/// changes the picture by d, wherever it is. Catmull-Rom through the points relative to the prior's mean (Catmull and
/// Rom, 1974), with the radius of every layer led from one waypoint's to the next's, since the straight way between two
/// points of a Gaussian passes through its untypical middle. A pure function of seed and distance; C1.
/// </summary>
internal sealed class LatentPath
{
    private const int Cells = 64;

    private const double TinyLength = 1e-9;
    private const int MaxSegmentsPerStep = 64;

    private readonly LatentPool _pool;
    private readonly IWaypoints _waypoints;
    private readonly LatentGroup _group;
    private readonly int _number, _offset, _size;
    private readonly double[] _lengths = new double[Cells + 1], _slopes = new double[Cells + 1];
    private readonly float[] _scratch, _previous;
    private readonly int[] _points = new int[4];
    private long _segment;
    private double _position;

    /// <summary>Begins at waypoint 0.</summary>
    /// <param name="pool">Measures image change.</param>
    /// <param name="waypoints">Where it leads.</param>
    /// <param name="number">Number of the path.</param>
    /// <param name="group">The layers that it moves.</param>
    public LatentPath(LatentPool pool, IWaypoints waypoints, int number, LatentGroup group)
    {
        _pool = pool;
        _waypoints = waypoints;
        _number = number;
        _group = group;
        _offset = _group.FirstLayer * pool.Layout.Width;
        _size = _group.LayerCount * pool.Layout.Width;
        _scratch = new float[_size];
        _previous = new float[_size];
        Build();
    }

    public void Reset()
    {
        _segment = 0;
        _position = 0;
        Build();
    }

    /// <summary>Goes on (or back) by an image change.</summary>
    public void Advance(double distance)
    {
        _position += distance;
        for (int i = 0; i < MaxSegmentsPerStep; i++)
        {
            if (_position >= Length && Length > TinyLength)
            {
                _position -= Length;
                _segment++;
            }
            else if (_position < 0 && Length > TinyLength)
            {
                _segment--;
                Build();
                _position += Length;
                continue;
            }
            else
            {
                break;
            }
            Build();
        }
        // Only a prior that does not spread, or a step over 64 segments, comes here out of range.
        _position = Math.Clamp(_position, 0, Length);
    }

    /// <summary>Writes the group's latents relative to the prior's mean, [LayerCount, Width].</summary>
    public void Evaluate(Span<float> destination) => Evaluate(Parameter(_position), destination);

    public void Save(StateWriter writer)
    {
        writer.Write(_segment);
        writer.Write(_position);
    }

    public void Restore(StateReader reader)
    {
        _segment = reader.Read<long>();
        _position = reader.Read<double>();
        Build();
    }

    private double Length => _lengths[Cells];

    /// <summary>Measures the segment: length up to every node, and how the curve's own parameter runs along it.</summary>
    private void Build()
    {
        for (int i = 0; i < 4; i++)
            _points[i] = _waypoints.Waypoint(_number, _segment - 1 + i);

        // One node beyond either end, for central differences there.
        Span<double> chords = stackalloc double[Cells + 2];
        Evaluate(-1.0 / Cells, _previous);
        for (int i = 0; i <= Cells + 1; i++)
        {
            Evaluate((double)i / Cells, _scratch);
            TensorPrimitives.Subtract(_scratch, _previous, _previous);
            chords[i] = _pool.ImageLength(_previous, _group);
            _scratch.CopyTo(_previous.AsSpan());
        }
        _lengths[0] = 0;
        for (int i = 1; i <= Cells; i++)
            _lengths[i] = _lengths[i - 1] + chords[i];
        for (int i = 0; i <= Cells; i++)
            _slopes[i] = 2.0 / Cells / Math.Max(chords[i] + chords[i + 1], TinyLength);
    }

    /// <summary>The curve's parameter, 0..1, at a length from the segment's start: cubic Hermite between the nodes.</summary>
    private double Parameter(double position)
    {
        int cell = Array.BinarySearch(_lengths, position);
        cell = Math.Clamp(cell < 0 ? ~cell - 1 : cell, 0, Cells - 1);
        double width = _lengths[cell + 1] - _lengths[cell];
        double start = (double)cell / Cells, step = 1.0 / Cells;
        if (width <= TinyLength)
            return start;
        double t = Math.Clamp((position - _lengths[cell]) / width, 0, 1);
        // Slopes above three times the mean could overshoot (Fritsch and Carlson, 1980).
        double most = 3 * step / width;
        double first = Math.Min(_slopes[cell], most) * width, second = Math.Min(_slopes[cell + 1], most) * width;
        return start + t * (first + t * (3 * step - 2 * first - second + t * (first + second - 2 * step)));
    }

    private void Evaluate(double u, Span<float> destination)
    {
        float w0 = (float)(u * (-0.5 + u * (1 - 0.5 * u)));
        float w1 = (float)(1 + u * u * (-2.5 + 1.5 * u));
        float w2 = (float)(u * (0.5 + u * (2 - 1.5 * u)));
        float w3 = (float)(u * u * (-0.5 + 0.5 * u));
        ReadOnlySpan<float> from = Waypoint(1), to = Waypoint(2);
        TensorPrimitives.Multiply(Waypoint(0), w0, destination);
        TensorPrimitives.MultiplyAdd(from, w1, destination, destination);
        TensorPrimitives.MultiplyAdd(to, w2, destination, destination);
        TensorPrimitives.MultiplyAdd(Waypoint(3), w3, destination, destination);

        float blend = (float)(u * u * (3 - 2 * u));
        int width = _pool.Layout.Width;
        for (int layer = 0; layer < _group.LayerCount; layer++)
        {
            Span<float> row = destination.Slice(layer * width, width);
            Radii.Lead(row, from.Slice(layer * width, width), to.Slice(layer * width, width), blend);
        }
    }

    private ReadOnlySpan<float> Waypoint(int index) => _waypoints.Point(_points[index]).Slice(_offset, _size);
}
