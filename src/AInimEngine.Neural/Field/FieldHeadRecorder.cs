using AInimEngine.Neural.Programs;
using static AInimEngine.Neural.Field.FieldShape;

namespace AInimEngine.Neural.Field;

/// <summary>
/// Records the palette head, which draws with the network's scalar fields: terraces with shadow and rim, strands along the
/// flow, relief under a light, a colour ramp in OKLab with an accent, and emitted light (edges, lines, curtains, shine).
/// Fine marks fade where their frequency nears the pixel's, by the fields' own slopes, so nothing aliases at any size.
/// Its steps are cheap: nearly all are on single rows, and the colours of all pixels are three small products.
/// </summary>
internal sealed class FieldHeadRecorder
{
    private readonly FieldUniverse _universe;
    private readonly FieldHead _head;
    private readonly FieldLook _look;
    private readonly double[] _character;
    private readonly FieldGrid _grid;
    private readonly OpProgramBuilder b;
    private readonly FieldRecorder r;
    private readonly Slot _fields;
    private readonly double _pixel, _unit;

    // The head is drawn on n pixels; what a slope of a slope needs, on m, one row more.
    private readonly long _w, _n, _m;
    private readonly Slot _strandMix, _tone, _ramp, _darkest, _light;

    private Slot _dx, _dy, _slopes, _gates;
    private Slot _strandsWide, _strands, _lit;
    private Slot _t, _slope, _part, _edge, _sharp, _step, _distance, _distance2;

    private FieldHeadRecorder(OpProgramBuilder builder, FieldGrid grid, FieldUniverse universe, FieldHead head, Slot fields)
    {
        (b, r) = (builder, new FieldRecorder(builder));
        (_universe, _head, _look, _character, _grid, _fields) = (universe, head, universe.Look, universe.Character, grid, fields);
        (_pixel, _unit) = (grid.Pixel, 1 / grid.Pixel);
        _w = grid.Columns;
        _n = _w * grid.Height;
        _m = _n + _w;
        long[][] shapes = FieldHead.InputShapes(head.Emissions);
        _strandMix = b.Input(ScalarType.Float32, shapes[0]);
        _tone = b.Input(ScalarType.Float32, shapes[1]);
        _ramp = b.Input(ScalarType.Float32, shapes[2]);
        _darkest = b.Input(ScalarType.Float32, shapes[3]);
        _light = b.Input(ScalarType.Float32, shapes[4]);
    }

    /// <summary>Records it, with <see cref="FieldHead.InputShapes"/> as further inputs.</summary>
    /// <param name="b">The program.</param>
    /// <param name="grid">The pixels.</param>
    /// <param name="universe">Whose style.</param>
    /// <param name="head">Which means it uses.</param>
    /// <param name="fields">[Heads, grid.Count]: the network's output.</param>
    /// <returns>[3, H, grid.Columns]: sRGB planes, 0 to about 1.3.</returns>
    public static Slot Record(OpProgramBuilder b, FieldGrid grid, FieldUniverse universe, FieldHead head, Slot fields)
    {
        var recorder = new FieldHeadRecorder(b, grid, universe, head, fields);
        recorder.Slopes();
        recorder.Strands();
        recorder.Relief();
        recorder.Terraces();
        Slot cones = recorder.Paint();
        return recorder.Develop(recorder.Lights(cones));
    }

    private Slot Field(int head) => First(b.Select(_fields, 0, head));

    private Slot Gates(int head) => First(b.Select(_gates, 0, head - Amount));

    private Slot Slope2(int head) => First(b.Select(_slopes, 0, head));

    private Slot First(Slot row) => b.Narrow(row, 0, 0, _n);

    // Squared slopes per pixel of the height, strand and line fields, by forward differences; the gates of all marks.
    private void Slopes()
    {
        Slot sloped = b.Narrow(_fields, 0, 0, 3), here = b.Narrow(sloped, 1, 0, _m);
        _dx = b.Sub(b.Narrow(sloped, 1, 1, _m), here);
        _dy = b.Sub(b.Narrow(sloped, 1, _w, _m), here);
        _slopes = b.Add_(r.MulAdd_(b.Mul(_dx, _dx), _dy, _dy), 1e-8);
        _gates = b.Sigmoid(b.Narrow(b.Narrow(_fields, 0, Amount, 4), 1, 0, _m));
    }

    // Three frequencies of hair-fine lines along a direction that the forms bend.
    private void Strands()
    {
        double density = (0.75 + 0.5 * _character[1]) / (1.04 * _universe.Slope[Strand] + 0.6);
        double[] kappa = [22 * density, 42 * density, 75 * density];
        double[] fading = [-1.21 * kappa[0] * kappa[0], -1.21 * kappa[1] * kappa[1], -1.21 * kappa[2] * kappa[2]];
        Slot phase = b.Mul(r.Column(kappa), b.Narrow(b.Select(_fields, 0, Strand), 0, 0, _m));
        phase = b.Sin_(r.AddScaled_(phase, b.Narrow(b.Narrow(_fields, 0, CurtainA, FieldShape.Strands), 1, 0, _m), 2));
        Slot fade = b.Exp_(b.Mul(r.Column(fading), b.Select(_slopes, 0, Strand)));
        _strandsWide = b.Select(b.Mm(_strandMix, b.Mul_(phase, fade)), 0, 0);
        _strandsWide = b.Mul_(_strandsWide, b.Add_(b.Mul(b.Select(_gates, 0, 0), 0.7), 0.3));
        _strands = First(_strandsWide);
    }

