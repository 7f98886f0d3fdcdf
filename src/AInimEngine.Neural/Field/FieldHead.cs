using AInimEngine.Neural.Programs;
using static AInimEngine.Neural.Field.FieldShape;

namespace AInimEngine.Neural.Field;

/// <summary>
/// The palette head: draws with the network's scalar fields. Terraces with shadow and rim, strands along the flow, relief
/// under a light, a colour ramp in OKLab with an accent, and emitted light (edges, lines, curtains, shine). Fine marks
/// fade where their frequency nears the pixel's, by the fields' own slopes, so nothing aliases at any size.
/// </summary>
internal sealed class FieldHead
{
    private readonly FieldUniverse _universe;
    private readonly FieldLook _look;
    private readonly double[,] _ramp = new double[FieldPalette.Stops + 1, 3];
    private readonly bool _edges, _lines, _curtains, _shine;

    public FieldHead(FieldUniverse universe)
    {
        _universe = universe;
        _look = universe.Look;
        _edges = _look.EdgeGlow > FieldLook.Least;
        _lines = _look.Line > FieldLook.Least || _look.Ink > FieldLook.Least;
        _curtains = _look.Curtains > FieldLook.Least;
        _shine = _look.Shine > FieldLook.Least / 2;
        Emissions = (_edges ? 1 : 0) + (_lines ? 1 : 0) + (_curtains ? 2 : 0) + (_shine ? 1 : 0);
    }

    /// <summary>Number of emitted lights.</summary>
    public int Emissions { get; }

    /// <summary>Shapes of the head's inputs: strands, tone and light, ramp, darkest colour, light.</summary>
    public static long[][] InputShapes(int emissions) =>
        [[1, Strands], [4], [3, FieldPalette.Stops], [3, 1], [3, 3 + emissions]];

    /// <summary>Folds the colour latents and controls into the inputs.</summary>
    public void Write(
        ReadOnlySpan<double> color, in FieldControls controls,
        Span<float> strands, Span<float> tone, Span<float> ramp, Span<float> darkest, Span<float> light)
    {
        double strand = _look.Strands * controls.Detail;
        (strands[0], strands[1], strands[2]) = ((float)(0.6 * strand), (float)(0.4 * strand), (float)(0.3 * strand));
        (double sin, double cos) = Math.SinCos(2 * Math.PI * _universe.Character[0] + color[2] * 0.9);
        tone[0] = (float)(-0.16 * _universe.ToneBias);
        tone[1] = (float)(1 + 0.8 * _universe.ToneBias);
        tone[2] = (float)(cos * 0.71);
        tone[3] = (float)(sin * 0.71);
        WriteRamp(color[1], controls, ramp, darkest);
        WriteLight(controls, light);
    }

    private void WriteRamp(double lean, in FieldControls controls, Span<float> ramp, Span<float> darkest)
    {
        const int Accent = FieldPalette.Stops;
        FieldPalette palette = _universe.Palette;
        (double sin, double cos) = Math.SinCos(2 * Math.PI * controls.Hue + lean * 0.35);
        for (int i = 0; i <= Accent; i++)
        {
            double a = 1.25 * palette.A(i), b = 1.25 * palette.B(i);
            _ramp[i, 0] = i < Accent ? palette.L(i) * 1.14 - 0.085 : palette.L(i);
            _ramp[i, 1] = a * cos - b * sin + controls.TintA;
            _ramp[i, 2] = a * sin + b * cos + controls.TintB;
        }
        for (int c = 0; c < 3; c++)
        {
            darkest[c] = (float)_ramp[0, c];
            for (int i = 0; i < FieldPalette.Stops; i++)
                ramp[c * FieldPalette.Stops + i] = (float)(i + 1 < Accent ? _ramp[i + 1, c] - _ramp[i, c] : _ramp[Accent, c] - _ramp[0, c]);
        }
    }

