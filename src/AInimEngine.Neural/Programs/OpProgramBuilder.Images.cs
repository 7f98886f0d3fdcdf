namespace AInimEngine.Neural.Programs;

// Convolution, resampling, normalisation and losses.
public sealed unsafe partial class OpProgramBuilder
{
    /// <summary>Convolution of [N, C, H, W] with weights [O, C / groups, kH, kW].</summary>
    public Slot Conv2d(OpArgument x, OpArgument weight, OpArgument bias = default, long stride = 1, long padding = 0, long dilation = 1, long groups = 1) =>
        Call(Ops.Conv2d, x, weight, bias, stride, padding, dilation, groups);

    /// <summary>Means of windows, side by side unless a stride is given.</summary>
    public Slot AvgPool2d(OpArgument x, long kernel, long? stride = null) => Call(Ops.AvgPool2d, x, kernel, stride ?? kernel);

    /// <summary>Largest of windows, side by side unless a stride is given.</summary>
    public Slot MaxPool2d(OpArgument x, long kernel, long? stride = null) => Call(Ops.MaxPool2d, x, kernel, stride ?? kernel);

    /// <summary>Means of windows, to a size [H, W].</summary>
    public Slot AdaptiveAvgPool2d(OpArgument x, long[] size) => Call(Ops.AdaptiveAvgPool2d, x, size);

    /// <summary>Scaled to a size [H, W], nearest pixel.</summary>
    public Slot UpsampleNearest2d(OpArgument x, long[] size) => Call(Ops.UpsampleNearest2d, x, size);

    /// <summary>Scaled to a size [H, W], bilinear.</summary>
    public Slot UpsampleBilinear2d(OpArgument x, long[] size, bool alignCorners = false) =>
        Call(Ops.UpsampleBilinear2d, x, size, alignCorners);

    /// <summary>Scaled to a size [H, W], bicubic.</summary>
    public Slot UpsampleBicubic2d(OpArgument x, long[] size, bool alignCorners = false) =>
        Call(Ops.UpsampleBicubic2d, x, size, alignCorners);

    /// <summary>[N, C * f * f, H, W] to [N, C, H * f, W * f].</summary>
    public Slot PixelShuffle(OpArgument x, long factor) => Call(Ops.PixelShuffle, x, factor);

    /// <summary>Samples at grid [N, H, W, 2] in -1..1; interpolation 0 bilinear, 1 nearest, 2 bicubic; padding 0 zeros, 1 border, 2 reflection.</summary>
    public Slot GridSampler2d(OpArgument x, OpArgument grid, long interpolation, long padding, bool alignCorners = false) =>
        Call(Ops.GridSampler2d, x, grid, interpolation, padding, alignCorners);

    /// <summary>Padded with a number; sides from the last dimension: [left, right, top, bottom].</summary>
    public Slot Pad(OpArgument x, long[] sides, double value = 0) => Call(Ops.Pad, x, sides, value);

    /// <summary>Padded by reflection: [left, right, top, bottom].</summary>
    public Slot ReflectionPad2d(OpArgument x, long[] sides) => Call(Ops.ReflectionPad2d, x, sides);

    /// <summary>Padded with the edge pixels: [left, right, top, bottom].</summary>
    public Slot ReplicationPad2d(OpArgument x, long[] sides) => Call(Ops.ReplicationPad2d, x, sides);

    /// <summary>Batch normalisation over all dimensions but the second.</summary>
    public Slot BatchNorm(OpArgument x, OpArgument weight, OpArgument bias, OpArgument runningMean, OpArgument runningVar, bool training, double momentum, double eps) =>
        Call(Ops.BatchNorm, x, weight, bias, runningMean, runningVar, training, momentum, eps, false);

    /// <summary>Normalised over the last dimensions, whose shape is given.</summary>
    public Slot LayerNorm(OpArgument x, long[] shape, OpArgument weight = default, OpArgument bias = default, double eps = 1e-5) =>
        Call(Ops.LayerNorm, x, shape, weight, bias, eps);

    /// <summary>Zeroes elements with probability p while training.</summary>
    public Slot Dropout(OpArgument x, double p, bool train) => Call(Ops.Dropout, x, p, train);

    /// <summary>Mean squared difference.</summary>
    public Slot MseLoss(OpArgument x, OpArgument target) => Call(Ops.MseLoss, x, target);

    /// <summary>Cross entropy of logits [N, C] with classes [N] (int64).</summary>
    public Slot CrossEntropyLoss(OpArgument x, OpArgument target) => Call(Ops.CrossEntropyLoss, x, target);
}
