using System.Globalization;
using System.Text.Json;

namespace AInimEngine.Neural.Latents;

/// <summary>Reads fields of JSON that comes from anywhere: of the right kind, bounded, or refused by name.</summary>
internal static class JsonFields
{
    /// <summary>A text without control characters; null if it is not there.</summary>
    public static string? Text(JsonElement owner, string name, int most)
    {
        if (!owner.TryGetProperty(name, out JsonElement value))
            return null;
        Require(value.ValueKind == JsonValueKind.String, $"'{name}' is no text");
        string text = value.GetString()!;
        Require(text.Length <= most && !text.Any(char.IsControl), $"'{name}' is longer than {most} characters, or holds control characters");
        return text;
    }

    /// <summary>A whole number in its range; null if it is not there and need not be.</summary>
    public static int? Whole(JsonElement owner, string name, int least, int most, bool required = true)
    {
        if (!required && !owner.TryGetProperty(name, out _))
            return null;
        Require(
            owner.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out int found) && found >= least && found <= most,
            $"'{name}' is no whole number from {least} to {most}");
        return owner.GetProperty(name).GetInt32();
    }

    /// <summary>Bytes in base64; none if they are not there.</summary>
    public static byte[] Bytes(JsonElement owner, string name, int most)
    {
        if (!owner.TryGetProperty(name, out JsonElement value))
            return [];
        Require(value.ValueKind == JsonValueKind.String && value.TryGetBytesFromBase64(out _), $"'{name}' is no base64 text");
        byte[] bytes = value.GetBytesFromBase64();
        Require(bytes.Length <= most, $"'{name}' has more than {most} bytes");
        return bytes;
    }

    /// <summary>A number in its range.</summary>
    public static double Number(JsonElement owner, string name, double least, double most)
    {
        Require(
            owner.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out double found) && found >= least && found <= most,
            string.Create(CultureInfo.InvariantCulture, $"'{name}' is no number from {least} to {most}"));
        return owner.GetProperty(name).GetDouble();
    }

    /// <summary>Refuses a file.</summary>
    /// <exception cref="InvalidDataException">It does not hold.</exception>
    public static void Require(bool holds, string message)
    {
        if (!holds)
            throw new InvalidDataException(message);
    }
}
