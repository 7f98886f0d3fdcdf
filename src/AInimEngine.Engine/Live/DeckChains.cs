using System.Diagnostics;
using AInimEngine.Core.Errors;
using AInimEngine.Core.Frames;
using AInimEngine.Core.Imaging;
using AInimEngine.Core.Time;
using AInimEngine.Rendering;
using AInimEngine.Rendering.Post;

namespace AInimEngine.Engine.Live;

/// <summary>
/// The shaders of one preset at several working sizes: one that plays, others that are built a step a frame when they are first
/// wanted and kept from then on. A change takes phases and kept pictures along. Made on any thread; then the display's.
/// </summary>
internal sealed class DeckChains : IDisposable
{
    private const int MeasuredFrames = 7;
    private const float Rounding = 0.01f;

    private readonly GlContext _context;
    private readonly List<Size> _sizes = [];
    private int _wanted;
    private PostChain? _current;

    /// <summary>Plans every size; nothing is drawn yet.</summary>
    internal DeckChains(GlContext context, Scene scene, FrameLayout layout, int width, int height)
    {
        _context = context;
        var settings = new PostChainSettings(width, height, scene.PictureWidth, scene.PictureHeight, Blends: true, LimitFlashes: false);
        PostChainBuilder Plan(PostChainSettings of) => new(context, scene.Shaders, scene.Preset.Post, layout, of);
        PostChainBuilder own = Plan(settings);
        _sizes.Add(new Size(own.WorkScale, own));
        foreach (float scale in GovernorLevel.All.Select(level => level.WorkScale).Distinct())
            if (scale < own.WorkScale - Rounding)
                _sizes.Add(new Size(scale, Plan(settings with { WorkScale = scale })));
    }

    /// <summary>The chain that plays; null before the first is built.</summary>
    internal PostChain? Current => _current;

    /// <summary>Another size is being built.</summary>
    internal bool IsBuilding => _current is null || _sizes[_wanted] is { Chain: null, Builder: not null };

    /// <summary>Working size over output size from now on, at most; what is not built yet comes when it is.</summary>
    internal float Scale
    {
        set
        {
            _wanted = 0;
            while (value < 1 && _wanted < _sizes.Count - 1 && _sizes[_wanted].Scale > value + Rounding)
                _wanted++;
        }
    }

    /// <summary>Does one step of building, or changes to what is wanted. Before a frame's picture is uploaded.</summary>
    /// <returns>Whether there is more to build.</returns>
    /// <exception cref="AInimException">The first chain does not compile. A further one that does not is never tried again.</exception>
    internal bool Step()
    {
        Size size = _sizes[_wanted];
        if (size.Builder is { } builder)
        {
            try
            {
                if (builder.Step())
                    return true;
                size.Chain = builder.Take();
            }
#pragma warning disable CA1031 // A driver without memory, say: the chain that plays goes on.
            catch (Exception) when (_current is not null)
#pragma warning restore CA1031
            {
            }
            size.Builder = null;
            builder.Dispose();
        }
        if (size.Chain is null || ReferenceEquals(size.Chain, _current))
            return false;
        if (_current is not null)
            size.Chain.Continue(_current);
        _current = size.Chain;
        return false;
    }

    /// <summary>
    /// Finds the level to begin with: the first one whose chain takes no more than a share of a frame's time. Builds what it
    /// measures, and leaves the chosen chain as new.
    /// </summary>
    /// <param name="layout">Of the controls.</param>
    /// <param name="frame">A frame's time.</param>
    /// <param name="share">The chain's share of it, 0..1.</param>
    internal int Measure(FrameLayout layout, FrameTime frame, double share)
    {
        var controls = new ControlFrame(layout);
        int level = 0;
        for (; level < Governor.Lowest; level++)
        {
            Scale = GovernorLevel.All[level].WorkScale;
            PostChain? before = _current;
            while (Step())
            {
            }
            if (ReferenceEquals(before, _current))
                continue;
            if (Cost(_current!, controls, frame) <= share * frame.DeltaSeconds)
                break;
        }
        _current!.Reset();
        return level;
    }

    /// <summary>Takes phases and kept pictures over from a preset of the same shaders. Between two frames.</summary>
    /// <returns>False where the shaders are others, and nothing was done.</returns>
    internal bool Continue(DeckChains other)
    {
        if (_current is null || other._current is null || !_current.Passes.Select(pass => pass.Name).SequenceEqual(other._current.Passes.Select(pass => pass.Name)))
            return false;
        try
        {
            _current.Continue(other._current);
            return true;
        }
        catch (ArgumentException)
        {
            return false; // an edit gave a shader another number of phases
        }
    }

    /// <summary>Frees one GPU object; nothing else may be called from the first call on. The display's thread.</summary>
    /// <returns>Whether there are more.</returns>
    internal bool FreeOne()
    {
        _current = null;
        while (_sizes.Count > 0)
        {
            Size size = _sizes[^1];
            if ((size.Chain ??= size.Builder?.GiveUp())?.FreeOne() ?? false)
                return true;
            _sizes.RemoveAt(_sizes.Count - 1);
        }
        return false;
    }

    /// <summary>Builds what a level plays with, and nothing else.</summary>
    internal int Begin(int level)
    {
        Scale = GovernorLevel.All[level].WorkScale;
        while (Step())
        {
        }
        return level;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        while (FreeOne())
        {
        }
    }

    /// <summary>Seconds of a frame, the least of a few: what others take meanwhile is not the chain's.</summary>
    private double Cost(PostChain chain, ControlFrame controls, FrameTime frame)
    {
        chain.Reset();
        using var black = new Image(chain.Settings.SourceWidth, chain.Settings.SourceHeight, PixelFormat.Rgba16F);
        chain.Upload(black);
        double least = double.PositiveInfinity;
        for (int i = 0; i < MeasuredFrames; i++)
        {
            controls.Time = frame with { Index = i };
            long start = Stopwatch.GetTimestamp();
            chain.Render(controls, 0.5f);
            _context.Finish();
            if (i > 1)
                least = Math.Min(least, Stopwatch.GetElapsedTime(start).TotalSeconds);
        }
        return least;
    }

    private sealed class Size(float scale, PostChainBuilder builder)
    {
        internal float Scale => scale;

        internal PostChainBuilder? Builder { get; set; } = builder;

        internal PostChain? Chain { get; set; }
    }
}
