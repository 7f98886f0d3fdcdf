using AInimEngine.Neural.Programs;

namespace AInimEngine.Neural.Field;

/// <summary>The few steps that a field records often and that have no typed method.</summary>
/// <param name="b">The program.</param>
internal sealed class FieldRecorder(OpProgramBuilder b)
{
    /// <summary>x + factor * y.</summary>
    public Slot AddScaled(Slot x, Slot y, double factor) => b.Call("aten::add.Tensor", x, y, factor);

    /// <summary>x + factor * y, in place.</summary>
    public Slot AddScaled_(Slot x, Slot y, double factor) => b.Call("aten::add_.Tensor", x, y, factor);

    /// <summary>x + y * z, in place.</summary>
    public Slot MulAdd_(Slot x, Slot y, Slot z, double factor = 1) => b.Call("aten::addcmul_", x, y, z, factor);

    /// <summary>x * y, written into a buffer.</summary>
    public Slot MulInto(Slot x, Slot y, Slot target) => b.Call("aten::mul.out", x, y, target);

    /// <summary>1 - x.</summary>
    public Slot OneMinus(Slot x) => b.Call("aten::rsub.Scalar", x, 1.0);

    /// <summary>min(x, limit), in place.</summary>
    public Slot ClampMax_(Slot x, double limit) => b.Call("aten::clamp_max_", x, limit);

    /// <summary>x * x * (3 - 2 x).</summary>
    public Slot SmoothStep(Slot x) => b.Mul_(b.Mul_(b.Add_(b.Mul(x, -2.0), 3), x), x);

    /// <summary>A constant column [N, 1].</summary>
    public Slot Column(params ReadOnlySpan<double> values) => Matrix(values.Length, 1, values);

    /// <summary>A constant matrix, float32.</summary>
    public Slot Matrix(int rows, int columns, ReadOnlySpan<double> values)
    {
        var floats = new float[values.Length];
        for (int i = 0; i < floats.Length; i++)
            floats[i] = (float)values[i];
        using Tensor tensor = Tensor.From(floats, rows, columns);
        return b.Constant(tensor);
    }
}
