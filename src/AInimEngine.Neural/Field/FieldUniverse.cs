using static AInimEngine.Neural.Field.FieldShape;

namespace AInimEngine.Neural.Field;

/// <summary>
/// The fixed weights of one universe, drawn from its number alone, and what <see cref="FieldCalibration"/> then sets so
/// that every universe is as detailed, as bright and as contrasty as its style asks for.
/// </summary>
internal sealed class FieldUniverse
{
    public FieldUniverse(ulong number, FieldStyle? style, FieldPalette? palette)
    {
        Number = number;
        var draw = new FieldDraw(number);
        int styles = Enum.GetValues<FieldStyle>().Length;
        var main = (FieldStyle)draw.Index(styles);
        var second = (FieldStyle)draw.Index(styles);
        double mix = draw.Uniform() * 0.45;
        Style = style ?? main;
        Look = FieldLook.Of(Style).Mix(FieldLook.Of(second), mix);
        int drawn = draw.Index(FieldPalette.All.Count);
        Palette = palette ?? FieldPalette.All[drawn];

        Folds = 2 + draw.Index(5);
        double u = draw.Uniform();
        Symmetry = u < 0.5 ? 0 : u < 0.75 ? 0.5 : 1;
        Mirrored = draw.Uniform() < 0.3;
        WarpGain = 0.45 + 0.6 * draw.Uniform();

        (double[] x, double[] y) = Directions(draw, Flow, 1.2, -0.7);
        Flow1 = new double[Flow, 4];
        double[] phase = draw.Uniform(Flow, 2 * Math.PI), radial = draw.Normal(Flow, 0.25 + 0.5 * Symmetry);
        for (int i = 0; i < Flow; i++)
            (Flow1[i, 0], Flow1[i, 1], Flow1[i, 2], Flow1[i, 3]) = (x[i], y[i], phase[i], radial[i]);
        Flow1Latent = draw.Normal(Flow * LatentWidth, 0.25);

        Flow2 = draw.Normal(Flow * Flow, 1.4 / Math.Sqrt(Flow));
        Flow2Base = draw.Normal(Flow * 2, 0.7);
        Flow2Bias = draw.Uniform(Flow, 2 * Math.PI);
        Flow2Latent = draw.Normal(Flow * LatentWidth, 0.25);
        Warp = draw.Normal(2 * Flow, 1.4 / Math.Sqrt(Flow));

        (Form1X, Form1Y) = Directions(draw, Form, 1.2, -0.1);
        Form1Flow = draw.Normal(Form * Flow, 0.9 / Math.Sqrt(Flow));
        Form1Bias = draw.Uniform(Form, 2 * Math.PI);
        Form1Latent = draw.Normal(Form * LatentWidth, 0.25);

        Form2 = draw.Normal(Form * Form, 1.3 / Math.Sqrt(Form));
        Form2Base = draw.Normal(Form * 2, 0.8);
        Form2Bias = draw.Uniform(Form, 2 * Math.PI);
        Form2Latent = draw.Normal(Form * LatentWidth, 0.25);

        Head = draw.Normal(Heads * 2 * Form, 1.41 / Math.Sqrt(2 * Form));
        HeadLatent = draw.Normal(Heads * LatentWidth, 0.25);
        NightHead = draw.Normal(Flow, 1.41 / Math.Sqrt(Flow));
        Character = draw.Uniform(12);
        ColorLatent = draw.Normal(4 * LatentWidth, 0.4);
        (StrandY, StrandX) = Math.SinCos(draw.Uniform() * 2 * Math.PI);
        NightBias = draw.Uniform() * 1.2 - 0.6;
        FrequencyGain = Math.Pow(2, draw.Uniform() * 0.7 - 0.2);
    }

    public ulong Number { get; }
    public FieldStyle Style { get; }
    public FieldLook Look { get; }
    public FieldPalette Palette { get; }

    /// <summary>Rotational symmetry k of the folded coordinates.</summary>
    public int Folds { get; }

    /// <summary>0 plain coordinates, 1 folded ones.</summary>
    public double Symmetry { get; }

    /// <summary>Left and right alike.</summary>
    public bool Mirrored { get; }

    public double WarpGain { get; }

    /// <summary>[Flow, 4] weights of x, y, 1, rho.</summary>
    public double[,] Flow1 { get; }

    public double[] Flow1Latent { get; }
    public double[] Flow2 { get; }
    public double[] Flow2Base { get; }
    public double[] Flow2Bias { get; }
    public double[] Flow2Latent { get; }

    /// <summary>[2, Flow]: how the flow displaces the coordinates that the forms see.</summary>
    public double[] Warp { get; }

    public double[] Form1X { get; }
    public double[] Form1Y { get; }
    public double[] Form1Flow { get; }
    public double[] Form1Bias { get; }
    public double[] Form1Latent { get; }
    public double[] Form2 { get; }
    public double[] Form2Base { get; }
    public double[] Form2Bias { get; }
    public double[] Form2Latent { get; }

    /// <summary>[Heads, form2 and form1].</summary>
    public double[] Head { get; }

    public double[] HeadLatent { get; }

    /// <summary>[Flow]: the night field comes from the flow, so that dark regions are large.</summary>
    public double[] NightHead { get; }

    /// <summary>Twelve numbers in 0..1 that vary the head: light direction, strand and line frequency and so on.</summary>
    public double[] Character { get; }

    /// <summary>[4, LatentWidth]: tone, hue, light and line pressure from the last fine layer.</summary>
    public double[] ColorLatent { get; }

    public double StrandX { get; }
    public double StrandY { get; }
    public double NightBias { get; }
    public double FrequencyGain { get; }

    // Set by calibration.

    /// <summary>Network units per unit length.</summary>
    public double Scale { get; set; } = 1;

    /// <summary>Mean of each raw head.</summary>
    public double[] HeadMean { get; } = new double[Heads];

    /// <summary>Deviation of each raw head, mostly within a picture.</summary>
    public double[] HeadDeviation { get; } = [.. Enumerable.Repeat(1.0, Heads)];

    /// <summary>Mean slope of each head, deviations per unit length.</summary>
    public double[] Slope { get; } = [.. Enumerable.Repeat(1.0, Heads)];

    /// <summary>How far the tone field wanders along the ramp.</summary>
    public double ToneGain { get; set; } = 1;

    /// <summary>Bends the ramp to its light (positive) or dark end.</summary>
    public double ToneBias { get; set; }

    /// <summary>Factor on light.</summary>
    public double Gain { get; set; } = 1;

    /// <summary>Log-uniform frequencies exp(range * u + start) in uniform directions.</summary>
    private static (double[] X, double[] Y) Directions(FieldDraw draw, int count, double range, double start)
    {
        double[] x = draw.Uniform(count, range), y = draw.Uniform(count, 2 * Math.PI);
        for (int i = 0; i < count; i++)
        {
            double frequency = Math.Exp(x[i] + start);
            (double sin, double cos) = Math.SinCos(y[i]);
            (x[i], y[i]) = (frequency * cos, frequency * sin);
        }
        return (x, y);
    }
}
