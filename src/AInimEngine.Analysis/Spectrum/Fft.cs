using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace AInimEngine.Analysis.Spectrum;

/// <summary>
/// Complex Fourier transform of 1024 or 2048 points, forward, unscaled, in split real and imaginary floats. No allocation
/// per call.
/// </summary>
/// <remarks>
/// 2048 = 8 x 256: one radix-8 pass down the columns of an 8 x 256 matrix, twiddles, a transposition, then the 256-point
/// transforms of all eight rows side by side in the lanes of a vector (four Stockham radix-4 passes; Van Loan,
/// "Computational Frameworks for the FFT", 1992, sections 1.7 and 3.3). 1024 = 8 x 128, where the last pass is of radix 2. Every operation is element-wise and nothing is
/// fused, so the bits do not depend on the machine's vector width. Measured on one AVX2 core against MathNet.Numerics
/// 5.0: see docs/features.md. The slow sum in the tests is the oracle.
/// </remarks>
internal sealed class Fft
{
    private const int Rows = 8;

    private readonly int _columns;
    private readonly float[] _columnRe, _columnIm, _rowRe, _rowIm;
    private readonly float[] _scratchRe, _scratchIm;

    /// <param name="size">1024 or 2048.</param>
    internal Fft(int size)
    {
        if (size is not (1024 or 2048))
            throw new ArgumentOutOfRangeException(nameof(size), size, "transforms have 1024 or 2048 points");
        Size = size;
        _columns = size / Rows;
        (_columnRe, _columnIm) = (ColumnTwiddles(Math.Cos), ColumnTwiddles(Math.Sin));
        (_rowRe, _rowIm) = (RowTwiddles(Math.Cos), RowTwiddles(Math.Sin));
        (_scratchRe, _scratchIm) = (new float[size], new float[size]);
    }

    /// <summary>Number of points.</summary>
    internal int Size { get; }

    /// <summary>Transforms <paramref name="re"/> + i <paramref name="im"/> in place, natural order in and out.</summary>
    internal void Forward(Span<float> re, Span<float> im)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(re.Length, Size);
        ArgumentOutOfRangeException.ThrowIfNotEqual(im.Length, Size);
        Columns8(re, im, _scratchRe, _scratchIm);

