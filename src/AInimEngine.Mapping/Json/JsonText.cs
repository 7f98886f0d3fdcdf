using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace AInimEngine.Mapping.Json;

/// <summary>
/// Reads strict JSON into a tree with positions. Bounded: at most <see cref="MaxBytes"/> and <see cref="MaxDepth"/>, no
/// key twice in one object.
/// </summary>
internal static class JsonText
{
    public const int MaxBytes = 1 << 20;
    public const int MaxDepth = 16;

    /// <summary>Reads one document.</summary>
    /// <param name="utf8">The file's bytes; a byte order mark is skipped.</param>
    /// <param name="fail">Makes the exception to throw from a place and a reason.</param>
    public static JsonNode Parse(ReadOnlySpan<byte> utf8, Func<TextPosition, string, Exception> fail)
    {
        if (utf8.StartsWith("\uFEFF"u8))
            utf8 = utf8[3..];
        if (utf8.Length > MaxBytes)
            throw fail(new TextPosition(1, 1), $"the file has {utf8.Length} bytes; at most {MaxBytes} are allowed");
        if (!Utf8.IsValid(utf8))
            throw fail(FirstInvalid(utf8), "the file is not UTF-8 text");

        var options = new JsonReaderOptions { MaxDepth = MaxDepth, CommentHandling = JsonCommentHandling.Disallow };
        var reader = new Utf8JsonReader(utf8, options);
        var cursor = default(TextCursor);
        try
        {
            reader.Read();
            JsonNode root = ReadValue(ref reader, ref cursor, utf8, fail);
            while (reader.Read())
            {
                // The reader throws at anything but white space after the first value.
            }
            return root;
        }
        catch (JsonException exception)
        {
            throw fail(PositionOf(utf8, exception), "malformed JSON: " + Reason(exception.Message));
        }
        catch (InvalidOperationException)
        {
            // An escape such as "\ud800" that is no character.
            throw fail(PositionOf(utf8, (int)reader.TokenStartIndex), "malformed JSON: the text holds half a surrogate pair");
        }
    }

    private static JsonNode ReadValue(
        ref Utf8JsonReader reader, ref TextCursor cursor, ReadOnlySpan<byte> utf8, Func<TextPosition, string, Exception> fail)
    {
        TextPosition at = cursor.MoveTo(utf8, (int)reader.TokenStartIndex);
        switch (reader.TokenType)
        {
            case JsonTokenType.Number:
                reader.TryGetDouble(out double number);
                return new JsonNode(JsonKind.Number, at) { Number = number, Text = Encoding.UTF8.GetString(reader.ValueSpan) };
            case JsonTokenType.String:
                return new JsonNode(JsonKind.Text, at) { Text = reader.GetString()! };
            case JsonTokenType.True or JsonTokenType.False:
                return new JsonNode(JsonKind.Boolean, at) { Boolean = reader.TokenType == JsonTokenType.True };
            case JsonTokenType.Null:
                return new JsonNode(JsonKind.Null, at);
            case JsonTokenType.StartArray:
                var list = new JsonNode(JsonKind.Array, at);
                while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                    list.Items.Add(ReadValue(ref reader, ref cursor, utf8, fail));
                return list;
            default:
                return ReadObject(ref reader, ref cursor, utf8, at, fail);
        }
    }

    private static JsonNode ReadObject(
        ref Utf8JsonReader reader, ref TextCursor cursor, ReadOnlySpan<byte> utf8, TextPosition at, Func<TextPosition, string, Exception> fail)
    {
        var node = new JsonNode(JsonKind.Object, at);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            TextPosition keyAt = cursor.MoveTo(utf8, (int)reader.TokenStartIndex);
            string key = reader.GetString()!;
            if (!seen.Add(key))
                throw fail(keyAt, $"key {Quote(key)} stands here twice");
            reader.Read();
            node.Members.Add(new JsonMember(key, keyAt, ReadValue(ref reader, ref cursor, utf8, fail)));
        }
        return node;
    }

    /// <summary>Shows text from a file in a message: short, on one line, in quotes.</summary>
    public static string Quote(string text, int limit = 40)
    {
        var shown = new StringBuilder("'");
        foreach (char c in text.AsSpan(0, Math.Min(text.Length, limit)))
            shown.Append(char.IsControl(c) || c is '\u2028' or '\u2029' ? '?' : c);
        return shown.Append(text.Length > limit ? "...'" : "'").ToString();
    }

    private static TextPosition PositionOf(ReadOnlySpan<byte> utf8, JsonException exception)
    {
        int line = (int)(exception.LineNumber ?? 0);
        int start = 0;
        for (int i = 0; i < line; i++)
        {
            int next = utf8[start..].IndexOf((byte)'\n');
            if (next < 0)
                break;
            start += next + 1;
        }
        return PositionOf(utf8, Math.Min(utf8.Length, start + (int)(exception.BytePositionInLine ?? 0)));
    }

    private static TextPosition PositionOf(ReadOnlySpan<byte> utf8, int index)
    {
        var cursor = default(TextCursor);
        return cursor.MoveTo(utf8, index);
    }

    private static TextPosition FirstInvalid(ReadOnlySpan<byte> utf8)
    {
        int index = 0;
        while (Rune.DecodeFromUtf8(utf8[index..], out _, out int length) == System.Buffers.OperationStatus.Done)
            index += length;
        return PositionOf(utf8, index);
    }

    private static string Reason(string message)
    {
        int end = message.IndexOf(" LineNumber:", StringComparison.Ordinal);
        string reason = end < 0 ? message : message[..end];
        int change = reason.IndexOf(" Change the reader options.", StringComparison.Ordinal);
        if (change >= 0)
            reason = reason[..change];
        return string.Concat(reason.Select(c => char.IsControl(c) ? '?' : c)).TrimEnd('.', ' ');
    }
}
