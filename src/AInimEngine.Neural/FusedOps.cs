namespace AInimEngine.Neural;

/// <summary>
/// Ops of our own for training on the CPU, each several of libtorch's in one or two passes over channels-last float or
/// bfloat16 pictures; weights, styles and sums are fp32. Gradients are as of any op. Their results do not depend on timing,
/// but on the number of threads: sums are made in so many parts.
/// </summary>
/// <remarks>
/// Measured on two AVX-512 cores (2026-11): oneDNN 2.6 makes the weights' gradient in bfloat16 at 40 to 130 GFLOP/s, these
/// at 330 to 350; fp32 at 100 to 140, these at 170 to 200.
/// </remarks>
public static class FusedOps
{
    /// <summary>What the channels before a gate are a multiple of.</summary>
    public const int GateChannels = 32;

    private static readonly TorchOp s_convolve = new("ainim::train_conv");
    private static readonly TorchOp s_gate = new("ainim::train_gate");

    /// <summary>Whether they run there: on CPUs alone.</summary>
    /// <param name="device">Where the tensors are.</param>
    public static bool RunOn(Device device) => device.Type == DeviceType.Cpu;

    /// <summary>
    /// max(v, slope v) gain of v = convolution + bias. Gradients to any order, those of the weight and of the bias in fp32.
    /// </summary>
    /// <param name="x">[N, I, H, W], float or bfloat16; sides even, where it halves multiples of four.</param>
    /// <param name="weight">[O, I, 3, 3] or, with zeros, [O, I, 1, 1]; fp32.</param>
    /// <param name="bias">[O], fp32, or null.</param>
    /// <param name="form">Edges and size.</param>
    /// <param name="scale">Factor of the weight.</param>
    /// <param name="slope">Of values below zero; 1 for no activation.</param>
    /// <param name="gain">Factor of the result, positive.</param>
    /// <returns>[N, O, H', W'] in x's type, channels last.</returns>
    public static Tensor Convolve(
        Tensor x, Tensor weight, Tensor? bias = null, ConvolutionForm form = ConvolutionForm.Zeros, double scale = 1, double slope = 1, double gain = 1) =>
        s_convolve.Call(x, weight, bias, scale, (long)form, slope, gain);

    /// <summary>
    /// Normalises every channel by its mean and biased variance over the batch, scales and shifts by styles, and takes the
    /// first half of the channels times the sigmoid of the second. First gradients only.
    /// </summary>
    /// <param name="x">[N, C, H, W], float or bfloat16; C a multiple of <see cref="GateChannels"/>.</param>
    /// <param name="styles">[N, 2 C], fp32: scales, then shifts.</param>
    /// <param name="epsilon">Added to variances.</param>
    /// <returns>[N, C / 2, H, W] in x's type, channels last.</returns>
    public static Tensor NormaliseAndGate(Tensor x, Tensor styles, double epsilon) => s_gate.Call(x, styles, epsilon);
}
