using System.Globalization;
using AInimEngine.Core.Frames;
using AInimEngine.Mapping.Json;

namespace AInimEngine.Mapping.Signals;

/// <summary>Understands the names of signals: "bass", "chroma[3]", "lfo:0.1", "noise:0.2".</summary>
internal static class SourceName
{
    public const string LfoPrefix = "lfo:";
    public const string NoisePrefix = "noise:";

    /// <summary>Features in their own units, beside the normalised ones; usable as sources, but neither listed nor sent to shaders.</summary>
    public const string RawPrefix = "raw.";

    public const double MinRate = 0.001, MaxRate = 20;

    /// <summary>Splits "chroma[3]" into name and index; a name alone has index 0.</summary>
    public static bool TrySplit(string text, out string name, out int index)
    {
        name = text;
        index = 0;
        int bracket = text.IndexOf('[', StringComparison.Ordinal);
        if (bracket < 0)
            return text.Length > 0;
        name = text[..bracket];
        return bracket > 0 && text[^1] == ']'
            && int.TryParse(text.AsSpan(bracket + 1, text.Length - bracket - 2), NumberStyles.None, CultureInfo.InvariantCulture, out index);
    }

    /// <summary>Finds a float of a layout by "name" or "name[index]", or says why there is none.</summary>
    public static string? Find(FrameLayout layout, string text, out int offset, out FrameField? field)
    {
        offset = 0;
        field = null;
        if (!TrySplit(text, out string name, out int index))
            return $"{JsonText.Quote(text)} is no name; write \"chroma[3]\" for one float of a field";
        foreach (FrameField candidate in layout.Fields)
            if (candidate.Name == name)
                field = candidate;
        if (field is null)
            return $"unknown name {JsonText.Quote(name)}{Suggestion.For(name, layout.Fields.Select(candidate => candidate.Name))}";
        if (index >= field.Length || (field.Length > 1 && index == 0 && !text.EndsWith(']')))
            return $"'{name}' has {field.Length} float{(field.Length == 1 ? "" : "s")}; write \"{name}[0]\" to \"{name}[{field.Length - 1}]\"";
        offset = layout.OffsetOf(name) + index;
        return null;
    }

    /// <summary>Whether the text asks for a generated signal; the rate in Hz may still be out of range.</summary>
    public static bool IsGenerated(string text, out bool noise, out double rate)
    {
        noise = text.StartsWith(NoisePrefix, StringComparison.Ordinal);
        rate = 0;
        if (!noise && !text.StartsWith(LfoPrefix, StringComparison.Ordinal))
            return false;
        if (!double.TryParse(text.AsSpan(text.IndexOf(':', StringComparison.Ordinal) + 1), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out rate))
            rate = double.NaN;
        return true;
    }

    /// <summary>Says why a source cannot be used, or null.</summary>
    public static string? Check(FrameLayout features, string text)
    {
        if (IsGenerated(text, out _, out double rate))
            return rate is >= MinRate and <= MaxRate ? null : $"the rate of {JsonText.Quote(text)} must be a number of Hz in {MinRate}..{MaxRate}";
        if (Find(features, text, out _, out _) is not { } reason)
            return null;
        return reason.StartsWith("unknown name", StringComparison.Ordinal)
            ? reason.Replace("unknown name", "unknown source", StringComparison.Ordinal)
            : reason;
    }
}