    // A light from one side over height and strands; about 0.7 where flat.
    private void Relief()
    {
        double deep = 0.8 * Math.Min(_look.Relief, 1) / _universe.Slope[Height] * _unit, fine = 0.035 * _look.Relief * _unit;
        Slot across = b.Sub(b.Narrow(_strandsWide, 0, 1, _n), _strands), down = b.Sub(b.Narrow(_strandsWide, 0, _w, _n), _strands);
        Slot hx = r.AddScaled_(b.Mul(First(b.Select(_dx, 0, Height)), deep), across, fine);
        Slot hy = r.AddScaled_(b.Mul(First(b.Select(_dy, 0, Height)), deep), down, fine);
        Slot facing = b.Rsqrt_(r.MulAdd_(b.Add_(b.Mul(hx, hx), 1), hy, hy));
        _lit = b.Add_(r.MulAdd_(b.Mul(hx, b.Narrow(_tone, 0, 2, 1)), hy, b.Narrow(_tone, 0, 3, 1)), 0.71);
        _lit = b.Mul_(_lit, facing);
    }

    // t counts terraces, part is the way from one edge to the next, edge rises over two pixels above an edge,
    // step is what flattens t into stairs, distance is that to the nearest edge in pixels.
    private void Terraces()
    {
        double bands = (0.7 + 0.6 * _character[2]) * _look.Bands / _universe.Slope[Height];
        _t = r.AddScaled_(b.Mul(Field(Height), bands), _strands, 0.05);
        Slot slope2 = b.Mul(Slope2(Height), bands * bands);
        _slope = b.Sqrt(slope2);
        _part = b.Sub(_t, b.Floor(_t));
        _edge = r.SmoothStep(r.ClampMax_(b.Div(_part, r.ClampMax_(b.Mul(_slope, 2.2), 0.5)), 1));
        _sharp = b.Exp_(b.Mul(slope2, -2.89));
        _step = b.Mul_(b.Sub_(b.Sub(_edge, _part), 1), _sharp);
        _distance = b.Div(b.Minimum(_part, r.OneMinus(_part)), _slope);
        _distance2 = b.Mul(_distance, _distance);
    }

    // Colour and shade: [3, n] cone responses, before they are cubed.
    private Slot Paint()
    {
        // The place on the ramp, 0 dark to 5 light: a flattened cosine of all that came before, sunk where it is night.
        Slot tau = r.AddScaled(Field(Tone), _step, _look.Terraces * (0.7 + 0.4 * _character[4]));
        tau = r.AddScaled_(r.AddScaled_(tau, _t, 0.5), _strands, 0.2);
        Slot c = b.Cos_(tau);
        Slot place = b.Add_(b.Mul_(b.Add_(b.Mul_(b.Mul(c, c), -0.99), -1.21), c), 2.5);
        Slot awake = b.Add_(b.Mul(Gates(Night), -_look.Night), 1);
        place = b.Mul_(b.Mul_(b.Add_(b.Mul(place, b.Narrow(_tone, 0, 0, 1)), b.Narrow(_tone, 0, 1, 1)), place), awake);

        // Five sigmoid steps up the ramp, and an accent that takes whole terraces.
        Slot mixing = b.Buffer(ScalarType.Float32, FieldPalette.Stops, _n);
        Slot stripes = b.Sin_(b.Add_(b.Mul_(b.Add(_t, _step), 2.1), 6 * _character[8]));
        Slot accent = b.Sigmoid_(r.AddScaled_(b.Add_(b.Mul(Field(Accent), 9), -12), stripes, 5.4));
        Slot share = r.MulInto(accent, b.Mul(awake, 0.75), b.Select(mixing, 0, 5));
        Slot climbs = b.Sigmoid_(b.Sub(b.Mul_(place, 3.4), r.Column(1.7, 5.1, 8.5, 11.9, 15.3)));
        r.MulInto(climbs, r.OneMinus(share), b.Narrow(mixing, 0, 0, 5));
        Slot lab = b.Addmm(_darkest, _ramp, mixing);

        // Shade takes more light than colour away.
        Slot lightness = b.Select(lab, 0, 0), hues = b.Narrow(lab, 0, 1, 2);
        Slot shade = b.Mul_(b.Mul_(b.Add(_lit, -0.66), 0.35 + 0.9 * _look.Relief), b.Add_(b.Mul(lightness, -0.75), 1.25));
        Slot factor = b.Mul_(b.Add(shade, 1), _grid.Vignette(b));
        if (_look.Shadow > FieldLook.Least)
        {
            Slot fall = b.Exp_(b.Neg_(b.Div(_part, b.Add_(b.Mul(_slope, 0.045 * _unit), 0.04))));
            fall = b.Mul_(b.Mul_(fall, _edge), _sharp);
            factor = b.Mul_(factor, b.Add_(b.Mul_(fall, -_look.Shadow * 0.42 * (0.5 + 0.5 * _character[6])), 1));
        }
        if (_look.Rim > FieldLook.Least)
            factor = r.AddScaled_(factor, b.Mul_(b.Exp_(b.Mul(_distance2, -0.8)), _sharp), 0.16 * _look.Rim);
        r.AddScaled_(b.Mul_(lightness, factor), _strands, 0.03);
        b.Mul_(hues, b.Add_(b.Mul_(shade, -0.3), 1.02));
        return b.Mm(r.Matrix(3, 3, OkLab.ConesFromLab), lab);
    }