    private void WriteLight(in FieldControls controls, Span<float> light)
    {
        int width = 3 + Emissions, column = 3;
        double gain = _universe.Gain * (1 + 0.8 * controls.Pulse), pulse = controls.Pulse;
        for (int i = 0; i < 9; i++)
            light[i / 3 * width + i % 3] = (float)(OkLab.LinearFromCones[i] * gain);
        if (_edges)
            Emit(light, width, column++, 6, 1.1, 1.1, gain * controls.Glow * _look.EdgeGlow * (0.5 + 0.8 * _universe.Character[11]) * (1 + 2 * pulse));
        if (_lines)
        {
            Emit(light, width, column, 4, 1, 1, gain * controls.Glow * 0.9 * _look.Line);
            (double r, double g, double b) = Linear(0, 1, 1);
            light[column] += (float)(r * gain * 0.85 * _look.Ink);
            light[width + column] += (float)(g * gain * 0.85 * _look.Ink);
            light[2 * width + column++] += (float)(b * gain * 0.85 * _look.Ink);
        }
        if (_curtains)
        {
            Emit(light, width, column++, 6, 1.05, 1.15, gain * controls.Glow * _look.Curtains * (1 + pulse));
            Emit(light, width, column++, 2, 1.15, 1.25, gain * controls.Glow * _look.Curtains * (1 + pulse));
        }
        if (_shine)
            Emit(light, width, column, 4, 1, 1, gain * _look.Shine);
    }

    private void Emit(Span<float> light, int width, int column, int stop, double lightness, double chroma, double strength)
    {
        (double r, double g, double b) = Linear(stop, lightness, chroma);
        (light[column], light[width + column], light[2 * width + column]) = ((float)(r * strength), (float)(g * strength), (float)(b * strength));
    }

    private (double R, double G, double B) Linear(int stop, double lightness, double chroma) =>
        OkLab.ToLinear(_ramp[stop, 0] * lightness, _ramp[stop, 1] * chroma, _ramp[stop, 2] * chroma);

