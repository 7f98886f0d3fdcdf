using System.Numerics.Tensors;
using AInimEngine.Core.Imaging;
using AInimEngine.Neural.Field;

namespace AInimEngine.Neural.Decoding;

/// <summary>
/// Resamples a decoded picture to a size that the network does not have: bilinear upwards, a tent over the covered pixels
/// downwards, rows and columns one after the other. Allocates only when made.
/// </summary>
internal sealed unsafe class PictureResampler : IDisposable
{
    private readonly Taps _across, _down;
    private readonly float[] _wide;
    private readonly Image _planes;

    public PictureResampler(int sourceWidth, int sourceHeight, int width, int height)
    {
        Source = new Image(sourceWidth, sourceHeight, PixelFormat.PlanarRgbF32);
        _planes = new Image(width, height, PixelFormat.PlanarRgbF32);
        _across = new Taps(sourceWidth, width);
        _down = new Taps(sourceHeight, height);
        _wide = new float[sourceHeight * width];
    }

    /// <summary>What is resampled; the decoder writes here.</summary>
    public Image Source { get; }

    /// <summary>Whether a picture has the size that this one writes.</summary>
    public bool Fits(Image output) => output.Width == _planes.Width && output.Height == _planes.Height;

    /// <summary>Writes <see cref="Source"/> into a picture of any format.</summary>
    public void Write(Image output)
    {
        int width = _planes.Width, height = _planes.Height, sourceWidth = Source.Width, sourceHeight = Source.Height;
        for (int plane = 0; plane < 3; plane++)
        {
            ReadOnlySpan<float> source = Source.As<float>().Slice(plane * sourceWidth * sourceHeight, sourceWidth * sourceHeight);
            Span<float> target = _planes.As<float>().Slice(plane * width * height, width * height);
            for (int y = 0; y < sourceHeight; y++)
                for (int x = 0; x < width; x++)
                    _wide[y * width + x] = TensorPrimitives.Dot(source.Slice(y * sourceWidth + _across.First[x], _across.Count), _across.Weights(x));
            for (int y = 0; y < height; y++)
            {
                Span<float> row = target.Slice(y * width, width);
                row.Clear();
                for (int tap = 0; tap < _down.Count; tap++)
                    TensorPrimitives.MultiplyAdd(_wide.AsSpan((_down.First[y] + tap) * width, width), _down.Weights(y)[tap], row, row);
            }
        }
        float* planes = (float*)_planes.Pointer;
        switch (output.Format)
        {
            case PixelFormat.PlanarRgbF32:
                output.CopyFrom(_planes);
                break;
            case PixelFormat.Rgba16F:
                FieldPixels.ToRgba16F(planes, width * height, (ulong*)output.Pointer);
                break;
            default:
                FieldPixels.ToRgba8(planes, width * height, (uint*)output.Pointer);
                break;
        }
    }

    public void Dispose()
    {
        Source.Dispose();
        _planes.Dispose();
    }

    // Weights of the samples under each target pixel; edges repeat by leaving their share to the others.
    private sealed class Taps
    {
        private readonly float[] _weights;

        public Taps(int from, int to)
        {
            double scale = (double)from / to, radius = Math.Max(1, scale);
            Count = Math.Min(from, (int)Math.Ceiling(2 * radius) + 1);
            First = new int[to];
            _weights = new float[to * Count];
            for (int i = 0; i < to; i++)
            {
                double centre = (i + 0.5) * scale - 0.5;
                First[i] = Math.Clamp((int)Math.Ceiling(centre - radius), 0, from - Count);
                double sum = 0;
                Span<float> weights = _weights.AsSpan(i * Count, Count);
                for (int tap = 0; tap < Count; tap++)
                {
                    double weight = Math.Max(0, 1 - Math.Abs(First[i] + tap - centre) / radius);
                    weights[tap] = (float)weight;
                    sum += weight;
                }
                TensorPrimitives.Multiply(weights, (float)(1 / sum), weights);
            }
        }

        public int Count { get; }

        public int[] First { get; }

        public ReadOnlySpan<float> Weights(int index) => _weights.AsSpan(index * Count, Count);
    }
}
