namespace AInimEngine.Neural.Programs;

// Element by element.
public sealed unsafe partial class OpProgramBuilder
{
    /// <summary>Sine of each element, in radians.</summary>
    public Slot Sin(OpArgument x) => Call(Ops.Sin, x);

    /// <summary>Sine of each element, in radians. In place.</summary>
    public Slot Sin_(OpArgument x) => Call(Ops.SinInPlace, x);

    /// <summary>Cosine of each element, in radians.</summary>
    public Slot Cos(OpArgument x) => Call(Ops.Cos, x);

    /// <summary>Cosine of each element, in radians. In place.</summary>
    public Slot Cos_(OpArgument x) => Call(Ops.CosInPlace, x);

    /// <summary>Hyperbolic tangent of each element.</summary>
    public Slot Tanh(OpArgument x) => Call(Ops.Tanh, x);

    /// <summary>Hyperbolic tangent of each element. In place.</summary>
    public Slot Tanh_(OpArgument x) => Call(Ops.TanhInPlace, x);

    /// <summary>1 / (1 + exp(-x)) of each element.</summary>
    public Slot Sigmoid(OpArgument x) => Call(Ops.Sigmoid, x);

    /// <summary>1 / (1 + exp(-x)) of each element. In place.</summary>
    public Slot Sigmoid_(OpArgument x) => Call(Ops.SigmoidInPlace, x);

    /// <summary>max(x, 0) of each element.</summary>
    public Slot Relu(OpArgument x) => Call(Ops.Relu, x);

    /// <summary>max(x, 0) of each element. In place.</summary>
    public Slot Relu_(OpArgument x) => Call(Ops.ReluInPlace, x);

    /// <summary>e to the power of each element.</summary>
    public Slot Exp(OpArgument x) => Call(Ops.Exp, x);

    /// <summary>e to the power of each element. In place.</summary>
    public Slot Exp_(OpArgument x) => Call(Ops.ExpInPlace, x);

    /// <summary>Natural logarithm of each element.</summary>
    public Slot Log(OpArgument x) => Call(Ops.Log, x);

    /// <summary>Natural logarithm of each element. In place.</summary>
    public Slot Log_(OpArgument x) => Call(Ops.LogInPlace, x);

    /// <summary>Square root of each element.</summary>
    public Slot Sqrt(OpArgument x) => Call(Ops.Sqrt, x);

    /// <summary>Square root of each element. In place.</summary>
    public Slot Sqrt_(OpArgument x) => Call(Ops.SqrtInPlace, x);

    /// <summary>1 / square root of each element.</summary>
    public Slot Rsqrt(OpArgument x) => Call(Ops.Rsqrt, x);

    /// <summary>1 / square root of each element. In place.</summary>
    public Slot Rsqrt_(OpArgument x) => Call(Ops.RsqrtInPlace, x);

    /// <summary>Magnitude of each element.</summary>
    public Slot Abs(OpArgument x) => Call(Ops.Abs, x);

    /// <summary>Magnitude of each element. In place.</summary>
    public Slot Abs_(OpArgument x) => Call(Ops.AbsInPlace, x);

    /// <summary>Each element with its sign changed.</summary>
    public Slot Neg(OpArgument x) => Call(Ops.Neg, x);

    /// <summary>Each element with its sign changed. In place.</summary>
    public Slot Neg_(OpArgument x) => Call(Ops.NegInPlace, x);

    /// <summary>Each element times itself.</summary>
    public Slot Square(OpArgument x) => Call(Ops.Square, x);

    /// <summary>Each element times itself. In place.</summary>
    public Slot Square_(OpArgument x) => Call(Ops.SquareInPlace, x);

    /// <summary>Each element rounded down.</summary>
    public Slot Floor(OpArgument x) => Call(Ops.Floor, x);

    /// <summary>Each element rounded down. In place.</summary>
    public Slot Floor_(OpArgument x) => Call(Ops.FloorInPlace, x);