    /// <summary>Records the head.</summary>
    /// <param name="b">The program.</param>
    /// <param name="grid">The pixels.</param>
    /// <param name="fields">[Heads, grid.Count]: the network's output.</param>
    /// <returns>[3, H, grid.Columns]: sRGB planes, 0 to about 1.3.</returns>
    public Slot Record(OpProgramBuilder b, FieldGrid grid, Slot fields)
    {
        long[][] shapes = InputShapes(Emissions);
        Slot strandMix = b.Input(ScalarType.Float32, shapes[0]), tone = b.Input(ScalarType.Float32, shapes[1]);
        Slot ramp = b.Input(ScalarType.Float32, shapes[2]), darkest = b.Input(ScalarType.Float32, shapes[3]);
        Slot light = b.Input(ScalarType.Float32, shapes[4]);
        var r = new FieldRecorder(b);
        FieldUniverse u = _universe;
        double[] ch = u.Character;
        double pixel = grid.Pixel, unit = 1 / pixel;
        // The head is drawn on n pixels; what a slope of a slope needs, on m, one row more.
        long w = grid.Columns, n = w * grid.Height, m = n + w;

        // Squared slopes per pixel of height, strand and line fields, by forward differences.
        Slot sloped = b.Narrow(fields, 0, 0, 3), here = b.Narrow(sloped, 1, 0, m);
        Slot dx = b.Sub(b.Narrow(sloped, 1, 1, m), here), dy = b.Sub(b.Narrow(sloped, 1, w, m), here);
        Slot slopes = b.Add_(r.MulAdd(b.Mul(dx, dx), dy, dy), 1e-8);
        Slot gates = b.Sigmoid(b.Narrow(b.Narrow(fields, 0, Amount, 4), 1, 0, m));
        Slot Gates(int head) => b.Narrow(b.Select(gates, 0, head - Amount), 0, 0, n);
        Slot Field(int head) => b.Narrow(b.Select(fields, 0, head), 0, 0, n);
        Slot Slope(int head) => b.Narrow(b.Select(slopes, 0, head), 0, 0, n);

        // Strands: three frequencies of hair-fine lines, faded before they alias.
        double density = (0.75 + 0.5 * ch[1]) / (1.04 * u.Slope[Strand] + 0.6);
        double[] kappa = [22 * density, 42 * density, 75 * density];
        Slot phase = b.Mul(r.Column(kappa), b.Narrow(b.Select(fields, 0, Strand), 0, 0, m));
        phase = b.Sin_(r.AddScaled_(phase, b.Narrow(b.Narrow(fields, 0, CurtainA, Strands), 1, 0, m), 2));
        Slot fade = b.Exp_(b.Mul(r.Column([.. kappa.Select(k => -1.21 * k * k)]), b.Select(slopes, 0, Strand)));
        Slot strandsWide = b.Select(b.Mm(strandMix, b.Mul_(phase, fade)), 0, 0);
        strandsWide = b.Mul_(strandsWide, b.Add_(b.Mul(b.Select(gates, 0, 0), 0.7), 0.3));
        Slot strands = b.Narrow(strandsWide, 0, 0, n);

        // Relief: a light from one side over height and strands.
        double deep = 0.8 * Math.Min(_look.Relief, 1) / u.Slope[Height] * unit, fine = 0.035 * _look.Relief * unit;
        Slot hx = r.AddScaled_(b.Mul(b.Narrow(b.Select(dx, 0, Height), 0, 0, n), deep), b.Sub(b.Narrow(strandsWide, 0, 1, n), strands), fine);
        Slot hy = r.AddScaled_(b.Mul(b.Narrow(b.Select(dy, 0, Height), 0, 0, n), deep), b.Sub(b.Narrow(strandsWide, 0, w, n), strands), fine);
        Slot facing = b.Rsqrt_(r.MulAdd(b.Add_(b.Mul(hx, hx), 1), hy, hy));
        Slot lit = b.Add_(r.MulAdd(b.Mul(hx, b.Narrow(tone, 0, 2, 1)), hy, b.Narrow(tone, 0, 3, 1)), 0.71);
        lit = b.Mul_(lit, facing);

        // Terraces: t counts them, part is the way from one edge to the next, edge rises over one pixel and a half.
        double bands = (0.7 + 0.6 * ch[2]) * _look.Bands / u.Slope[Height];
        Slot t = r.AddScaled_(b.Mul(Field(Height), bands), strands, 0.05);
        Slot slope2 = b.Mul(Slope(Height), bands * bands), slope = b.Sqrt(slope2);
        Slot part = b.Sub(t, b.Floor(t));
        Slot edge = r.SmoothStep(r.ClampMax_(b.Div(part, r.ClampMax_(b.Mul(slope, 1.5), 0.5)), 1));
        Slot sharp = b.Exp_(b.Mul(slope2, -2.89));
        Slot step = b.Mul_(b.Sub_(b.Sub(edge, part), 1), sharp);
        Slot distance = b.Div(b.Minimum(part, r.OneMinus(part)), slope), distance2 = b.Mul(distance, distance);

        // Tone: the place on the ramp, 0 dark to about 5 light, a flattened cosine of all that came before.
        Slot tau = r.AddScaled(Field(Tone), step, _look.Terraces * (0.7 + 0.4 * ch[4]));
        tau = r.AddScaled_(r.AddScaled_(tau, t, 0.5), strands, 0.2);
        Slot c = b.Cos_(tau);
        Slot place = b.Add_(b.Mul_(b.Add_(b.Mul_(b.Mul(c, c), -1.0575), -1.2925), c), 2.4);
        Slot awake = b.Add_(b.Mul(Gates(Night), -_look.Night), 1);
        place = b.Mul_(b.Mul_(b.Add_(b.Mul(place, b.Narrow(tone, 0, 0, 1)), b.Narrow(tone, 0, 1, 1)), place), awake);

        // Colour: five steps up the ramp, and an accent that takes whole terraces.
        Slot mixing = b.Buffer(ScalarType.Float32, FieldPalette.Stops, n);
        Slot stripes = b.Sin_(b.Add_(b.Mul_(b.Add(t, step), 2.1), 6 * ch[8]));
        Slot accent = b.Sigmoid_(r.AddScaled_(b.Add_(b.Mul(Field(Accent), 9), -12), stripes, 5.4));
        Slot share = r.MulInto(accent, b.Mul(awake, 0.75), b.Select(mixing, 0, 5));
        Slot climbs = b.Sigmoid_(b.Sub(b.Mul_(place, 3.4), r.Column([1.7, 5.1, 8.5, 11.9, 15.3])));
        r.MulInto(climbs, r.OneMinus(share), b.Narrow(mixing, 0, 0, 5));
        Slot lab = b.Addmm(darkest, ramp, mixing);

        // Shade, keeping more colour than light in the dark.
        Slot lightness = b.Select(lab, 0, 0), hues = b.Narrow(lab, 0, 1, 2);
        Slot shade = b.Mul_(b.Mul_(b.Add(lit, -0.66), 0.35 + 0.9 * _look.Relief), b.Add_(b.Mul(lightness, -0.75), 1.25));
        Slot factor = b.Mul_(b.Add(shade, 1), grid.Vignette(b));
        if (_look.Shadow > FieldLook.Least)
        {
            Slot fall = b.Exp_(b.Neg_(b.Div(part, b.Add_(b.Mul(slope, 0.045 * unit), 0.04))));
            fall = b.Mul_(b.Mul_(fall, edge), sharp);
            factor = b.Mul_(factor, b.Add_(b.Mul_(fall, -_look.Shadow * 0.42 * (0.5 + 0.5 * ch[6])), 1));
        }
        if (_look.Rim > FieldLook.Least)
            factor = r.AddScaled_(factor, b.Mul_(b.Exp_(b.Mul(distance2, -0.8)), sharp), 0.16 * _look.Rim);
        r.AddScaled_(b.Mul_(lightness, factor), strands, 0.03);
        b.Mul_(hues, b.Add_(b.Mul_(shade, -0.3), 1.02));
        Slot cones = b.Mm(r.Matrix(3, 3, OkLab.ConesFromLab), lab);

        // Light: reflected and emitted, summed by one product.
        Slot lights = b.Buffer(ScalarType.Float32, 3 + Emissions, n);
        int row = 3;
        if (_edges)
        {
            double core = Math.Max(0.9, 0.008 * unit);
            Slot glow = b.Mul_(b.Exp_(b.Mul(distance2, -1 / (core * core))), 0.8);
            glow = r.AddScaled_(glow, b.Exp_(b.Mul(distance, -pixel / 0.035)), 0.3);
            r.MulInto(b.Mul_(glow, Gates(Gate)), sharp, b.Select(lights, 0, row++));
        }
        Slot? drawn = null;
        if (_lines)
        {
            double count = (2 + 4 * ch[9]) / (u.Slope[Height] * 0.8 + u.Slope[CurtainA] * 0.15);
            Slot lineSlope = b.Add_(b.Sqrt(Slope(Line)), 0.05 * pixel);
            Slot away = b.Div_(b.Abs_(b.Sin_(b.Mul(Field(Line), Math.PI * count))), b.Mul(lineSlope, Math.PI * count));
            Slot width = b.Mul(Gates(Pressure), 0.012 * (0.5 + 0.8 * ch[7]) * unit);
            Slot outside = r.SmoothStep(b.Clamp_(b.Add_(b.Mul_(b.Sub_(away, width), 1 / 1.6), 0.5), 0, 1));
            Slot press = r.SmoothStep(r.ClampMax_(b.Mul(width, 1 / 0.6), 1));
            Slot core = b.Mul_(r.OneMinus(outside), press);
            Slot fading = b.Exp_(b.Mul_(b.Mul(lineSlope, lineSlope), -9 * count * count));
            drawn = r.MulInto(core, fading, b.Select(lights, 0, row++));
        }
        if (_curtains)
        {
            Slot both = b.Narrow(b.Narrow(fields, 0, CurtainA, 2), 1, 0, n);
            Slot fall = b.Exp_(b.Minimum(b.Mul(both, -2), b.Mul(both, 14)));
            Slot folds = b.Add_(b.Mul_(b.Div(strands, b.Add_(b.Abs(strands), 1)), 0.9), 0.75);
            Slot gate = b.Add_(b.Mul(Gates(Gate), 0.8), 0.2);
            r.MulInto(b.Mul(b.Select(fall, 0, 0), gate), folds, b.Select(lights, 0, row++));
            r.MulInto(b.Mul(b.Select(fall, 0, 1), b.Add_(b.Neg(gate), 1.2)), folds, b.Select(lights, 0, row++));
        }
        if (_shine)
        {
            Slot l2 = b.Mul_(b.Relu(lit), lit), l4 = b.Mul(l2, l2), l8 = b.Mul(l4, l4);
            r.MulInto(b.Mul(l8, l8), l4, b.Select(lights, 0, row));
        }
        Slot reflected = r.MulInto(b.Mul(cones, cones), cones, b.Narrow(lights, 0, 0, 3));
        if (drawn is { } line)
            b.Mul_(reflected, b.Add_(b.Mul(line, -(0.8 * _look.Line + 0.85 * _look.Ink)), 1));
        Slot linear = b.Clamp_(b.Mm(light, lights), 0.0009, 4);

        // A soft shoulder, then sRGB's curve by roots: 0.585 x^1/2 + 0.783 x^1/4 - 0.368 x^1/8, within 0.004 above 0.002.
        linear = b.Div_(linear, b.Add_(b.Mul(linear, 0.22), 0.78));
        Slot root2 = b.Sqrt_(linear), root4 = b.Sqrt(root2), root8 = b.Sqrt(root4);
        Slot srgb = r.AddScaled_(r.AddScaled_(b.Mul_(root2, 0.585122381), root4, 0.783140355), root8, -0.368262736);
        return b.View(srgb, 3, grid.Height, w);
    }
}
