namespace AInimEngine.Neural;

// Element by element.
public sealed unsafe partial class Tensor
{
    /// <summary>Sine of each element, in radians.</summary>
    public Tensor Sin() => Ops.Sin.Call(this);

    /// <summary>Sine of each element, in radians. In place.</summary>
    public Tensor Sin_()
    {
        Ops.SinInPlace.Run(this);
        return this;
    }

    /// <summary>Cosine of each element, in radians.</summary>
    public Tensor Cos() => Ops.Cos.Call(this);

    /// <summary>Cosine of each element, in radians. In place.</summary>
    public Tensor Cos_()
    {
        Ops.CosInPlace.Run(this);
        return this;
    }

    /// <summary>Hyperbolic tangent of each element.</summary>
    public Tensor Tanh() => Ops.Tanh.Call(this);

    /// <summary>Hyperbolic tangent of each element. In place.</summary>
    public Tensor Tanh_()
    {
        Ops.TanhInPlace.Run(this);
        return this;
    }

    /// <summary>1 / (1 + exp(-x)) of each element.</summary>
    public Tensor Sigmoid() => Ops.Sigmoid.Call(this);

    /// <summary>1 / (1 + exp(-x)) of each element. In place.</summary>
    public Tensor Sigmoid_()
    {
        Ops.SigmoidInPlace.Run(this);
        return this;
    }

    /// <summary>max(x, 0) of each element.</summary>
    public Tensor Relu() => Ops.Relu.Call(this);

    /// <summary>max(x, 0) of each element. In place.</summary>
    public Tensor Relu_()
    {
        Ops.ReluInPlace.Run(this);
        return this;
    }

    /// <summary>e to the power of each element.</summary>
    public Tensor Exp() => Ops.Exp.Call(this);

    /// <summary>e to the power of each element. In place.</summary>
    public Tensor Exp_()
    {
        Ops.ExpInPlace.Run(this);
        return this;
    }

    /// <summary>Natural logarithm of each element.</summary>
    public Tensor Log() => Ops.Log.Call(this);

    /// <summary>Natural logarithm of each element. In place.</summary>
    public Tensor Log_()
    {
        Ops.LogInPlace.Run(this);
        return this;
    }

    /// <summary>Square root of each element.</summary>
    public Tensor Sqrt() => Ops.Sqrt.Call(this);

    /// <summary>Square root of each element. In place.</summary>
    public Tensor Sqrt_()
    {
        Ops.SqrtInPlace.Run(this);
        return this;
    }

    /// <summary>1 / square root of each element.</summary>
    public Tensor Rsqrt() => Ops.Rsqrt.Call(this);

    /// <summary>1 / square root of each element. In place.</summary>
    public Tensor Rsqrt_()
    {
        Ops.RsqrtInPlace.Run(this);
        return this;
    }

    /// <summary>Magnitude of each element.</summary>
    public Tensor Abs() => Ops.Abs.Call(this);

    /// <summary>Magnitude of each element. In place.</summary>
    public Tensor Abs_()
    {
        Ops.AbsInPlace.Run(this);
        return this;
    }

    /// <summary>Each element with its sign changed.</summary>
    public Tensor Neg() => Ops.Neg.Call(this);

    /// <summary>Each element with its sign changed. In place.</summary>
    public Tensor Neg_()
    {
        Ops.NegInPlace.Run(this);
        return this;
    }

    /// <summary>Each element times itself.</summary>
    public Tensor Square() => Ops.Square.Call(this);

    /// <summary>Each element times itself. In place.</summary>
    public Tensor Square_()
    {
        Ops.SquareInPlace.Run(this);
        return this;
    }

    /// <summary>Each element rounded down.</summary>
    public Tensor Floor() => Ops.Floor.Call(this);

    /// <summary>Each element rounded down. In place.</summary>
    public Tensor Floor_()
    {
        Ops.FloorInPlace.Run(this);
        return this;
    }

