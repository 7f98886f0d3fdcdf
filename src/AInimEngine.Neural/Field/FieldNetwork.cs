using AInimEngine.Neural.Programs;
using static AInimEngine.Neural.Field.FieldShape;

namespace AInimEngine.Neural.Field;

/// <summary>
/// The network: a compositional pattern-producing network (Stanley, "Compositional pattern producing networks", 2007) with
/// sine activations throughout (Sitzmann et al., "Implicit neural representations with periodic activation functions",
/// 2020). Two flow layers displace the coordinates that two form layers see; latents enter as phases, so that moving
/// through them is travelling waves: smooth, without bound, and never popping.
/// </summary>
internal static class FieldNetwork
{
    /// <summary>Records the network with <see cref="FieldWeights.NetworkShapes"/> as its inputs.</summary>
    /// <returns>[Heads, grid.SampleCount].</returns>
    public static Slot Record(OpProgramBuilder b, FieldGrid grid, FieldUniverse universe)
    {
        var r = new FieldRecorder(b);
        var inputs = new Slot[FieldWeights.NetworkShapes.Length];
        for (int i = 0; i < inputs.Length; i++)
            inputs[i] = b.Input(ScalarType.Float32, FieldWeights.NetworkShapes[i]);

        Slot rows = Activations(b, grid);
        Slot Run(int first, int count) => b.Narrow(rows, 0, first, count);
        Slot Row(int index) => b.Select(rows, 0, index);
        void Layer(Slot weights, Slot input, Slot target) => b.Call("aten::sin.out", b.Mm(weights, input), target);

        Fold(b, r, b.Mm(inputs[0], grid.Samples(b)), inputs[1], universe, Row(Base), Row(Base + 1), Row(Base + 3));
        Layer(inputs[2], Run(Base, 4), Run(Base - Flow, Flow));
        Layer(inputs[3], Run(Base - Flow, Flow + 4), Run(Flow2, Flow));
        Layer(inputs[4], Run(Base, Flow + 4), Run(Form, Form));
        Layer(inputs[5], Run(Form, Form + 3), Run(0, Form));
        return b.Mm(inputs[6], rows);
    }

    private static Slot Activations(OpProgramBuilder b, FieldGrid grid)
    {
        var values = new float[Rows * grid.SampleCount];
        values.AsSpan(One * grid.SampleCount, grid.SampleCount).Fill(1);
        using Tensor tensor = Tensor.From(values, Rows, grid.SampleCount);
        return b.Constant(tensor);
    }

    // Plain coordinates p, blended towards p^k / |p|^(k-1), which turns k times as fast around the middle; rho is log |p|^2.
    private static void Fold(
        OpProgramBuilder b, FieldRecorder r, Slot camera, Slot symmetry, FieldUniverse universe, Slot targetX, Slot targetY, Slot targetRho)
    {
        Slot x = b.Select(camera, 0, 0), y = b.Select(camera, 0, 1);
        if (universe.Mirrored)
            x = b.Sqrt_(b.Add_(b.Mul(x, x), 0.02));
        Slot radius2 = b.Add_(r.MulAdd_(b.Mul(x, x), y, y), universe.Symmetry > 0 ? 0.03 : 0.15);
        Slot rho = b.Call("aten::log.out", radius2, targetRho);
        Slot re = x, im = y;
        for (int i = 1; i < universe.Folds; i++)
        {
            Slot nextRe = r.MulAdd_(b.Mul(re, x), im, y, -1);
            im = r.MulAdd_(b.Mul(re, y), im, x);
            re = nextRe;
        }
        Slot norm = b.Exp_(b.Mul(rho, -(universe.Folds - 1) / 2.0));
        b.Call("aten::lerp.Tensor_out", x, b.Mul_(re, norm), symmetry, targetX);
        b.Call("aten::lerp.Tensor_out", y, b.Mul_(im, norm), symmetry, targetY);
    }
}
