using System.Runtime.InteropServices;
using System.Text.RegularExpressions;
using AInimEngine.Neural.Decoding.Recording;
using AInimEngine.Neural.Models;

namespace AInimEngine.Neural.Latents;

/// <summary>
/// A model between two of the same shape, array by array: by weight, or by layer (Pinkney and Adler, "Resolution dependent
/// GAN interpolation", 2020). Looks like something where one was trained from the other.
/// </summary>
public static partial class ModelBlend
{
    /// <summary>Blends.</summary>
    /// <param name="first">Its card is kept.</param>
    /// <param name="second">Of the same shape.</param>
    /// <param name="name">Of the new model.</param>
    /// <param name="share">Share of the second, 0 to 1, at a resolution; null asks for the mapping network.</param>
    /// <exception cref="ArgumentException">The models differ in shape; the message says where.</exception>
    public static Model Blend(Model first, Model second, string name, Func<int?, double> share)
    {
        if (Difference(first.Card, second.Card) is { } difference)
            throw new ArgumentException($"they differ in {difference}", nameof(second));
        List<WeightArray> arrays = [];
        foreach (WeightArray array in first.Arrays)
        {
            WeightArray other = second.Find(array.Name) is { } found && found.Shape.SequenceEqual(array.Shape)
                ? found
                : throw new ArgumentException($"the second has no '{array.Name}' of that shape", nameof(second));
            arrays.Add(Mix(array, other, share(ResolutionOf(array.Name, first.Card.Resolution))));
        }
        ModelCard card = first.Card with
        {
            Name = name,
            Source = null,
            SourceHash = null,
            ImageChangePerUnit = [],
            Licence = first.Card.Licence == second.Card.Licence ? first.Card.Licence : $"{first.Card.Licence ?? "unknown"}; {second.Card.Licence ?? "unknown"}",
        };
        return new Model(card, arrays);
    }

    /// <summary>Resolution that an array works at; null for the mapping network.</summary>
    /// <param name="name">Of the array.</param>
    /// <param name="finest">That of arrays that make the last picture.</param>
    internal static int? ResolutionOf(string name, int finest)
    {
        if (name.StartsWith("mapping.", StringComparison.Ordinal))
            return null;
        if (BlockName().Match(name) is { Success: true } match)
            return int.Parse(match.Groups[1].ValueSpan, System.Globalization.CultureInfo.InvariantCulture);
        return name.StartsWith("synthesis.torgb", StringComparison.Ordinal) || name.StartsWith("to_", StringComparison.Ordinal) ? finest : 4;
    }

    private static string? Difference(ModelCard first, ModelCard second)
    {
        if (first.Architecture != second.Architecture)
            return $"architecture ({ArchitectureName.Of(first.Architecture)} and {ArchitectureName.Of(second.Architecture)})";
        if (first.Resolution != second.Resolution)
            return $"resolution ({first.Resolution} and {second.Resolution})";
        if (first.WDim != second.WDim || first.ZDim != second.ZDim)
            return "the length of z or w";
        if (first.Classes != second.Classes)
            return $"classes ({first.Classes} and {second.Classes})";
        if (first.Synthesis != second.Synthesis)
            return $"synthesis ({first.Synthesis} and {second.Synthesis})";
        return first.Channels.SequenceEqual(second.Channels) ? null : "channels";
    }

    private static WeightArray Mix(WeightArray first, WeightArray second, double share)
    {
        if (share <= 0)
            return first;
        if (share >= 1)
            return second;
        using var scope = new TensorScope();
        float[] values = ModelTensors.Read(first).Lerp(ModelTensors.Read(second), share).ToArray<float>();
        return new WeightArray(first.Name, ScalarType.Float32, first.Shape, MemoryMarshal.AsBytes<float>(values).ToArray());
    }

    [GeneratedRegex(@"(?:^synthesis\.b|^feat_|^se_)(\d{1,4})\.")]
    private static partial Regex BlockName();
}
