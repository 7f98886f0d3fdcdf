using AInimEngine.Core.Parameters;
using AInimEngine.Mapping.Json;

namespace AInimEngine.Mapping.Presets;

/// <summary>Checks a modulation's min and max against the row of its target.</summary>
internal static class ModulationCheck
{
    /// <summary>The most that a multiplying row may scale by.</summary>
    public const float MaxFactor = 16;

    /// <summary>The range that min and max of a row may take.</summary>
    public static (float Min, float Max) Range(ModulationMode mode, Parameter target) => mode switch
    {
        ModulationMode.Set => (target.Min, target.Max),
        ModulationMode.Multiply => (0, MaxFactor),
        _ => (-(target.Max - target.Min), target.Max - target.Min),
    };

    /// <summary>Says where and why a row does not fit its target, or null.</summary>
    public static (TextPosition At, string Message)? Find(Modulation row, Parameter target)
    {
        (float min, float max) = Range(row.Mode, target);
        return Fault("min", row.Min, row.MinAt) ?? Fault("max", row.Max, row.MaxAt);

        (TextPosition, string)? Fault(string key, float value, TextPosition at)
        {
            if (value >= min && value <= max)
                return null;
            string how = row.Mode switch
            {
                ModulationMode.Set => "a row that sets",
                ModulationMode.Multiply => "a row that multiplies",
                _ => "a row that adds to",
            };
            string left = at.Line > 0 ? "" : " (its default)";
            return (at.Line > 0 ? at : row.At, $"{key} = {value:g6}{left} is outside {min:g6}..{max:g6} for {how} {row.Target} ({target.Min:g6}..{target.Max:g6}{(target.Unit.Length > 0 ? " " + target.Unit : "")})");
        }
    }
}
