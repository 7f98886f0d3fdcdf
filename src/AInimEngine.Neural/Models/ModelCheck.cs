using System.Globalization;
using System.Numerics;
using AInimEngine.Core.Errors;
using AInimEngine.Neural.Models.Formats;

namespace AInimEngine.Neural.Models;

/// <summary>Makes models out of cards and arrays, and refuses those that do not fit together.</summary>
public static class ModelCheck
{
    private const int MostWidth = 4096;
    private const int MostChannels = 8192;
    private const int MostClasses = 10_000;
    private const int MostMappingLayers = 64;

    /// <summary>A model of one's own arrays.</summary>
    /// <param name="card">What it is.</param>
    /// <param name="arrays">Singles, halves or bfloat16.</param>
    /// <exception cref="AInimException">The card is wrong, or an array is missing, unknown, of another shape, or not finite.</exception>
    public static Model Make(ModelCard card, IEnumerable<WeightArray> arrays)
    {
        try
        {
            var stored = new Dictionary<string, StoredArray>(StringComparer.Ordinal);
            foreach (WeightArray array in arrays)
                if (!stored.TryAdd(array.Name, StoredArray.Of(array)))
                    throw new InvalidDataException($"it has array {Printable.Quote(array.Name)} twice");
            return Load(card, stored, long.MaxValue);
        }
        catch (InvalidDataException error)
        {
            throw new AInimException(ExitCode.Input, $"cannot use the model '{card.Name}': {error.Message}", error);
        }
    }

    /// <summary>Checks everything and copies the arrays out of the file.</summary>
    /// <param name="card">What it is said to be.</param>
    /// <param name="arrays">Under our names.</param>
    /// <param name="mostBytes">A file's arrays cannot have more bytes than this.</param>
    /// <exception cref="InvalidDataException">They do not fit together.</exception>
    internal static Model Load(ModelCard card, IReadOnlyDictionary<string, StoredArray> arrays, long mostBytes)
    {
        CheckCard(card);
        IReadOnlyDictionary<string, long[]> shapes = ModelShapes.Of(card);
        foreach ((string name, long[] shape) in shapes)
        {
            if (!arrays.TryGetValue(name, out StoredArray? array))
                throw new InvalidDataException($"array '{name}' is missing{Because(card)}");
            if (!shape.AsSpan().SequenceEqual(array.Shape))
                throw new InvalidDataException($"array '{name}' has the shape {Printable.Shape(array.Shape)} where {Printable.Shape(shape)} is needed{Because(card)}");
            mostBytes -= array.Count * array.Type.Size();
        }
        foreach (string name in arrays.Keys)
            if (!shapes.ContainsKey(name))
                throw new InvalidDataException($"array {Printable.Quote(name)} has no place{Because(card)}");
        if (mostBytes < 0)
            throw new InvalidDataException("its arrays overlap: together they are larger than the file");
        var loaded = new List<WeightArray>(shapes.Count);
        foreach (string name in shapes.Keys)
            loaded.Add(Finite(arrays[name].Load(name)));
        return new Model(card, loaded);
    }

    /// <summary>Checks a card by itself.</summary>
    /// <exception cref="InvalidDataException">It cannot be.</exception>
    internal static void CheckCard(ModelCard card)
    {
        bool isFastGan = card.Architecture == ModelArchitecture.FastGan;
        int least = isFastGan ? 256 : 16;
        Require(BitOperations.IsPow2(card.Resolution) && card.Resolution >= least && card.Resolution <= 1024, $"a resolution of {card.Resolution}; powers of two from {least} to 1024 are played");
        Require(card.ZDim is > 0 and <= MostWidth, $"a z of {card.ZDim} numbers");
        Require(card.WDim is > 0 and <= MostWidth, $"a w of {card.WDim} numbers");
        Require(card.Classes is >= 0 and <= MostClasses && (card.Classes == 0 || card.Architecture != ModelArchitecture.FastGan), $"{card.Classes} classes");
        Require(isFastGan ? card.MappingLayers == 0 && card.WDim == card.ZDim : card.MappingLayers is > 0 and <= MostMappingLayers, $"{card.MappingLayers} mapping layers");
        Require(double.IsFinite(card.MappingMultiplier) && card.MappingMultiplier > 0, "an impossible multiplier of its mapping network");
        Require(card.Synthesis is "skip" or "resnet" or "orig", $"the architecture {Printable.Quote(card.Synthesis)}; skip, resnet and orig are played");
        Require(card.Channels.Count == BitOperations.Log2((uint)card.Resolution) - 1 && card.Channels.All(c => c is > 0 and <= MostChannels), "impossible channels");
        Require(card.ConvClamp is null || (double.IsFinite(card.ConvClamp.Value) && card.ConvClamp > 0), "an impossible conv_clamp");
        Require(card.ClassNames.Count == 0 || card.ClassNames.Count == card.Classes, $"{card.ClassNames.Count} names for {card.Classes} classes");
        Require(card.ImageChangePerUnit.Count == 0 || (card.ImageChangePerUnit.Count == ModelShapes.LatentLayers(card) && card.ImageChangePerUnit.All(c => float.IsFinite(c) && c >= 0)), "impossible measures of image change");

        static void Require(bool condition, string what)
        {
            if (!condition)
                throw new InvalidDataException("it has " + what);
        }
    }

    private static WeightArray Finite(WeightArray array)
    {
        ReadOnlySpan<float> values = array.ToSingles();
        bool isVariance = array.Name.EndsWith("running_var", StringComparison.Ordinal);
        for (int i = 0; i < values.Length; i++)
        {
            if (!float.IsFinite(values[i]))
                throw new InvalidDataException(string.Create(CultureInfo.InvariantCulture, $"array '{array.Name}' has the value {values[i]} at element {i}: the training has failed, or the file is broken; use an earlier snapshot"));
            if (isVariance && values[i] < 0)
                throw new InvalidDataException($"array '{array.Name}' has a negative variance at element {i}");
        }
        return array;
    }

    private static string Because(ModelCard card) => string.Create(
        CultureInfo.InvariantCulture,
        $" in {NameOf(card)} at {card.Resolution}x{card.Resolution} with z {card.ZDim}, w {card.WDim}");

    private static string NameOf(ModelCard card) => card.Architecture switch
    {
        ModelArchitecture.Sg2 => $"a StyleGAN2 model ({card.Synthesis})",
        ModelArchitecture.Sm => "an SM model",
        _ => "a FastGAN model",
    };
}
