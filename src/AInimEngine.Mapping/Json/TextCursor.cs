using System.Text;

namespace AInimEngine.Mapping.Json;

/// <summary>Counts lines and columns while it walks forward through UTF-8 text, each byte once.</summary>
internal struct TextCursor
{
    private int _index;
    private int _line;
    private int _column;

    /// <summary>Walks to a byte that is not before the last one asked for.</summary>
    public TextPosition MoveTo(ReadOnlySpan<byte> utf8, int index)
    {
        ReadOnlySpan<byte> passed = utf8[_index..Math.Min(index, utf8.Length)];
        _index += passed.Length;
        int lineStart = passed.LastIndexOf((byte)'\n') + 1;
        if (lineStart > 0)
        {
            _line += passed.Count((byte)'\n');
            _column = 0;
        }
        _column += Encoding.UTF8.GetCharCount(passed[lineStart..]);
        return new TextPosition(_line + 1, _column + 1);
    }
}