    /// <summary>Each element rounded to the nearest, ties to even.</summary>
    public Tensor Round() => Ops.Round.Call(this);

    /// <summary>Each element rounded to the nearest, ties to even. In place.</summary>
    public Tensor Round_()
    {
        Ops.RoundInPlace.Run(this);
        return this;
    }

    /// <summary>Each element less its whole part.</summary>
    public Tensor Frac() => Ops.Frac.Call(this);

    /// <summary>Each element less its whole part. In place.</summary>
    public Tensor Frac_()
    {
        Ops.FracInPlace.Run(this);
        return this;
    }

    /// <summary>-1, 0 or 1.</summary>
    public Tensor Sign() => Ops.Sign.Call(this);

    /// <summary>-1, 0 or 1. In place.</summary>
    public Tensor Sign_()
    {
        Ops.SignInPlace.Run(this);
        return this;
    }

    /// <summary>1 / x of each element.</summary>
    public Tensor Reciprocal() => Ops.Reciprocal.Call(this);

    /// <summary>1 / x of each element. In place.</summary>
    public Tensor Reciprocal_()
    {
        Ops.ReciprocalInPlace.Run(this);
        return this;
    }

    /// <summary>x * sigmoid(x) of each element.</summary>
    public Tensor Silu() => Ops.Silu.Call(this);

    /// <summary>x * sigmoid(x) of each element. In place.</summary>
    public Tensor Silu_()
    {
        Ops.SiluInPlace.Run(this);
        return this;
    }

    /// <summary>log(1 + exp(x)) of each element.</summary>
    public Tensor Softplus() => Ops.Softplus.Call(this);

    /// <summary>x times the normal distribution function of x.</summary>
    public Tensor Gelu() => Ops.Gelu.Call(this);

    /// <summary>Inverse tangent of each element.</summary>
    public Tensor Atan() => Ops.Atan.Call(this);

    /// <summary>This plus the other, broadcast.</summary>
    public Tensor Add(Tensor other) => Ops.Add.Call(this, other);

    /// <summary>This plus a number.</summary>
    public Tensor Add(double other) => Ops.AddNumber.Call(this, other);

    /// <summary>This plus the other, broadcast, in place.</summary>
    public Tensor Add_(Tensor other)
    {
        Ops.AddInPlace.Run(this, other);
        return this;
    }

    /// <summary>This plus a number, in place.</summary>
    public Tensor Add_(double other)
    {
        Ops.AddNumberInPlace.Run(this, other);
        return this;
    }

    /// <summary>This minus the other, broadcast.</summary>
    public Tensor Sub(Tensor other) => Ops.Sub.Call(this, other);

    /// <summary>This minus a number.</summary>
    public Tensor Sub(double other) => Ops.SubNumber.Call(this, other);

    /// <summary>This minus the other, broadcast, in place.</summary>
    public Tensor Sub_(Tensor other)
    {
        Ops.SubInPlace.Run(this, other);
        return this;
    }

    /// <summary>This minus a number, in place.</summary>
    public Tensor Sub_(double other)
    {
        Ops.SubNumberInPlace.Run(this, other);
        return this;
    }

    /// <summary>This times the other, broadcast.</summary>
    public Tensor Mul(Tensor other) => Ops.Mul.Call(this, other);

    /// <summary>This times a number.</summary>
    public Tensor Mul(double other) => Ops.MulNumber.Call(this, other);

    /// <summary>This times the other, broadcast, in place.</summary>
    public Tensor Mul_(Tensor other)
    {
        Ops.MulInPlace.Run(this, other);
        return this;
    }

    /// <summary>This times a number, in place.</summary>
    public Tensor Mul_(double other)
    {
        Ops.MulNumberInPlace.Run(this, other);
        return this;
    }

    /// <summary>This divided by the other, broadcast.</summary>
    public Tensor Div(Tensor other) => Ops.Div.Call(this, other);

