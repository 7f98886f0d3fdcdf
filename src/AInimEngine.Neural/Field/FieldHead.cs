using static AInimEngine.Neural.Field.FieldShape;

namespace AInimEngine.Neural.Field;

/// <summary>
/// The inputs of the palette head: colours and lights of one picture, folded into small matrices. What it draws with them
/// is recorded by <see cref="FieldHeadRecorder"/>.
/// </summary>
internal sealed class FieldHead
{
    private readonly FieldUniverse _universe;
    private readonly FieldLook _look;
    private readonly double[,] _ramp = new double[FieldPalette.Stops + 1, 3];

    public FieldHead(FieldUniverse universe)
    {
        _universe = universe;
        _look = universe.Look;
        HasEdges = _look.EdgeGlow > FieldLook.Least;
        HasLines = _look.Line > FieldLook.Least || _look.Ink > FieldLook.Least;
        HasCurtains = _look.Curtains > FieldLook.Least;
        HasShine = _look.Shine > FieldLook.Least / 2;
        Emissions = (HasEdges ? 1 : 0) + (HasLines ? 1 : 0) + (HasCurtains ? 2 : 0) + (HasShine ? 1 : 0);
    }

    /// <summary>Whether terrace edges glow.</summary>
    public bool HasEdges { get; }

    /// <summary>Whether lines are drawn, in light or ink.</summary>
    public bool HasLines { get; }

    /// <summary>Whether there are curtains of light.</summary>
    public bool HasCurtains { get; }

    /// <summary>Whether there are highlights.</summary>
    public bool HasShine { get; }

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
        double strand = _look.Strands * controls.Detail * (0.4 + 0.6 * controls.Detail);
        (strands[0], strands[1], strands[2]) = ((float)(0.6 * strand), (float)(0.4 * strand), (float)(0.3 * strand));
        (double sin, double cos) = Math.SinCos(2 * Math.PI * _universe.Character[0] + color[2] * 0.7);
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
        (double sin, double cos) = Math.SinCos(2 * Math.PI * controls.Hue + lean * 0.25);
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
        if (HasEdges)
            Emit(light, width, column++, 6, 1.1, 1.1, gain * controls.Glow * _look.EdgeGlow * (0.5 + 0.8 * _universe.Character[11]) * (1 + 2 * pulse));
        if (HasLines)
        {
            Emit(light, width, column, 4, 1, 1, gain * controls.Glow * 0.9 * _look.Line);
            (double r, double g, double b) = Linear(0, 1, 1);
            light[column] += (float)(r * gain * 0.85 * _look.Ink);
            light[width + column] += (float)(g * gain * 0.85 * _look.Ink);
            light[2 * width + column++] += (float)(b * gain * 0.85 * _look.Ink);
        }
        if (HasCurtains)
        {
            Emit(light, width, column++, 6, 1.05, 1.15, gain * controls.Glow * _look.Curtains * (1 + pulse));
            Emit(light, width, column++, 2, 1.15, 1.25, gain * controls.Glow * _look.Curtains * (1 + pulse));
        }
        if (HasShine)
            Emit(light, width, column, 4, 1, 1, gain * _look.Shine);
    }

    private void Emit(Span<float> light, int width, int column, int stop, double lightness, double chroma, double strength)
    {
        (double r, double g, double b) = Linear(stop, lightness, chroma);
        (light[column], light[width + column], light[2 * width + column]) = ((float)(r * strength), (float)(g * strength), (float)(b * strength));
    }

    private (double R, double G, double B) Linear(int stop, double lightness, double chroma) =>
        OkLab.ToLinear(_ramp[stop, 0] * lightness, _ramp[stop, 1] * chroma, _ramp[stop, 2] * chroma);
}
