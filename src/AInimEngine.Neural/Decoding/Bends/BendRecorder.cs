using AInimEngine.Neural.Programs;

namespace AInimEngine.Neural.Decoding.Bends;

/// <summary>
/// Records network bending into a decode: activations in, activations out, of the same type, layout and device, moved by
/// an amount that is an input of the program. The arithmetic is float32, so a slow amount moves smoothly in bfloat16 too.
/// </summary>
/// <example>
/// <code>
/// BendCheck.All(settings.Bends, shape.Layers);
/// x = BendRecorder.Record(b, x, new BendTarget(1, 64, 32, 32) { Type = ScalarType.BFloat16 }, bend, b.Narrow(amounts, 0, i, 1));
/// </code>
/// </example>
public static class BendRecorder
{
    /// <summary>Adds the steps of one bend.</summary>
    /// <param name="b">The program.</param>
    /// <param name="x">[N, C, H, W]; left as it is.</param>
    /// <param name="target">What is known of <paramref name="x"/>.</param>
    /// <param name="bend">What to do, and to which channels.</param>
    /// <param name="amount">Float32, on the same device, [1] or without dimensions.</param>
    /// <returns>[N, C, H, W]. Channels that the bend does not take are the same bit for bit; <paramref name="x"/> itself if it takes none.</returns>
    /// <exception cref="Core.Errors.AInimException">The bend does not fit the activations.</exception>
    public static Slot Record(OpProgramBuilder b, Slot x, BendTarget target, Bend bend, Slot amount)
    {
        BendCheck.Fits(bend, target);
        int[] channels = BendChannels.Of(bend, target.Channels);
        if (channels.Length == 0)
            return x;
        bool whole = channels.Length == target.Channels;
        amount = b.Reshape(amount, 1);
        if (whole)
            return b.Contiguous(b.To(Operate(b, b.To(x, ScalarType.Float32), target, bend, channels, amount), target.Type), target.Layout);

        long[] places = [.. channels.Select(channel => (long)channel)];
        using Tensor indices = Placed(Tensor.From(places), target.Device);
        Slot index = b.Constant(indices);
        Slot taken = b.To(b.IndexSelect(x, 1, index), ScalarType.Float32);
        Slot bent = b.To(Operate(b, taken, target, bend, channels, amount), target.Type);
        return b.Call("aten::index_copy_", b.Clone(x), 1, index, bent);
    }

    /// <summary>Bends a tensor at once, by a program of its own: for tools and tests.</summary>
    /// <param name="x">[N, C, H, W]; left as it is.</param>
    /// <param name="bend">What to do; its own amount is not used.</param>
    /// <param name="amount">How much.</param>
    /// <param name="deviations">Typical deviation of every channel, [C]; null for 1.</param>
    public static Tensor Apply(Tensor x, Bend bend, float amount, IReadOnlyList<float>? deviations = null)
    {
        if (x.Dim != 4)
            throw new ArgumentException($"activations are [N, C, H, W], not {x}", nameof(x));
        var target = new BendTarget((int)x.Size(0), (int)x.Size(1), (int)x.Size(2), (int)x.Size(3))
        {
            Type = x.Dtype,
            Layout = x.IsContiguous ? MemoryFormat.Contiguous : MemoryFormat.ChannelsLast,
            Device = x.Device,
            Deviations = deviations ?? [],
        };
        using var b = new OpProgramBuilder();
        Slot input = b.Input();
        b.Output(Record(b, input, target, bend, b.Input()));
        using OpProgram program = b.Build();
        using Tensor moved = Placed(Tensor.From([amount]), x.Device);
        return program.Run(x, moved)[0];
    }

    /// <summary>A float32 constant on a device.</summary>
    internal static Slot Constant(OpProgramBuilder b, Device device, float[] values, params ReadOnlySpan<long> shape)
    {
        using Tensor tensor = Placed(Tensor.From(values, shape), device);
        return b.Constant(tensor);
    }

    // The taken channels [N, c, H, W] in float32, bent.
    private static Slot Operate(OpProgramBuilder b, Slot x, BendTarget target, Bend bend, int[] channels, Slot amount) => bend.Operation switch
    {
        BendOperation.Translate or BendOperation.Scale or BendOperation.Rotate => BendWarp.Record(b, x, target, bend, amount),
        BendOperation.FlipHorizontal => b.Lerp(x, b.Flip(x, 3), amount),
        BendOperation.FlipVertical => b.Lerp(x, b.Flip(x, 2), amount),
        BendOperation.Erode => b.Lerp(x, b.Neg(LocalMaximum(b, b.Neg(x), Radius(bend))), amount),
        BendOperation.Dilate => b.Lerp(x, LocalMaximum(b, x, Radius(bend)), amount),
        BendOperation.Multiply => b.Mul(x, b.Add(amount, 1)),
        BendOperation.Add => b.Addcmul(x, PerChannel(b, target, channels, Deviation), amount),
        BendOperation.Threshold => b.Lerp(x, b.Mul(Above(b, x, target, bend, channels), PerChannel(b, target, channels, Deviation)), amount),
        BendOperation.Invert => b.Mul(x, b.Add(b.Mul(amount, -2), 1)),
        BendOperation.Ablate => b.Mul(x, b.Add(b.Neg(amount), 1)),
        BendOperation.Noise => b.Addcmul(x, b.Mul(PerChannel(b, target, channels, (t, c) => Deviation(t, c) * BendNoise.Sign(bend.Seed, c)), amount),
            Constant(b, target.Device, BendNoise.Map(bend.Seed, target.Height, target.Width, bend.Parameter), 1, 1, target.Height, target.Width)),
        _ => throw new ArgumentOutOfRangeException(nameof(bend), bend.Operation, "no such bend"),
    };

    private static long Radius(Bend bend) => Math.Max(1, (long)bend.Parameter);

    // A square window is a row and then a column; outside the picture counts as minus infinity.
    private static Slot LocalMaximum(OpProgramBuilder b, Slot x, long radius)
    {
        long size = 2 * radius + 1;
        Slot rows = b.Call("aten::max_pool2d", x, new long[] { 1, size }, new long[] { 1, 1 }, new long[] { 0, radius });
        return b.Call("aten::max_pool2d", rows, new long[] { size, 1 }, new long[] { 1, 1 }, new long[] { radius, 0 });
    }

    private static Slot Above(OpProgramBuilder b, Slot x, BendTarget target, Bend bend, int[] channels) =>
        b.To(b.Call("aten::gt.Tensor", x, PerChannel(b, target, channels, (t, c) => Deviation(t, c) * bend.Parameter)), ScalarType.Float32);

    private static float Deviation(BendTarget target, int channel) => target.Deviations.Count > 0 ? target.Deviations[channel] : 1;

    // [1, c, 1, 1].
    private static Slot PerChannel(OpProgramBuilder b, BendTarget target, int[] channels, Func<BendTarget, int, float> value) =>
        Constant(b, target.Device, [.. channels.Select(channel => value(target, channel))], 1, channels.Length, 1, 1);

    // Moved to the device where it is not there already; the one that is not needed any more is let go.
    private static Tensor Placed(Tensor tensor, Device device)
    {
        if (device.Type == DeviceType.Cpu)
            return tensor;
        using (tensor)
            return tensor.To(device, tensor.Dtype);
    }
}
