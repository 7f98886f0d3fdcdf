using System.Runtime.InteropServices;
using AInimEngine.Neural.Programs;
using static AInimEngine.Neural.Field.FieldShape;

namespace AInimEngine.Neural.Field;

/// <summary>
/// The inputs of a field program: the small matrices into which latents and controls are folded for one picture, so that
/// whatever does not differ from pixel to pixel costs nothing there. Native memory, written by <see cref="Write"/>.
/// </summary>
internal sealed unsafe class FieldWeights : IDisposable
{
    /// <summary>Shapes of the inputs of the network, in order.</summary>
    public static readonly long[][] NetworkShapes =
    [
        [2, 2], [1], [Flow, 4], [Flow, Flow + 4], [Form, Flow + 4], [Form, Form + 3], [Heads, Rows],
    ];

    private readonly FieldUniverse _universe;
    private readonly FieldHead? _head;
    private readonly double[] _headBias = new double[Heads];
    private readonly double[] _color = new double[4];
    private readonly float* _memory;
    private readonly ProgramBuffer[] _inputs;
    private readonly int[] _offsets;

    /// <param name="universe">Whose weights.</param>
    /// <param name="head">How the head draws; null for a program that ends with the raw heads.</param>
    public FieldWeights(FieldUniverse universe, FieldHead? head)
    {
        _universe = universe;
        _head = head;
        long[][] shapes = [.. NetworkShapes, .. head is null ? [] : FieldHead.InputShapes(head.Emissions)];
        _inputs = new ProgramBuffer[shapes.Length];
        _offsets = new int[shapes.Length + 1];
        for (int i = 0; i < shapes.Length; i++)
        {
            int count = 1;
            foreach (long size in shapes[i])
                count *= (int)size;
            _offsets[i + 1] = _offsets[i] + (count + 15) / 16 * 16;
        }
        _memory = (float*)NativeMemory.AlignedAlloc((nuint)_offsets[^1] * sizeof(float), 64);
        new Span<float>(_memory, _offsets[^1]).Clear();
        for (int i = 0; i < shapes.Length; i++)
        {
            int count = 1;
            foreach (long size in shapes[i])
                count *= (int)size;
            _inputs[i] = ProgramBuffer.Memory(_memory + _offsets[i], count);
        }
    }

    /// <summary>For a run of the program.</summary>
    public ReadOnlySpan<ProgramBuffer> Inputs => _inputs;

    /// <summary>Folds one picture's latent and controls into the inputs.</summary>
    /// <param name="latent">[LatentLayers, LatentWidth].</param>
    /// <param name="controls">The rest.</param>
    public void Write(ReadOnlySpan<float> latent, in FieldControls controls)
    {
        FieldUniverse u = _universe;
        Camera(Input(0), controls);
        Input(1)[0] = (float)controls.Symmetry;
        WriteFlow1(Input(2), latent[..LatentWidth]);
        WriteFlow2(Input(3), latent.Slice(LatentWidth, LatentWidth));
        double warp = u.WarpGain * controls.Warp;
        WriteForm1(Input(4), latent.Slice(2 * LatentWidth, LatentWidth), warp);
        WriteForm2(Input(5), latent.Slice(3 * LatentWidth, LatentWidth));
        ReadOnlySpan<float> contour = latent.Slice(4 * LatentWidth, LatentWidth);
        for (int i = 0; i < Heads; i++)
            _headBias[i] = Dot(u.HeadLatent, i, contour) * (i is Height or Tone or Night ? 0.3 : 0.8);
        ReadOnlySpan<float> color = latent.Slice(5 * LatentWidth, LatentWidth);
        for (int i = 0; i < 4; i++)
            _color[i] = Dot(u.ColorLatent, i, color);
        WriteHeads(Input(6), warp);
        _head?.Write(_color, controls, Input(7), Input(8), Input(9), Input(10), Input(11));
    }

    /// <summary>Frees the memory.</summary>
    public void Dispose() => NativeMemory.AlignedFree(_memory);

    private Span<float> Input(int index) => new(_memory + _offsets[index], _offsets[index + 1] - _offsets[index]);

    private void Camera(Span<float> w, in FieldControls controls)
    {
        (double sin, double cos) = Math.SinCos(2 * Math.PI * controls.Rotation);
        double scale = _universe.Scale / controls.Zoom;
        (w[0], w[1], w[2], w[3]) = ((float)(cos * scale), (float)(-sin * scale), (float)(sin * scale), (float)(cos * scale));
    }

    private void WriteFlow1(Span<float> w, ReadOnlySpan<float> latent)
    {
        for (int i = 0; i < Flow; i++)
            for (int j = 0; j < 4; j++)
                w[i * 4 + j] = (float)(_universe.Flow1[i, j] + (j == 2 ? Dot(_universe.Flow1Latent, i, latent) : 0));
    }

