using System.Runtime.CompilerServices;

namespace AInimEngine.Rendering.Overlay;

/// <summary>
/// Lets <c>canvas.Text(x, y, color, $"{fps:f1} fps")</c> write into the canvas's own buffer: numbers are formatted in
/// invariant culture and nothing is allocated. What does not fit is left out.
/// </summary>
[InterpolatedStringHandler]
public ref struct OverlayText
{
    private readonly Span<char> _buffer;
    private int _length;

    /// <summary>Called by the compiler.</summary>
    public OverlayText(int literalLength, int formattedCount, OverlayCanvas canvas) => _buffer = canvas.TextBuffer;

    /// <summary>What was written.</summary>
    public readonly ReadOnlySpan<char> Written => _buffer[.._length];

    /// <summary>Called by the compiler.</summary>
    public void AppendLiteral(string text) => AppendFormatted(text.AsSpan());

    /// <summary>Called by the compiler.</summary>
    public void AppendFormatted(scoped ReadOnlySpan<char> text)
    {
        int count = Math.Min(text.Length, _buffer.Length - _length);
        text[..count].CopyTo(_buffer[_length..]);
        _length += count;
    }

    /// <summary>Called by the compiler.</summary>
    public void AppendFormatted(string? text) => AppendFormatted(text.AsSpan());

    /// <summary>Called by the compiler.</summary>
    public void AppendFormatted<T>(T value, string? format = null)
        where T : ISpanFormattable
    {
        if (value.TryFormat(_buffer[_length..], out int written, format, System.Globalization.CultureInfo.InvariantCulture))
            _length += written;
    }

    /// <summary>Called by the compiler: padded with spaces, right-aligned where positive.</summary>
    public void AppendFormatted<T>(T value, int alignment, string? format = null)
        where T : ISpanFormattable
    {
        int start = _length;
        AppendFormatted(value, format);
        int pad = Math.Min(Math.Abs(alignment) - (_length - start), _buffer.Length - _length);
        if (pad <= 0)
            return;
        if (alignment > 0)
            _buffer[start.._length].CopyTo(_buffer[(start + pad)..]);
        _buffer.Slice(alignment > 0 ? start : _length, pad).Fill(' ');
        _length += pad;
    }
}
