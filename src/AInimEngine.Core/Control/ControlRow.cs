using AInimEngine.Core.Parameters;

namespace AInimEngine.Core.Control;

/// <summary>One thing that keys, OSC, MIDI and the web can reach.</summary>
/// <param name="Id">Path in lower case, parts joined by '/': "master/speed", "param/bloom.strength", "preset/next", "blackout".</param>
/// <param name="Kind">What can be done with it.</param>
/// <param name="Description">One sentence for people.</param>
/// <param name="Parameter">Range, unit, default and curve of a <see cref="ControlKind.Value"/>; null for other kinds.</param>
public sealed record ControlRow(string Id, ControlKind Kind, string Description, Parameter? Parameter = null)
{
    /// <summary>The parameter's value for a controller's 0..1; outside it is clamped.</summary>
    public float FromUnit(float unit)
    {
        float at = Math.Clamp(float.IsFinite(unit) ? unit : 0, 0, 1);
        if (Parameter is not { } row)
            return at;
        return row.Curve switch
        {
            ParameterCurve.Exponential => row.Min * MathF.Pow(row.Max / row.Min, at),
            ParameterCurve.Integer => MathF.Round(row.Min + at * (row.Max - row.Min)),
            _ => row.Min + at * (row.Max - row.Min),
        };
    }

    /// <summary>A controller's 0..1 for a value of the parameter; the inverse of <see cref="FromUnit"/>.</summary>
    public float ToUnit(float value)
    {
        if (Parameter is not { } row)
            return Math.Clamp(value, 0, 1);
        if (row.Max <= row.Min)
            return 0;
        float clamped = Math.Clamp(value, row.Min, row.Max);
        return row.Curve == ParameterCurve.Exponential
            ? MathF.Log(clamped / row.Min) / MathF.Log(row.Max / row.Min)
            : (clamped - row.Min) / (row.Max - row.Min);
    }
}
