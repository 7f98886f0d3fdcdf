using System.Text;
using AInimEngine.Neural.Decoding;
using AInimEngine.Neural.Networks;

namespace AInimEngine.Engine.Playing;

/// <summary>How presets write what a model can do.</summary>
public static class ModelWords
{
    /// <summary>The operations of bends: "flip_horizontal".</summary>
    public static IReadOnlyList<string> Operations { get; } = [.. Enum.GetNames<BendOperation>().Select(Spelling)];

    /// <summary>The operation of a word.</summary>
    public static BendOperation Operation(string word) => Enum.Parse<BendOperation>(word.Replace("_", "", StringComparison.Ordinal), ignoreCase: true);

    /// <summary>The kind of noise of a word.</summary>
    public static NoiseMode Noise(string word) => Enum.Parse<NoiseMode>(word, ignoreCase: true);

    private static string Spelling(string name)
    {
        var text = new StringBuilder();
        foreach (char c in name)
            text.Append(char.IsAsciiLetterUpper(c) && text.Length > 0 ? "_" : "").Append(char.ToLowerInvariant(c));
        return text.ToString();
    }
}
