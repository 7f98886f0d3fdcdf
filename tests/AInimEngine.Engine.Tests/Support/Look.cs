namespace AInimEngine.Engine.Tests.Support;

/// <summary>
/// What an eye would say of pictures, in numbers 0..255: measured on means of 4x4 pixels, so that film grain is neither
/// structure nor movement.
/// </summary>
internal sealed class Look
{
    private const int Block = 4;
    private readonly double[] _luma;

    /// <summary>Looks at one RGBA picture.</summary>
    internal Look(ReadOnlySpan<byte> rgba, int width, int height)
    {
        int across = width / Block, down = height / Block;
        _luma = new double[across * down];
        for (int y = 0; y < down * Block; y++)
            for (int x = 0; x < across * Block; x++)
            {
                ReadOnlySpan<byte> pixel = rgba.Slice((y * width + x) * 4, 3);
                _luma[y / Block * across + x / Block] += (0.2126 * pixel[0] + 0.7152 * pixel[1] + 0.0722 * pixel[2]) / (Block * Block);
            }
        Mean = _luma.Average();
        Deviation = Math.Sqrt(_luma.Average(value => (value - Mean) * (value - Mean)));
    }

    /// <summary>Mean luminance.</summary>
    internal double Mean { get; }

    /// <summary>Standard deviation of luminance over the picture: 0 is flat.</summary>
    internal double Deviation { get; }

    /// <summary>Mean absolute difference from another picture of the same size.</summary>
    internal double DifferenceFrom(Look other) => _luma.Zip(other._luma, (a, b) => Math.Abs(a - b)).Average();
}