    /// <summary>Each element rounded to the nearest, ties to even.</summary>
    public Slot Round(OpArgument x) => Call(Ops.Round, x);

    /// <summary>Each element rounded to the nearest, ties to even. In place.</summary>
    public Slot Round_(OpArgument x) => Call(Ops.RoundInPlace, x);

    /// <summary>Each element less its whole part.</summary>
    public Slot Frac(OpArgument x) => Call(Ops.Frac, x);

    /// <summary>Each element less its whole part. In place.</summary>
    public Slot Frac_(OpArgument x) => Call(Ops.FracInPlace, x);

    /// <summary>-1, 0 or 1.</summary>
    public Slot Sign(OpArgument x) => Call(Ops.Sign, x);

    /// <summary>-1, 0 or 1. In place.</summary>
    public Slot Sign_(OpArgument x) => Call(Ops.SignInPlace, x);

    /// <summary>1 / x of each element.</summary>
    public Slot Reciprocal(OpArgument x) => Call(Ops.Reciprocal, x);

    /// <summary>1 / x of each element. In place.</summary>
    public Slot Reciprocal_(OpArgument x) => Call(Ops.ReciprocalInPlace, x);

    /// <summary>x * sigmoid(x) of each element.</summary>
    public Slot Silu(OpArgument x) => Call(Ops.Silu, x);

    /// <summary>x * sigmoid(x) of each element. In place.</summary>
    public Slot Silu_(OpArgument x) => Call(Ops.SiluInPlace, x);

    /// <summary>log(1 + exp(x)) of each element.</summary>
    public Slot Softplus(OpArgument x) => Call(Ops.Softplus, x);

    /// <summary>x times the normal distribution function of x.</summary>
    public Slot Gelu(OpArgument x) => Call(Ops.Gelu, x);

    /// <summary>Inverse tangent of each element.</summary>
    public Slot Atan(OpArgument x) => Call(Ops.Atan, x);

    /// <summary>x plus the other, broadcast.</summary>
    public Slot Add(OpArgument x, OpArgument other) => Call(Ops.Add, x, other);

    /// <summary>x plus a number.</summary>
    public Slot Add(OpArgument x, double other) => Call(Ops.AddNumber, x, other);

    /// <summary>x plus the other, broadcast, in place.</summary>
    public Slot Add_(OpArgument x, OpArgument other) => Call(Ops.AddInPlace, x, other);

    /// <summary>x plus a number, in place.</summary>
    public Slot Add_(OpArgument x, double other) => Call(Ops.AddNumberInPlace, x, other);

    /// <summary>x minus the other, broadcast.</summary>
    public Slot Sub(OpArgument x, OpArgument other) => Call(Ops.Sub, x, other);

    /// <summary>x minus a number.</summary>
    public Slot Sub(OpArgument x, double other) => Call(Ops.SubNumber, x, other);

    /// <summary>x minus the other, broadcast, in place.</summary>
    public Slot Sub_(OpArgument x, OpArgument other) => Call(Ops.SubInPlace, x, other);

    /// <summary>x minus a number, in place.</summary>
    public Slot Sub_(OpArgument x, double other) => Call(Ops.SubNumberInPlace, x, other);

    /// <summary>x times the other, broadcast.</summary>
    public Slot Mul(OpArgument x, OpArgument other) => Call(Ops.Mul, x, other);

    /// <summary>x times a number.</summary>
    public Slot Mul(OpArgument x, double other) => Call(Ops.MulNumber, x, other);

    /// <summary>x times the other, broadcast, in place.</summary>
    public Slot Mul_(OpArgument x, OpArgument other) => Call(Ops.MulInPlace, x, other);

    /// <summary>x times a number, in place.</summary>
    public Slot Mul_(OpArgument x, double other) => Call(Ops.MulNumberInPlace, x, other);

    /// <summary>x divided by the other, broadcast.</summary>
    public Slot Div(OpArgument x, OpArgument other) => Call(Ops.Div, x, other);

    /// <summary>x divided by a number.</summary>
    public Slot Div(OpArgument x, double other) => Call(Ops.DivNumber, x, other);

