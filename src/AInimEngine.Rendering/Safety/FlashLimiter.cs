using AInimEngine.Core.State;
using System.Buffers;
using AInimEngine.Rendering.OpenGL;
using AInimEngine.Rendering.Post;

namespace AInimEngine.Rendering.Safety;

/// <summary>
/// The last step of a chain: mixes a finished picture with what was shown before, where that flashes, so that what is
/// shown passes WCAG 2.3.1 (see docs/safety.md). A calm picture is handed on as it is, not even copied. The chain draws into
/// <see cref="Target"/>, then calls <see cref="Apply"/>. Like its context, for one thread. One small read-back a frame,
/// for which a GPU has to finish the picture; nothing allocates.
/// </summary>
public sealed unsafe class FlashLimiter : IStateful, IDisposable
{
    private const string StateName = "flash.limiter";
    private const int StateVersion = 1;

    // A picture being drawn, the one that is shown, its successor when they are mixed, and one that may still be read back.
    private const int Pictures = 4;

    private readonly GlContext _context;
    private readonly FlashGuard _guard;
    private readonly float[] _finishedBlocks, _shownBlocks;
    private readonly List<IDisposable> _owned = [];
    private readonly GlTexture[] _pictures = new GlTexture[Pictures];
    private readonly GlTexture _gains;
    private readonly BlockReader _finishedReader, _shownReader;
    private readonly MixPass _mix;
    private int _next, _shown;
    private uint _frames;
    private double _shownSeconds;

    private FlashLimiter(GlContext context, int width, int height)
    {
        _context = context;
        FlashGrid grid = FlashGrid.For(width, height);
        _guard = new FlashGuard(grid);
        _finishedBlocks = new float[grid.Count * 4];
        _shownBlocks = new float[grid.Count * 4];
        try
        {
            for (int i = 0; i < Pictures; i++)
                _pictures[i] = Own(new GlTexture(context, width, height, InternalFormat.Rgba8, target: true));
            _gains = Own(new GlTexture(context, grid.Columns, grid.Rows, InternalFormat.R32f, target: false));
            _finishedReader = Own(new BlockReader(context, grid, width, height));
            _shownReader = Own(new BlockReader(context, grid, width, height));
            _mix = Own(new MixPass(context, width, height));
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>Whether the last picture was changed.</summary>
    public bool Acted { get; private set; }

    /// <summary>What the next finished picture is drawn into; the pictures that were shown last stay as they are.</summary>
    public GlTexture Target => _pictures[_next];

    /// <summary>Makes a limiter for pictures of a size, on the context's thread.</summary>
    public static FlashLimiter Create(GlContext context, int width, int height) => new(context, width, height);

    /// <summary>Judges the picture that was drawn into <see cref="Target"/> and mixes it where it must.</summary>
    /// <param name="seconds">Its time; never less than the one before.</param>
    /// <returns>What to show; it stays as it is until the call after the next but one.</returns>
    public GlTexture Apply(double seconds)
    {
        GlTexture finished = Target;
        _finishedReader.Draw(finished);
        if (Acted)
            _shownReader.Draw(_pictures[_shown]);
        _finishedReader.Read(_finishedBlocks);
        if (Acted)
        {
            _shownReader.Read(_shownBlocks);
            _guard.Show(_shownBlocks, _shownSeconds);
        }

        Acted = _guard.Decide(_finishedBlocks, seconds);
        _shownSeconds = seconds;
        if (Acted)
        {
            Mix(finished);
        }
        else
        {
            _guard.Show(_finishedBlocks, seconds);
            _shown = _next;
        }
        _next = (_shown + 1) % Pictures;
        _frames++;
        return _pictures[_shown];
    }

    /// <inheritdoc/>
    public void Reset()
    {
        _guard.Reset();
        Acted = false;
        _frames = 0;
    }

    /// <inheritdoc/>
    public void Save(StateWriter writer)
    {
        writer.Section(StateName, StateVersion);
        _guard.Save(writer);
        writer.Write(Acted);
        writer.Write(_frames);
        writer.Write(_shownSeconds);
        if (!Acted && !_guard.NeedsLast)
            return;
        int count = _pictures[0].Width * _pictures[0].Height;
        uint[] shown = ArrayPool<uint>.Shared.Rent(count);
        fixed (uint* start = shown)
            _pictures[_shown].Read(start);
        writer.Write<uint>(shown.AsSpan(0, count));
        ArrayPool<uint>.Shared.Return(shown);
    }

    /// <inheritdoc/>
    public void Restore(StateReader reader)
    {
        reader.Section(StateName, StateVersion);
        _guard.Restore(reader);
        Acted = reader.Read<bool>();
        _frames = reader.Read<uint>();
        _shownSeconds = reader.Read<double>();
        if (!Acted && !_guard.NeedsLast)
            return;
        uint[] shown = new uint[_pictures[0].Width * _pictures[0].Height];
        reader.Read<uint>(shown);
        fixed (uint* start = shown)
            _pictures[_shown].Write(start);
        _next = (_shown + 1) % Pictures;
    }

    /// <summary>Frees every GPU object.</summary>
    public void Dispose()
    {
        for (int i = _owned.Count - 1; i >= 0; i--)
            _owned[i].Dispose();
        _owned.Clear();
    }

    private void Mix(GlTexture finished)
    {
        fixed (float* gains = _guard.Gains)
            _gains.Write(gains);
        int mixed = (_next + 1) % Pictures;
        _mix.Draw(_pictures[mixed], finished, _pictures[_shown], _gains, _frames);
        _shown = mixed;
    }

    private T Own<T>(T item)
        where T : IDisposable
    {
        _owned.Add(item);
        return item;
    }
}
