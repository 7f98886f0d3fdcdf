using System.Buffers.Binary;
using AInimEngine.Media.Pictures;

namespace AInimEngine.Training.Data.Resizing;

/// <summary>
/// Takes a picture row by row and keeps it in linear light, averaged over boxes of whole pixels: of a photograph of 50
/// million pixels only what the final filter needs is ever held. What does not fill a box at the edges is left out evenly.
/// </summary>
internal sealed class RowReducer
{
    private readonly PictureInfo _info;
    private readonly ColorProfile _profile;
    private readonly float[][] _curves = new float[3][];
    private readonly int _factor, _left, _top, _width, _height;
    private readonly float _backdrop;
    private readonly float[] _sums;
    private readonly float[] _planes;

    /// <summary>Prepares for a picture.</summary>
    /// <param name="info">Its head.</param>
    /// <param name="profile">What its values mean.</param>
    /// <param name="resolution">The side that is wanted in the end; at least twice that is kept where there is so much.</param>
    /// <param name="backdrop">What lies behind transparent pixels.</param>
    public RowReducer(PictureInfo info, ColorProfile profile, int resolution, Backdrop backdrop)
    {
        _info = info;
        _profile = profile;
        _factor = Math.Max(1, Math.Min(info.Width, info.Height) / (2 * resolution));
        (_width, _height) = (info.Width / _factor, info.Height / _factor);
        (_left, _top) = (info.Width % _factor / 2, info.Height % _factor / 2);
        _backdrop = backdrop == Backdrop.White ? 1 : 0;
        _sums = new float[3 * _width];
        _planes = new float[3 * _width * _height];
        for (int c = 0; c < 3; c++)
            _curves[c] = CurveCache.Of(profile, c, info.IsDeep);
    }

    /// <summary>Whether a pixel let the backdrop through.</summary>
    public bool IsTransparent { get; private set; }

    /// <summary>Takes the next row, RGBA.</summary>
    public void Add(int y, ReadOnlySpan<byte> row)
    {
        int box = (y - _top) / _factor, within = y - _top - box * _factor;
        if (y < _top || box >= _height)
            return;
        if (within == 0)
            Array.Clear(_sums);
        if (_info.HasAlpha)
            Composed(row);
        else if (_info.IsDeep)
            Deep(row);
        else
            Plain(row);
        if (within == _factor - 1)
            Keep(box);
    }

    /// <summary>The whole picture, upright.</summary>
    public LinearPicture Finish() => new LinearPicture(_width, _height, _planes).Upright(_info.Orientation);

    private void Plain(ReadOnlySpan<byte> row)
    {
        float[] reds = _curves[0], greens = _curves[1], blues = _curves[2];
        int at = _left * 4;
        for (int x = 0; x < _width; x++)
        {
            float r = 0, g = 0, b = 0;
            for (int k = 0; k < _factor; k++, at += 4)
            {
                r += reds[row[at]];
                g += greens[row[at + 1]];
                b += blues[row[at + 2]];
            }
            _sums[x] += r;
            _sums[_width + x] += g;
            _sums[2 * _width + x] += b;
        }
    }

    private void Deep(ReadOnlySpan<byte> row)
    {
        int at = _left * 8;
        for (int x = 0; x < _width; x++)
        {
            for (int k = 0; k < _factor; k++, at += 8)
            {
                for (int c = 0; c < 3; c++)
                    _sums[c * _width + x] += _curves[c][BinaryPrimitives.ReadUInt16LittleEndian(row[(at + 2 * c)..])];
            }
        }
    }

    /// <summary>Light passes by the share of the pixel that is open (Porter and Duff 1984, "over", in linear light).</summary>
    private void Composed(ReadOnlySpan<byte> row)
    {
        int size = _info.IsDeep ? 2 : 1, at = _left * 4 * size;
        for (int x = 0; x < _width; x++)
        {
            for (int k = 0; k < _factor; k++, at += 4 * size)
            {
                int full = size == 1 ? 255 : 65535, open = size == 1 ? row[at + 3] : BinaryPrimitives.ReadUInt16LittleEndian(row[(at + 6)..]);
                float alpha = open / (float)full;
                IsTransparent |= open < full;
                for (int c = 0; c < 3; c++)
                {
                    int value = size == 1 ? row[at + c] : BinaryPrimitives.ReadUInt16LittleEndian(row[(at + 2 * c)..]);
                    if (_info.IsPremultiplied && open > 0)
                        value = (int)Math.Min(full, ((long)value * full + open / 2) / open);
                    _sums[c * _width + x] += alpha * _curves[c][value] + (1 - alpha) * _backdrop;
                }
            }
        }
    }

    private void Keep(int row)
    {
        float scale = 1f / (_factor * _factor);
        int plane = _width * _height, at = row * _width;
        bool isSrgb = ReferenceEquals(_profile, ColorProfile.Srgb);
        IReadOnlyList<float> m = _profile.Matrix;
        for (int x = 0; x < _width; x++)
        {
            float r = _sums[x] * scale, g = _sums[_width + x] * scale, b = _sums[2 * _width + x] * scale;
            if (!isSrgb)
                (r, g, b) = (m[0] * r + m[1] * g + m[2] * b, m[3] * r + m[4] * g + m[5] * b, m[6] * r + m[7] * g + m[8] * b);
            _planes[at + x] = r;
            _planes[plane + at + x] = g;
            _planes[2 * plane + at + x] = b;
        }
    }
}