    /// <summary>x divided by the other, broadcast, in place.</summary>
    public Slot Div_(OpArgument x, OpArgument other) => Call(Ops.DivInPlace, x, other);

    /// <summary>x divided by a number, in place.</summary>
    public Slot Div_(OpArgument x, double other) => Call(Ops.DivNumberInPlace, x, other);

    /// <summary>Each element to a power.</summary>
    public Slot Pow(OpArgument x, double exponent) => Call(Ops.Pow, x, exponent);

    /// <summary>Angle of (other, x), in radians.</summary>
    public Slot Atan2(OpArgument x, OpArgument other) => Call(Ops.Atan2, x, other);

    /// <summary>The larger of each pair.</summary>
    public Slot Maximum(OpArgument x, OpArgument other) => Call(Ops.Maximum, x, other);

    /// <summary>The smaller of each pair.</summary>
    public Slot Minimum(OpArgument x, OpArgument other) => Call(Ops.Minimum, x, other);

    /// <summary>What is left after division, with the sign of the divisor.</summary>
    public Slot Remainder(OpArgument x, double divisor) => Call(Ops.Remainder, x, divisor);

    /// <summary>Each element held to a range; null leaves an end open.</summary>
    public Slot Clamp(OpArgument x, double? min, double? max) => Call(Ops.Clamp, x, min, max);

    /// <summary>Each element held to a range, in place.</summary>
    public Slot Clamp_(OpArgument x, double? min, double? max) => Call(Ops.ClampInPlace, x, min, max);

    /// <summary>x + weight * (end - x).</summary>
    public Slot Lerp(OpArgument x, OpArgument end, double weight) => Call(Ops.Lerp, x, end, weight);

    /// <summary>x + weight * (end - x), weight by element.</summary>
    public Slot Lerp(OpArgument x, OpArgument end, OpArgument weight) => Call(Ops.LerpTensor, x, end, weight);

    /// <summary>x + weight * (end - x), in place: a moving average.</summary>
    public Slot Lerp_(OpArgument x, OpArgument end, double weight) => Call(Ops.LerpInPlace, x, end, weight);

    /// <summary>x + first * second.</summary>
    public Slot Addcmul(OpArgument x, OpArgument first, OpArgument second) => Call(Ops.Addcmul, x, first, second);

    /// <summary>x, or negativeSlope * x below zero.</summary>
    public Slot LeakyRelu(OpArgument x, double negativeSlope = 0.01) => Call(Ops.LeakyRelu, x, negativeSlope);

    /// <summary>x, or negativeSlope * x below zero, in place.</summary>
    public Slot LeakyRelu_(OpArgument x, double negativeSlope = 0.01) => Call(Ops.LeakyReluInPlace, x, negativeSlope);

    /// <summary>First half of a dimension times the sigmoid of its second half.</summary>
    public Slot Glu(OpArgument x, long dim = -1) => Call(Ops.Glu, x, dim);

    /// <summary>Takes the values of the source, broadcast and converted, from any device.</summary>
    public Slot Copy_(OpArgument x, OpArgument source) => Call(Ops.CopyInPlace, x, source);

    /// <summary>Sets every element.</summary>
    public Slot Fill_(OpArgument x, double value) => Call(Ops.FillInPlace, x, value);

    /// <summary>Sets every element to zero.</summary>
    public Slot Zero_(OpArgument x) => Call(Ops.ZeroInPlace, x);

    /// <summary>Where the elements are greater, a bool tensor.</summary>
    public Slot Gt(OpArgument x, double value) => Call(Ops.Gt, x, value);

    /// <summary>Where the elements are less, a bool tensor.</summary>
    public Slot Lt(OpArgument x, double value) => Call(Ops.Lt, x, value);

    /// <summary>Elements of x where the condition holds, else of the other.</summary>
    public Slot Where(OpArgument x, OpArgument condition, OpArgument other) => Call(Ops.Where, condition, x, other);
}