        // Four passes, scratch -> data -> scratch -> data: a fifth copy is never needed because the columns wrote to scratch
        // and the last pass (length 4 or 2, no twiddles) runs in place.
        Pass4(_scratchRe, _scratchIm, re, im, _columns, 1);
        Pass4(re, im, _scratchRe, _scratchIm, _columns / 4, 4);
        Pass4(_scratchRe, _scratchIm, re, im, _columns / 16, 16);
        if (_columns == 256)
            Last4(re, im);
        else
            Last2(re, im);
    }

    private void Columns8(ReadOnlySpan<float> re, ReadOnlySpan<float> im, Span<float> outRe, Span<float> outIm)
    {
        ref float xr = ref MemoryMarshal.GetReference(re);
        ref float xi = ref MemoryMarshal.GetReference(im);
        ref float tr = ref MemoryMarshal.GetArrayDataReference(_columnRe);
        ref float ti = ref MemoryMarshal.GetArrayDataReference(_columnIm);
        Vector256<float> half = Vector256.Create((float)Math.Sqrt(0.5));
        nuint step = (nuint)_columns;
        for (nuint m = 0; m < step; m += 8)
        {
            Vector256<float> r0 = Vector256.LoadUnsafe(ref xr, m), r1 = Vector256.LoadUnsafe(ref xr, m + step),
                r2 = Vector256.LoadUnsafe(ref xr, m + 2 * step), r3 = Vector256.LoadUnsafe(ref xr, m + 3 * step),
                r4 = Vector256.LoadUnsafe(ref xr, m + 4 * step), r5 = Vector256.LoadUnsafe(ref xr, m + 5 * step),
                r6 = Vector256.LoadUnsafe(ref xr, m + 6 * step), r7 = Vector256.LoadUnsafe(ref xr, m + 7 * step);
            Vector256<float> i0 = Vector256.LoadUnsafe(ref xi, m), i1 = Vector256.LoadUnsafe(ref xi, m + step),
                i2 = Vector256.LoadUnsafe(ref xi, m + 2 * step), i3 = Vector256.LoadUnsafe(ref xi, m + 3 * step),
                i4 = Vector256.LoadUnsafe(ref xi, m + 4 * step), i5 = Vector256.LoadUnsafe(ref xi, m + 5 * step),
                i6 = Vector256.LoadUnsafe(ref xi, m + 6 * step), i7 = Vector256.LoadUnsafe(ref xi, m + 7 * step);

            // Eight-point transform: sums feed the even outputs, twiddled differences the odd ones.
            (r0, r4) = (r0 + r4, r0 - r4);
            (i0, i4) = (i0 + i4, i0 - i4);
            (r1, r5) = (r1 + r5, r1 - r5);
            (i1, i5) = (i1 + i5, i1 - i5);
            (r2, r6) = (r2 + r6, r2 - r6);
            (i2, i6) = (i2 + i6, i2 - i6);
            (r3, r7) = (r3 + r7, r3 - r7);
            (i3, i7) = (i3 + i7, i3 - i7);
            (r5, i5) = ((r5 + i5) * half, (i5 - r5) * half);
            (r6, i6) = (i6, -r6);
            (r7, i7) = ((i7 - r7) * half, -(i7 + r7) * half);
            Four(ref r0, ref i0, ref r1, ref i1, ref r2, ref i2, ref r3, ref i3);
            Four(ref r4, ref i4, ref r5, ref i5, ref r6, ref i6, ref r7, ref i7);

            // Output k of the eight is now in (r0, r4, r1, r5, r2, r6, r3, r7).
            Twiddle(ref r4, ref i4, ref tr, ref ti, m);
            Twiddle(ref r1, ref i1, ref tr, ref ti, m + step);
            Twiddle(ref r5, ref i5, ref tr, ref ti, m + 2 * step);
            Twiddle(ref r2, ref i2, ref tr, ref ti, m + 3 * step);
            Twiddle(ref r6, ref i6, ref tr, ref ti, m + 4 * step);
            Twiddle(ref r3, ref i3, ref tr, ref ti, m + 5 * step);
            Twiddle(ref r7, ref i7, ref tr, ref ti, m + 6 * step);
            Transpose(r0, r4, r1, r5, r2, r6, r3, r7, outRe.Slice((int)m * Rows, 64));
            Transpose(i0, i4, i1, i5, i2, i6, i3, i7, outIm.Slice((int)m * Rows, 64));
        }
    }

    /// <summary>Four-point transform of (0, 1, 2, 3), outputs in the same order.</summary>
    private static void Four(ref Vector256<float> r0, ref Vector256<float> i0, ref Vector256<float> r1, ref Vector256<float> i1,
        ref Vector256<float> r2, ref Vector256<float> i2, ref Vector256<float> r3, ref Vector256<float> i3)
    {
        Vector256<float> ar = r0 + r2, ai = i0 + i2, br = r0 - r2, bi = i0 - i2;
        Vector256<float> cr = r1 + r3, ci = i1 + i3, dr = i1 - i3, di = r3 - r1;
        (r0, i0, r1, i1) = (ar + cr, ai + ci, br + dr, bi + di);
        (r2, i2, r3, i3) = (ar - cr, ai - ci, br - dr, bi - di);
    }

    private static void Twiddle(ref Vector256<float> r, ref Vector256<float> i, ref float tableRe, ref float tableIm, nuint at)
    {
        Vector256<float> wr = Vector256.LoadUnsafe(ref tableRe, at), wi = Vector256.LoadUnsafe(ref tableIm, at);
        (r, i) = (r * wr - i * wi, r * wi + i * wr);
    }

    private void Pass4(Span<float> fromRe, Span<float> fromIm, Span<float> toRe, Span<float> toIm, int length, int stride)
    {
        ref float xr = ref MemoryMarshal.GetReference(fromRe);
        ref float xi = ref MemoryMarshal.GetReference(fromIm);
        ref float yr = ref MemoryMarshal.GetReference(toRe);
        ref float yi = ref MemoryMarshal.GetReference(toIm);
        int quarter = length / 4, step = _columns / length;
        nuint jump = (nuint)(quarter * stride * Rows), put = (nuint)(stride * Rows);
        for (int p = 0; p < quarter; p++)
        {
            int w = p * step;
            Vector256<float> w1r = Vector256.Create(_rowRe[w]), w1i = Vector256.Create(_rowIm[w]);
            Vector256<float> w2r = Vector256.Create(_rowRe[2 * w]), w2i = Vector256.Create(_rowIm[2 * w]);
            Vector256<float> w3r = Vector256.Create(_rowRe[3 * w]), w3i = Vector256.Create(_rowIm[3 * w]);
            nuint from = (nuint)(p * stride * Rows), to = (nuint)(4 * p * stride * Rows);
            for (nuint end = from + put; from < end; from += Rows, to += Rows)
            {
                Vector256<float> r0 = Vector256.LoadUnsafe(ref xr, from), r1 = Vector256.LoadUnsafe(ref xr, from + jump),
                    r2 = Vector256.LoadUnsafe(ref xr, from + 2 * jump), r3 = Vector256.LoadUnsafe(ref xr, from + 3 * jump);
                Vector256<float> i0 = Vector256.LoadUnsafe(ref xi, from), i1 = Vector256.LoadUnsafe(ref xi, from + jump),
                    i2 = Vector256.LoadUnsafe(ref xi, from + 2 * jump), i3 = Vector256.LoadUnsafe(ref xi, from + 3 * jump);
                Four(ref r0, ref i0, ref r1, ref i1, ref r2, ref i2, ref r3, ref i3);
                r0.StoreUnsafe(ref yr, to);
                i0.StoreUnsafe(ref yi, to);
                (r1 * w1r - i1 * w1i).StoreUnsafe(ref yr, to + put);
                (r1 * w1i + i1 * w1r).StoreUnsafe(ref yi, to + put);
                (r2 * w2r - i2 * w2i).StoreUnsafe(ref yr, to + 2 * put);
                (r2 * w2i + i2 * w2r).StoreUnsafe(ref yi, to + 2 * put);
                (r3 * w3r - i3 * w3i).StoreUnsafe(ref yr, to + 3 * put);
                (r3 * w3i + i3 * w3r).StoreUnsafe(ref yi, to + 3 * put);
            }
        }
    }

    private static void Last4(Span<float> re, Span<float> im)
    {
        ref float xr = ref MemoryMarshal.GetReference(re);
        ref float xi = ref MemoryMarshal.GetReference(im);
        for (nuint q = 0; q < 64 * Rows; q += Rows)
        {
            Vector256<float> r0 = Vector256.LoadUnsafe(ref xr, q), r1 = Vector256.LoadUnsafe(ref xr, q + 512),
                r2 = Vector256.LoadUnsafe(ref xr, q + 1024), r3 = Vector256.LoadUnsafe(ref xr, q + 1536);
            Vector256<float> i0 = Vector256.LoadUnsafe(ref xi, q), i1 = Vector256.LoadUnsafe(ref xi, q + 512),
                i2 = Vector256.LoadUnsafe(ref xi, q + 1024), i3 = Vector256.LoadUnsafe(ref xi, q + 1536);
            Four(ref r0, ref i0, ref r1, ref i1, ref r2, ref i2, ref r3, ref i3);
            r0.StoreUnsafe(ref xr, q);
            r1.StoreUnsafe(ref xr, q + 512);
            r2.StoreUnsafe(ref xr, q + 1024);
            r3.StoreUnsafe(ref xr, q + 1536);
            i0.StoreUnsafe(ref xi, q);
            i1.StoreUnsafe(ref xi, q + 512);
            i2.StoreUnsafe(ref xi, q + 1024);
            i3.StoreUnsafe(ref xi, q + 1536);
        }
    }

    private static void Last2(Span<float> re, Span<float> im)
    {
        Butterflies(ref MemoryMarshal.GetReference(re));
        Butterflies(ref MemoryMarshal.GetReference(im));

        static void Butterflies(ref float x)
        {
            for (nuint q = 0; q < 512; q += Rows)
            {
                Vector256<float> a = Vector256.LoadUnsafe(ref x, q), b = Vector256.LoadUnsafe(ref x, q + 512);
                (a + b).StoreUnsafe(ref x, q);
                (a - b).StoreUnsafe(ref x, q + 512);
            }
        }
    }

    /// <summary>Writes the 8 x 8 matrix of these rows, columns first. A pure move, so both forms give the same bits.</summary>
    private static void Transpose(Vector256<float> a, Vector256<float> b, Vector256<float> c, Vector256<float> d,
        Vector256<float> e, Vector256<float> f, Vector256<float> g, Vector256<float> h, Span<float> to)
    {
        if (!Avx.IsSupported)
        {
            TransposeSlowly([a, b, c, d, e, f, g, h], to);
            return;
        }
        ref float y = ref MemoryMarshal.GetReference(to);
        (Vector256<float> ab0, Vector256<float> ab1) = (Avx.UnpackLow(a, b), Avx.UnpackHigh(a, b));
        (Vector256<float> cd0, Vector256<float> cd1) = (Avx.UnpackLow(c, d), Avx.UnpackHigh(c, d));
        (Vector256<float> ef0, Vector256<float> ef1) = (Avx.UnpackLow(e, f), Avx.UnpackHigh(e, f));
        (Vector256<float> gh0, Vector256<float> gh1) = (Avx.UnpackLow(g, h), Avx.UnpackHigh(g, h));
        (a, b) = (Avx.Shuffle(ab0, cd0, 0x44), Avx.Shuffle(ab0, cd0, 0xEE));
        (c, d) = (Avx.Shuffle(ab1, cd1, 0x44), Avx.Shuffle(ab1, cd1, 0xEE));
        (e, f) = (Avx.Shuffle(ef0, gh0, 0x44), Avx.Shuffle(ef0, gh0, 0xEE));
        (g, h) = (Avx.Shuffle(ef1, gh1, 0x44), Avx.Shuffle(ef1, gh1, 0xEE));
        Avx.Permute2x128(a, e, 0x20).StoreUnsafe(ref y, 0);
        Avx.Permute2x128(b, f, 0x20).StoreUnsafe(ref y, 8);
        Avx.Permute2x128(c, g, 0x20).StoreUnsafe(ref y, 16);
        Avx.Permute2x128(d, h, 0x20).StoreUnsafe(ref y, 24);
        Avx.Permute2x128(a, e, 0x31).StoreUnsafe(ref y, 32);
        Avx.Permute2x128(b, f, 0x31).StoreUnsafe(ref y, 40);
        Avx.Permute2x128(c, g, 0x31).StoreUnsafe(ref y, 48);
        Avx.Permute2x128(d, h, 0x31).StoreUnsafe(ref y, 56);
    }

    private static void TransposeSlowly(ReadOnlySpan<Vector256<float>> rows, Span<float> to)
    {
        for (int row = 0; row < Rows; row++)
        {
            for (int column = 0; column < Rows; column++)
                to[column * Rows + row] = rows[row][column];
        }
    }

    private float[] ColumnTwiddles(Func<double, double> part)
    {
        var table = new float[(Rows - 1) * _columns];
        for (int k = 1; k < Rows; k++)
        {
            for (int m = 0; m < _columns; m++)
                table[(k - 1) * _columns + m] = (float)part(-2 * Math.PI * (k * m) / Size);
        }
        return table;
    }

    private float[] RowTwiddles(Func<double, double> part)
    {
        var table = new float[_columns];
        for (int k = 0; k < _columns; k++)
            table[k] = (float)part(-2 * Math.PI * k / _columns);
        return table;
    }
}