    /// <summary>This divided by a number.</summary>
    public Tensor Div(double other) => Ops.DivNumber.Call(this, other);

    /// <summary>This divided by the other, broadcast, in place.</summary>
    public Tensor Div_(Tensor other)
    {
        Ops.DivInPlace.Run(this, other);
        return this;
    }

    /// <summary>This divided by a number, in place.</summary>
    public Tensor Div_(double other)
    {
        Ops.DivNumberInPlace.Run(this, other);
        return this;
    }

    /// <summary>Each element to a power.</summary>
    public Tensor Pow(double exponent) => Ops.Pow.Call(this, exponent);

    /// <summary>Angle of (other, this), in radians.</summary>
    public Tensor Atan2(Tensor other) => Ops.Atan2.Call(this, other);

    /// <summary>The larger of each pair.</summary>
    public Tensor Maximum(Tensor other) => Ops.Maximum.Call(this, other);

    /// <summary>The smaller of each pair.</summary>
    public Tensor Minimum(Tensor other) => Ops.Minimum.Call(this, other);

    /// <summary>What is left after division, with the sign of the divisor.</summary>
    public Tensor Remainder(double divisor) => Ops.Remainder.Call(this, divisor);

    /// <summary>Each element held to a range; null leaves an end open.</summary>
    public Tensor Clamp(double? min, double? max) => Ops.Clamp.Call(this, min, max);

    /// <summary>Each element held to a range, in place.</summary>
    public Tensor Clamp_(double? min, double? max)
    {
        Ops.ClampInPlace.Run(this, min, max);
        return this;
    }

    /// <summary>This + weight * (end - this).</summary>
    public Tensor Lerp(Tensor end, double weight) => Ops.Lerp.Call(this, end, weight);

    /// <summary>This + weight * (end - this), weight by element.</summary>
    public Tensor Lerp(Tensor end, Tensor weight) => Ops.LerpTensor.Call(this, end, weight);

    /// <summary>This + weight * (end - this), in place: a moving average.</summary>
    public Tensor Lerp_(Tensor end, double weight)
    {
        Ops.LerpInPlace.Run(this, end, weight);
        return this;
    }

    /// <summary>This + first * second.</summary>
    public Tensor Addcmul(Tensor first, Tensor second) => Ops.Addcmul.Call(this, first, second);

    /// <summary>x, or negativeSlope * x below zero.</summary>
    public Tensor LeakyRelu(double negativeSlope = 0.01) => Ops.LeakyRelu.Call(this, negativeSlope);

    /// <summary>x, or negativeSlope * x below zero, in place.</summary>
    public Tensor LeakyRelu_(double negativeSlope = 0.01)
    {
        Ops.LeakyReluInPlace.Run(this, negativeSlope);
        return this;
    }

    /// <summary>First half of a dimension times the sigmoid of its second half.</summary>
    public Tensor Glu(long dim = -1) => Ops.Glu.Call(this, dim);

    /// <summary>Takes the values of the source, broadcast and converted, from any device.</summary>
    public Tensor Copy_(Tensor source)
    {
        Ops.CopyInPlace.Run(this, source);
        return this;
    }

    /// <summary>Sets every element.</summary>
    public Tensor Fill_(double value)
    {
        Ops.FillInPlace.Run(this, value);
        return this;
    }

    /// <summary>Sets every element to zero.</summary>
    public Tensor Zero_()
    {
        Ops.ZeroInPlace.Run(this);
        return this;
    }

    /// <summary>Where the elements are greater, a bool tensor.</summary>
    public Tensor Gt(double value) => Ops.Gt.Call(this, value);

    /// <summary>Where the elements are less, a bool tensor.</summary>
    public Tensor Lt(double value) => Ops.Lt.Call(this, value);

    /// <summary>Elements of this where the condition holds, else of the other.</summary>
    public Tensor Where(Tensor condition, Tensor other) => Ops.Where.Call(condition, this, other);
}
