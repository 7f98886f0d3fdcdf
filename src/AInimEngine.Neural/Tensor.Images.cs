namespace AInimEngine.Neural;

// Convolution, resampling, normalisation and losses.
public sealed unsafe partial class Tensor
{
    /// <summary>Convolution of [N, C, H, W] with weights [O, C / groups, kH, kW].</summary>
    public Tensor Conv2d(Tensor weight, Tensor? bias = null, long stride = 1, long padding = 0, long dilation = 1, long groups = 1) =>
        Ops.Conv2d.Call(this, weight, bias, stride, padding, dilation, groups);

    /// <summary>Means of windows, side by side unless a stride is given.</summary>
    public Tensor AvgPool2d(long kernel, long? stride = null) => Ops.AvgPool2d.Call(this, kernel, stride ?? kernel);

    /// <summary>Largest of windows, side by side unless a stride is given.</summary>
    public Tensor MaxPool2d(long kernel, long? stride = null) => Ops.MaxPool2d.Call(this, kernel, stride ?? kernel);

    /// <summary>Means of windows, to a size [H, W].</summary>
    public Tensor AdaptiveAvgPool2d(long[] size) => Ops.AdaptiveAvgPool2d.Call(this, size);

    /// <summary>Scaled to a size [H, W], nearest pixel.</summary>
    public Tensor UpsampleNearest2d(long[] size) => Ops.UpsampleNearest2d.Call(this, size);

    /// <summary>Scaled to a size [H, W], bilinear.</summary>
    public Tensor UpsampleBilinear2d(long[] size, bool alignCorners = false) =>
        Ops.UpsampleBilinear2d.Call(this, size, alignCorners);

    /// <summary>Scaled to a size [H, W], bicubic.</summary>
    public Tensor UpsampleBicubic2d(long[] size, bool alignCorners = false) =>
        Ops.UpsampleBicubic2d.Call(this, size, alignCorners);

    /// <summary>[N, C * f * f, H, W] to [N, C, H * f, W * f].</summary>
    public Tensor PixelShuffle(long factor) => Ops.PixelShuffle.Call(this, factor);

    /// <summary>Samples at grid [N, H, W, 2] in -1..1; interpolation 0 bilinear, 1 nearest, 2 bicubic; padding 0 zeros, 1 border, 2 reflection.</summary>
    public Tensor GridSampler2d(Tensor grid, long interpolation, long padding, bool alignCorners = false) =>
        Ops.GridSampler2d.Call(this, grid, interpolation, padding, alignCorners);

    /// <summary>Padded with a number; sides from the last dimension: [left, right, top, bottom].</summary>
    public Tensor Pad(long[] sides, double value = 0) => Ops.Pad.Call(this, sides, value);

    /// <summary>Padded by reflection: [left, right, top, bottom].</summary>
    public Tensor ReflectionPad2d(long[] sides) => Ops.ReflectionPad2d.Call(this, sides);

    /// <summary>Padded with the edge pixels: [left, right, top, bottom].</summary>
    public Tensor ReplicationPad2d(long[] sides) => Ops.ReplicationPad2d.Call(this, sides);

    /// <summary>Batch normalisation over all dimensions but the second.</summary>
    public Tensor BatchNorm(Tensor? weight, Tensor? bias, Tensor? runningMean, Tensor? runningVar, bool training, double momentum, double eps) =>
        Ops.BatchNorm.Call(this, weight, bias, runningMean, runningVar, training, momentum, eps, false);

    /// <summary>Normalised over the last dimensions, whose shape is given.</summary>
    public Tensor LayerNorm(long[] shape, Tensor? weight = null, Tensor? bias = null, double eps = 1e-5) =>
        Ops.LayerNorm.Call(this, shape, weight, bias, eps);

    /// <summary>Zeroes elements with probability p while training.</summary>
    public Tensor Dropout(double p, bool train) => Ops.Dropout.Call(this, p, train);

    /// <summary>Mean squared difference.</summary>
    public Tensor MseLoss(Tensor target) => Ops.MseLoss.Call(this, target);

    /// <summary>Cross entropy of logits [N, C] with classes [N] (int64).</summary>
    public Tensor CrossEntropyLoss(Tensor target) => Ops.CrossEntropyLoss.Call(this, target);
}
