namespace AInimEngine.Neural.Latents;

/// <summary>
/// Descent with a memory of the last steps' curvature (L-BFGS: Liu and Nocedal 1989), for the few numbers of a latent, in
/// managed memory. Along each direction it looks for a place with strong Wolfe conditions (Nocedal and Wright 2006,
/// algorithms 3.5 and 3.6). Deterministic; one thread.
/// </summary>
internal sealed class Lbfgs
{
    private const int Memory = 20, MostTrials = 20;
    private const double Decrease = 1e-4, Flatness = 0.9;
    private readonly Func<double[], double[], double> _evaluate;
    private readonly Func<bool>? _isOver;
    private readonly List<(double[] Step, double[] Change, double Inverse)> _memory = [];
    private double[] _x, _gradient;
    private double _value;

    /// <summary>Prepares a descent.</summary>
    /// <param name="start">Where it begins; copied.</param>
    /// <param name="evaluate">Value at the first array; writes the gradient into the second. It may throw to end the descent.</param>
    /// <param name="isOver">Asked after an evaluation whether it was none, since the search is to pause; null for never.</param>
    public Lbfgs(ReadOnlySpan<double> start, Func<double[], double[], double> evaluate, Func<bool>? isOver = null)
    {
        (_evaluate, _isOver) = (evaluate, isOver);
        _x = start.ToArray();
        _gradient = new double[_x.Length];
        _value = evaluate(_x, _gradient);
    }

    /// <summary>One direction and the search along it: one or a few evaluations.</summary>
    /// <returns>Whether it came lower; if not, it stands at a minimum or at the end of what its precision can tell.</returns>
    public bool Iterate()
    {
        double[] direction = Direction();
        double slope = Dot(direction, _gradient);
        if (!(slope < 0) || !double.IsFinite(_value))
            return false;
        // Nothing is known of the scale at first: a step as long as the gradient is large, but no longer than one.
        double length = _memory.Count > 0 ? 1 : Math.Min(1, 1 / _gradient.Sum(Math.Abs));
        if (Search(direction, slope, length) is not { } found)
        {
            // Nothing has been learned: what is remembered serves whoever goes on from here.
            if (_isOver?.Invoke() ?? false)
                return false;
            // What was remembered may have been misleading: once more straight down before giving up.
            bool isTried = _memory.Count == 0;
            _memory.Clear();
            return !isTried && Iterate();
        }
        Remember(found);
        (_x, _gradient, _value) = (found.X, found.Gradient, found.Value);
        return true;
    }

    private Point? Search(double[] direction, double slope, double length)
    {
        var low = new Point(0, _value, slope, _x, _gradient);
        Point? high = null;
        for (int trial = 0; trial < MostTrials; trial++)
        {
            Point here = At(direction, length);
            if (double.IsNaN(here.Value) && (_isOver?.Invoke() ?? false))
                break;
            if (!double.IsFinite(here.Value) || here.Value > _value + Decrease * length * slope || (low.Length > 0 && here.Value >= low.Value))
                high = here;
            else if (Math.Abs(here.Slope) <= -Flatness * slope)
                return here;
            else
            {
                if (here.Slope * ((high?.Length ?? double.PositiveInfinity) - here.Length) >= 0)
                    high = low;
                low = here;
            }
            if (high is null)
            {
                length *= 4;
                continue;
            }
            length = Between(low, high);
            if (Math.Abs(high.Length - low.Length) * -slope < 1e-12 * Math.Abs(_value))
                break;
        }
        return low.Length > 0 ? low : null;
    }

    // Minimum of the cubic through two places and their slopes, kept away from both.
    private static double Between(Point low, Point high)
    {
        double width = high.Length - low.Length, middle = low.Length + 0.5 * width;
        if (!double.IsFinite(high.Value))
            return low.Length + 0.1 * width;
        double d1 = low.Slope + high.Slope - 3 * (low.Value - high.Value) / (low.Length - high.Length);
        double square = d1 * d1 - low.Slope * high.Slope;
        if (!(square >= 0))
            return middle;
        double d2 = Math.Sign(width) * Math.Sqrt(square);
        double share = 1 - (high.Slope + d2 - d1) / (high.Slope - low.Slope + 2 * d2);
        return double.IsFinite(share) ? low.Length + Math.Clamp(share, 0.1, 0.9) * width : middle;
    }

    private Point At(double[] direction, double length)
    {
        double[] x = new double[_x.Length], gradient = new double[_x.Length];
        for (int i = 0; i < x.Length; i++)
            x[i] = _x[i] + length * direction[i];
        double value = _evaluate(x, gradient);
        return new Point(length, value, Dot(direction, gradient), x, gradient);
    }

    private double[] Direction()
    {
        double[] direction = Array.ConvertAll(_gradient, value => -value);
        Span<double> shares = stackalloc double[_memory.Count];
        for (int i = _memory.Count - 1; i >= 0; i--)
        {
            shares[i] = _memory[i].Inverse * Dot(_memory[i].Step, direction);
            Add(direction, _memory[i].Change, -shares[i]);
        }
        if (_memory.Count > 0)
        {
            (_, double[] change, double inverse) = _memory[^1];
            double scale = 1 / (inverse * Dot(change, change));
            for (int i = 0; i < direction.Length; i++)
                direction[i] *= scale;
        }
        for (int i = 0; i < _memory.Count; i++)
            Add(direction, _memory[i].Step, shares[i] - _memory[i].Inverse * Dot(_memory[i].Change, direction));
        return direction;
    }

    private void Remember(Point found)
    {
        double[] step = [.. found.X.Zip(_x, (now, before) => now - before)], change = [.. found.Gradient.Zip(_gradient, (now, before) => now - before)];
        double product = Dot(step, change);
        if (!(product > 1e-10 * Dot(change, change)))
            return;
        if (_memory.Count == Memory)
            _memory.RemoveAt(0);
        _memory.Add((step, change, 1 / product));
    }

    private static double Dot(double[] a, double[] b)
    {
        double sum = 0;
        for (int i = 0; i < a.Length; i++)
            sum += a[i] * b[i];
        return sum;
    }

    private static void Add(double[] a, double[] b, double share)
    {
        for (int i = 0; i < a.Length; i++)
            a[i] += share * b[i];
    }

    private sealed record Point(double Length, double Value, double Slope, double[] X, double[] Gradient);
}