    // [3 + emissions, n]: cubed cone responses and the strength of every emission, in the order of FieldHead.Write.
    private Slot Lights(Slot cones)
    {
        Slot lights = b.Buffer(ScalarType.Float32, 3 + _head.Emissions, _n);
        Slot reflected = r.MulInto(b.Mul(cones, cones), cones, b.Narrow(lights, 0, 0, 3));
        int row = 3;
        if (_head.HasEdges)
        {
            double core = Math.Max(0.9, 0.008 * _unit);
            Slot glow = b.Mul_(b.Exp_(b.Mul(_distance2, -1 / (core * core))), 0.8);
            glow = r.AddScaled_(glow, b.Exp_(b.Mul(_distance, -_pixel / 0.035)), 0.3);
            r.MulInto(b.Mul_(glow, Gates(Gate)), _sharp, b.Select(lights, 0, row++));
        }
        if (_head.HasLines)
        {
            Slot drawn = DrawnLines(b.Select(lights, 0, row++));
            b.Mul_(reflected, b.Add_(b.Mul(drawn, -(0.8 * _look.Line + 0.85 * _look.Ink)), 1));
        }
        if (_head.HasCurtains)
        {
            Slot both = b.Narrow(b.Narrow(_fields, 0, CurtainA, 2), 1, 0, _n);
            Slot fall = b.Exp_(b.Minimum(b.Mul(both, -2.0), b.Mul(both, 14.0)));
            Slot folds = b.Add_(b.Mul_(b.Div(_strands, b.Add_(b.Abs(_strands), 1)), 0.9), 0.75);
            Slot gate = b.Add_(b.Mul(Gates(Gate), 0.8), 0.2);
            r.MulInto(b.Mul(b.Select(fall, 0, 0), gate), folds, b.Select(lights, 0, row++));
            r.MulInto(b.Mul(b.Select(fall, 0, 1), b.Add_(b.Neg(gate), 1.2)), folds, b.Select(lights, 0, row++));
        }
        if (_head.HasShine)
        {
            Slot l2 = b.Mul_(b.Relu(_lit), _lit), l4 = b.Mul(l2, l2), l8 = b.Mul(l4, l4);
            r.MulInto(b.Mul(l8, l8), l4, b.Select(lights, 0, row));
        }
        return lights;
    }

    // Lines at equal steps of the line field, as wide as the pen's pressure, down to nothing.
    private Slot DrawnLines(Slot target)
    {
        double count = (2 + 4 * _character[9]) / (_universe.Slope[Height] * 0.8 + _universe.Slope[CurtainA] * 0.15);
        Slot slope = b.Add_(b.Sqrt(Slope2(Line)), 0.05 * _pixel);
        Slot away = b.Div_(b.Abs_(b.Sin_(b.Mul(Field(Line), Math.PI * count))), b.Mul(slope, Math.PI * count));
        Slot width = b.Mul(Gates(Pressure), 0.012 * (0.5 + 0.8 * _character[7]) * _unit);
        Slot outside = r.SmoothStep(b.Clamp_(b.Add_(b.Mul_(b.Sub_(away, width), 1 / 1.6), 0.5), 0, 1));
        Slot press = r.SmoothStep(r.ClampMax_(b.Mul(width, 1 / 0.6), 1));
        Slot fading = b.Exp_(b.Mul_(b.Mul(slope, slope), -9 * count * count));
        return r.MulInto(b.Mul_(r.OneMinus(outside), press), fading, target);
    }

    // A soft shoulder, then sRGB's curve by roots: 0.585 x^1/2 + 0.783 x^1/4 - 0.368 x^1/8, within 0.004 above 0.002.
    private Slot Develop(Slot lights)
    {
        Slot linear = b.Clamp_(b.Mm(_light, lights), 0.0009, 4);
        linear = b.Div_(linear, b.Add_(b.Mul(linear, 0.22), 0.78));
        Slot root2 = b.Sqrt_(linear), root4 = b.Sqrt(root2), root8 = b.Sqrt(root4);
        Slot srgb = r.AddScaled_(r.AddScaled_(b.Mul_(root2, 0.585122381), root4, 0.783140355), root8, -0.368262736);
        return b.View(srgb, 3, _grid.Height, _w);
    }
}
