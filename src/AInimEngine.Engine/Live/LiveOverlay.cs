using AInimEngine.Core.Control;
using AInimEngine.Rendering;
using AInimEngine.Rendering.Overlay;
using AInimEngine.Rendering.Windowing;

namespace AInimEngine.Engine.Live;

/// <summary>What the performer sees and nobody else need: level, spectrum, beat, rates, what is loading and what is wrong. The display's thread.</summary>
internal sealed class LiveOverlay : IDisposable
{
    private const int Small = 0, Large = 1, Tiny = 2, Margin = 16, MostLines = 3;
    private static readonly OverlayColor s_back = new(0, 0, 0, 150), s_text = new(235, 235, 235), s_dim = new(150, 150, 150), s_good = new(90, 220, 130),
        s_warm = new(255, 190, 70), s_bad = new(255, 90, 80), s_bar = new(110, 170, 255);

    private readonly OverlayCanvas _canvas;

    internal LiveOverlay(GlContext context) => _canvas = new OverlayCanvas(context, 15, 26, 12);

    /// <summary>What it draws with, for others that write on pictures.</summary>
    internal OverlayCanvas Canvas => _canvas;

    /// <summary>Draws all that is wanted over a window.</summary>
    internal void Draw(GlWindow window, LiveView view, bool overlay, IReadOnlyList<(string Key, string Does)>? help)
    {
        _canvas.Begin(window);
        // One at a time: letters over letters are none.
        if (overlay && help is null)
            Performer(view);
        _canvas.RightEdge = _canvas.Width;
        if (help is not null)
            Help(help);
        if (view.Message.Length > 0)
            Message(view.Message, view.IsProblem);
        _canvas.End();
    }

    /// <inheritdoc/>
    public void Dispose() => _canvas.Dispose();

    private void Performer(LiveView view)
    {
        int line = _canvas.LineHeight(Small);
        float x = Margin, y = Margin, width = Math.Min(560, _canvas.Width - 2 * Margin);
        int soundLines = Lines(view.Sound, width);
        float height = line * (9 + soundLines) + _canvas.LineHeight(Large) + 100;
        _canvas.Rect(x - 8, y - 8, width + 16, height, s_back);
        _canvas.RightEdge = x + width;
        _canvas.Text(x, y, s_text, view.Preset, Large);
        y += _canvas.LineHeight(Large);
        _canvas.Text(x, y, view.Loading is null ? s_dim : s_warm, view.Loading is null ? view.Position : view.LoadingText, Small);
        y += line * 1.3f;

        Wrap(x, y, view.IsListening ? s_dim : s_bad, view.Sound, soundLines, width);
        y += line * soundLines + 4;
        Meter(x, y, width, 8, (view.LevelDb + 60) / 60, view.IsSilent ? s_dim : view.LevelDb > -1 ? s_bad : s_good);
        y += 12;
        _canvas.Text(x, y, s_dim, $"level {view.LevelDb:0} dB, gain {view.GainDb:+0;-0;0} dB{(view.IsSilent ? ", silent" : "")}", Small);
        y += line * 1.2f;
        _canvas.Bars(x, y, width, 56, view.Spectrum, s_bar);
        y += 64;

        if (view.Bpm > 0)
        {
            _canvas.Text(x, y, s_text, $"{view.Bpm:0.0} BPM  {view.Beat}{(view.IsHeld ? "  held" : "")}", Small);
            Meter(x + 190, y + line * 0.3f, width - 190, 8, 1 - view.Phase, s_good.WithOpacity(0.3f + 0.7f * view.Confidence));
        }
        else
        {
            _canvas.Text(x, y, s_dim, "no beat is trusted: tap with Space", Small);
        }
        y += line;
        _canvas.Text(x, y, s_text, $"display {view.DisplayRate:0.0}  generator {view.GeneratorRate:0.0}  hops {view.HopRate:0} a second", Small);
        y += line;
        _canvas.Text(x, y, view.Level > 0 ? s_warm : s_dim, $"frame {view.FrameMs:0.0} ms, sound to screen about {view.LatencyMs:0} ms, skipped {view.Skipped}", Small);
        y += line;
        if (view.Level > 0)
            _canvas.Text(x, y, s_warm, $"governor {view.Level}: generator held at {view.Allows.GeneratorRate:0} a second, shaders at {100 * view.Allows.WorkScale:0} %", Small);
        else
            _canvas.Text(x, y, s_dim, "governor: nothing is held back", Small);
        y += line;
        _canvas.Text(x, y, s_dim, $"intensity {view.Intensity:0.00}  speed {view.Speed:0.00}  brightness {view.Brightness:0.00}{(view.IsLimiting ? "  flashes limited" : "")}", Small);
        if (view.IsDark || view.IsFrozen || view.Recording.Length > 0)
        {
            _canvas.Rect(x + width - 190, Margin, 190, line + 4, s_back);
            _canvas.Text(x + width - 184, Margin + 2, s_bad, $"{(view.IsDark ? "BLACKOUT " : "")}{(view.IsFrozen ? "FROZEN " : "")}{view.Recording}", Small);
        }
        y += line;
        _canvas.Text(x, y, view.Trouble is null ? s_warm : s_bad, view.Trouble ?? view.Note, Small);
    }

    // Two columns, in small letters where the window is small: all keys are seen at 640x360.
    private void Help(IReadOnlyList<(string Key, string Does)> help)
    {
        int size = _canvas.Width < 900 ? Tiny : Small, line = _canvas.LineHeight(size), rows = (help.Count + 1) / 2, label = _canvas.TextWidth("Escape twice  ", size);
        float width = Math.Min(_canvas.Width - 2 * Margin, 1000), column = width / 2, left = _canvas.Width - width - Margin, top = Margin;
        _canvas.Rect(left - 8, top - 8, width + 16, line * rows + 16, s_back);
        for (int i = 0; i < help.Count; i++)
        {
            float x = left + (i < rows ? 0 : column), y = top + line * (i % rows);
            _canvas.RightEdge = x + column - 8;
            _canvas.Text(x, y, s_warm, help[i].Key, size);
            _canvas.Text(x + label, y, s_text, help[i].Does, size);
        }
        _canvas.RightEdge = _canvas.Width;
    }

    private void Message(string text, bool problem)
    {
        _canvas.RightEdge = _canvas.Width;
        float width = _canvas.Width - 2 * Margin;
        int line = _canvas.LineHeight(Small), lines = Lines(text, width);
        float y = _canvas.Height - line * lines - Margin;
        _canvas.Rect(0, y - 8, _canvas.Width, line * lines + 16, s_back);
        Wrap(Margin, y, problem ? s_bad : s_text, text, lines, width);
    }

    private int Lines(string text, float width)
    {
        int lines = 0;
        for (ReadOnlySpan<char> left = text; left.Length > 0 && lines < MostLines; lines++)
            left = left[_canvas.Fit(left, width)..].TrimStart(' ');
        return Math.Max(1, lines);
    }

    private void Wrap(float x, float y, OverlayColor color, string text, int lines, float width)
    {
        ReadOnlySpan<char> rest = text;
        for (int i = 0; i < lines; i++)
        {
            int count = _canvas.Fit(rest, width);
            _canvas.Text(x, y + i * _canvas.LineHeight(Small), color, rest[..count], Small);
            rest = rest[count..].TrimStart(' ');
        }
    }

    private void Meter(float x, float y, float width, float height, float value, OverlayColor color)
    {
        _canvas.Rect(x, y, width, height, s_dim.WithOpacity(0.25f));
        _canvas.Rect(x, y, width * Math.Clamp(value, 0, 1), height, color);
    }
}