    private void WriteFlow2(Span<float> w, ReadOnlySpan<float> latent)
    {
        FieldUniverse u = _universe;
        for (int i = 0; i < Flow; i++)
        {
            Span<float> row = w.Slice(i * (Flow + 4), Flow + 4);
            for (int j = 0; j < Flow; j++)
                row[j] = (float)u.Flow2[i * Flow + j];
            WriteBase(row[Flow..], u.Flow2Base[i * 2], u.Flow2Base[i * 2 + 1], u.Flow2Bias[i] + Dot(u.Flow2Latent, i, latent));
        }
    }

    // The forms see x, y displaced by the flow, which is linear in the flow's last layer: the displacement is folded in.
    private void WriteForm1(Span<float> w, ReadOnlySpan<float> latent, double warp)
    {
        FieldUniverse u = _universe;
        for (int i = 0; i < Form; i++)
        {
            Span<float> row = w.Slice(i * (Flow + 4), Flow + 4);
            WriteBase(row, u.Form1X[i], u.Form1Y[i], u.Form1Bias[i] + Dot(u.Form1Latent, i, latent));
            row[3] = 0;
            for (int j = 0; j < Flow; j++)
                row[4 + j] = (float)(u.Form1Flow[i * Flow + j] + warp * (u.Form1X[i] * u.Warp[j] + u.Form1Y[i] * u.Warp[Flow + j]));
        }
    }

    private void WriteForm2(Span<float> w, ReadOnlySpan<float> latent)
    {
        FieldUniverse u = _universe;
        for (int i = 0; i < Form; i++)
        {
            Span<float> row = w.Slice(i * (Form + 3), Form + 3);
            for (int j = 0; j < Form; j++)
                row[j] = (float)u.Form2[i * Form + j];
            WriteBase(row[Form..], u.Form2Base[i * 2], u.Form2Base[i * 2 + 1], u.Form2Bias[i] + Dot(u.Form2Latent, i, latent));
        }
    }

    private void WriteHeads(Span<float> w, double warp)
    {
        FieldUniverse u = _universe;
        for (int i = 0; i < Heads; i++)
        {
            double scale = 1 / u.HeadDeviation[i];
            Span<float> row = w.Slice(i * Rows, Rows);
            row.Clear();
            if (i == Night)
                for (int j = 0; j < Flow; j++)
                    row[Flow2 + j] = (float)(u.NightHead[j] * scale);
            else
                for (int j = 0; j < Base; j++)
                    row[j] = (float)(u.Head[i * Base + j] * scale);
            row[One] = (float)((_headBias[i] - u.HeadMean[i]) * scale);
        }
        if (_head is null)
            return;
        // Strands run along a fixed direction of the displaced coordinates, bent by the form.
        Affine(w, Strand, 0.8, 0);
        Span<float> strand = w.Slice(Strand * Rows, Rows);
        strand[Base] += (float)(0.6 * u.StrandX);
        strand[Base + 1] += (float)(0.6 * u.StrandY);
        for (int j = 0; j < Flow; j++)
            strand[Flow2 + j] += (float)(0.6 * warp * (u.StrandX * u.Warp[j] + u.StrandY * u.Warp[Flow + j]));
        // Drawn lines follow the terraces, loosely.
        for (int j = 0; j < Rows; j++)
            w[Line * Rows + j] = 0.22f * w[CurtainA * Rows + j] + 0.8f * w[Height * Rows + j];
        // Half a turn from dark to light: the colour latents lean it, and never leave the picture all dark or all light.
        Affine(w, Tone, u.ToneGain, Math.PI / 2 + Math.Sin(1.4 * _color[0] + 2 * Math.PI * u.Character[8]));
        Affine(w, Amount, 2.5, 0);
        Affine(w, Pressure, 4, -1.2 + 0.6 * _color[3]);
        Affine(w, Gate, 3, -0.8 + 0.6 * _color[3]);
        Affine(w, Night, 2.6, u.NightBias);
    }

    private static void Affine(Span<float> w, int head, double scale, double bias)
    {
        Span<float> row = w.Slice(head * Rows, Rows);
        for (int j = 0; j < Rows; j++)
            row[j] *= (float)scale;
        row[One] += (float)bias;
    }

    private static void WriteBase(Span<float> columns, double x, double y, double bias) =>
        (columns[0], columns[1], columns[2]) = ((float)x, (float)y, (float)bias);

    private static double Dot(double[] matrix, int row, ReadOnlySpan<float> vector)
    {
        double sum = 0;
        for (int j = 0; j < vector.Length; j++)
            sum += matrix[row * vector.Length + j] * vector[j];
        return sum;
    }
}
