using System.Buffers;
using AInimEngine.Core.Errors;
using AInimEngine.Core.Frames;
using AInimEngine.Core.Imaging;
using AInimEngine.Core.Parameters;
using AInimEngine.Core.State;
using AInimEngine.Rendering.OpenGL;
using AInimEngine.Rendering.Safety;
using AInimEngine.Rendering.Shaders;

namespace AInimEngine.Rendering.Post;

/// <summary>
/// Finishes the generator's picture: resamples it, runs the preset's shaders and gives 8-bit RGBA, rows top to bottom.
/// Used, like its context, by one thread. A frame is <see cref="Render(ControlFrame, Image)"/>, <see cref="BeginRead"/>, <see cref="EndRead"/>;
/// EndRead may follow the next frame's BeginRead, so that a GPU never waits. Output is a pure function of the controls,
/// the pictures and the state; nothing allocates after the first frame.
/// </summary>
public sealed unsafe partial class PostChain : IStateful, IDisposable
{
    private const string StateName = "rendering.post";
    private const int StateVersion = 1;
    private const double GoldenRatio = 0.6180339887498949;

    private readonly GlContext _context;
    private readonly PostChainSettings _settings;
    private readonly FrameLayout _layout;
    private readonly IReadOnlyList<PassSource> _sources;
    private readonly ChainPlan _plan;
    private readonly ChainPass[] _passes;
    private readonly Surface?[] _targets;
    private readonly Dictionary<ChainTexture, Surface> _surfaces = [];
    private readonly ChainIntegral[] _integrals;
    private readonly double[] _phases;
    private readonly float[] _builtIns = new float[ChainBindings.BuiltIns.Length];
    private FlashLimiter? _limiter;
    private readonly List<IDisposable> _owned = [];
    private GlTexture _source = null!, _output = null!;
    private GlTexture? _into;
    private GlTexture? _noise;
    private FrameReader _reader = null!;
    private long _painted;
    private bool _fresh;

    /// <summary>Takes note of what it will be; <see cref="BuildPictures"/> and <see cref="BuildPass"/> make it. Any thread.</summary>
    internal PostChain(GlContext context, ChainPlan plan, ChainBindings bindings, FrameLayout layout, IReadOnlyList<PassSource> sources)
    {
        (_context, _plan, _settings, _layout, _sources) = (context, plan, plan.Settings, layout, sources);
        _integrals = [.. bindings.Integrals];
        _phases = new double[_integrals.Length];
        _passes = new ChainPass[plan.Passes.Count];
        _targets = new Surface?[plan.Passes.Count];
    }

    /// <summary>What the last <see cref="Render(ControlFrame, float, GlTexture?)"/> drew: 8 bits, display values. Valid until the next one.</summary>
    public GlTexture Output => _output;

    /// <summary>What the chain was built for.</summary>
    public PostChainSettings Settings => _settings;

    /// <summary>The passes in order: name, width and height of what each draws.</summary>
    public IReadOnlyList<(string Name, int Width, int Height)> Passes => [.. _passes.Select(pass => (pass.Plan.Name, pass.Plan.Width, pass.Plan.Height))];

    /// <summary>Whether the flash limiter changed the last picture.</summary>
    public bool FlashesLimited => _limiter?.Acted ?? false;

    /// <summary>How far everything is that shaders move by a speed of their own; what a replay gives back by <see cref="SetPhases"/>.</summary>
    public ReadOnlySpan<double> Phases => _phases;

    /// <summary>Goes to other phases, before a frame is rendered.</summary>
    /// <param name="phases">As many as <see cref="Phases"/>, of a chain of the same shaders.</param>
    public void SetPhases(ReadOnlySpan<double> phases)
    {
        if (phases.Length != _phases.Length)
            throw new ArgumentException($"the chain has {_phases.Length} phases, got {phases.Length}", nameof(phases));
        phases.CopyTo(_phases);
    }

    /// <summary>Builds a chain. Call on the context's thread.</summary>
    /// <param name="context">Stays alive as long as the chain.</param>
    /// <param name="library">Where shaders are found.</param>
    /// <param name="passes">The preset's shaders in order; may be empty.</param>
    /// <param name="layout">Layout of the frames that <see cref="Render(ControlFrame, float, GlTexture?)"/> gets. Fields "post.{id}.{parameter}" move parameters; a field that is missing leaves the preset's value or the default.</param>
    /// <param name="settings">Sizes and formats.</param>
    /// <exception cref="AInimException">A shader is unknown or wrong, or the size is too large for the driver.</exception>
    public static PostChain Create(GlContext context, ShaderLibrary library, IReadOnlyList<ShaderPass> passes, FrameLayout layout, PostChainSettings settings)
    {
        context.AssertThread();
        using var builder = new PostChainBuilder(context, library, passes, layout, settings, warm: false);
        while (builder.Step())
        {
        }
        return builder.Take();
    }

    /// <summary>
    /// Gives the chain the generator's newest picture, once when it is new; at the next <see cref="Render(ControlFrame, float, GlTexture?)"/>
    /// the one shown before becomes the older. Of several between two frames, only the last counts.
    /// </summary>
    /// <param name="picture">Of the size, format and colour space in the settings. Free again on return.</param>
    public void Upload(Image picture)
    {
        _context.AssertThread();
        if (picture.Width != _settings.SourceWidth || picture.Height != _settings.SourceHeight || picture.Format != _settings.SourceFormat || picture.ColorSpace != _settings.SourceColorSpace)
            throw new ArgumentException($"expected a picture of {_settings.SourceWidth}x{_settings.SourceHeight} {_settings.SourceFormat} {_settings.SourceColorSpace}, got {picture} {picture.ColorSpace}", nameof(picture));
        _source.Write(picture.Pointer);
        _fresh = true;
    }

    /// <summary>Draws one frame between the last two pictures; see <see cref="Upload"/>.</summary>
    /// <param name="controls">A frame of the chain's layout; its time gives u_time and u_delta.</param>
    /// <param name="blend">
    /// 0 is the older picture, 1 the newer one; in between both are mixed as light. A chain whose settings do not ask for blends
    /// shows the newer one.
    /// </param>
    /// <param name="into">
    /// Of the output's size, drawn into instead of a texture of the chain's own, which saves whoever needs it elsewhere a copy;
    /// a chain that limits flashes itself takes none.
    /// </param>
    public void Render(ControlFrame controls, float blend, GlTexture? into = null)
    {
        _context.AssertThread();
        _into = _limiter is null ? into : null;
        int first = Begin(controls, blend);
        for (int i = first; i < _passes.Length; i++)
            RunPass(i, controls);
        End(controls);
    }

    /// <summary>Draws one frame; <see cref="BeginRead"/> follows.</summary>
    /// <param name="controls">A frame of the chain's layout; its time gives u_time and u_delta.</param>
    /// <param name="picture">The generator's picture, of the size, format and colour space in the settings. Free again on return.</param>
    public void Render(ControlFrame controls, Image picture)
    {
        Upload(picture);
        Render(controls, 1);
    }

    /// <summary>Goes on by a frame that is not drawn: only phases move. Any thread, while no frame is rendered.</summary>
    public void Skip(ControlFrame controls)
    {
        for (int i = 0; i < _integrals.Length; i++)
        {
            ValueSource speed = _integrals[i].Speed;
            float value = speed.Kind == ValueSourceKind.Control ? controls.Values[speed.Index] : speed.Constant;
            _phases[i] += value * controls.Time.DeltaSeconds;
        }
    }

    /// <summary>
    /// Takes over from a chain of the same shaders that was built for another working size: phases, kept pictures and the
    /// generator's last two, interpolated to this chain's sizes. Between two frames, before the next <see cref="Upload"/>.
    /// </summary>
    /// <param name="other">It may go on later by being continued from this one.</param>
    public void Continue(PostChain other)
    {
        _context.AssertThread();
        if (other._phases.Length != _phases.Length)
            throw new ArgumentException("the chains have other shaders", nameof(other));
        other._phases.CopyTo(_phases, 0);
        foreach (Surface surface in _surfaces.Values)
            if (surface.Texture.Persistent)
                foreach (Surface before in other._surfaces.Values)
                    if (before.Texture.Name == surface.Texture.Name)
                        surface.CopyFrom(before);
        (_painted, _fresh) = (other._painted, false);
    }

    /// <summary>Working size over output size, as it was chosen.</summary>
    public float WorkScale => (float)_plan.WorkWidth / _settings.Width;

    /// <summary>Starts bringing the last rendered frame back. At most two are under way.</summary>
    public void BeginRead()
    {
        _context.AssertThread();
        _reader.Begin(_output);
    }

    /// <summary>Waits for the oldest frame that was begun and writes it.</summary>
    /// <param name="output">Rgba8 of the output size; row 0 is the top.</param>
    public void EndRead(Image output)
    {
        _context.AssertThread();
        if (output.Width != _settings.Width || output.Height != _settings.Height || output.Format != Core.Imaging.PixelFormat.Rgba8)
            throw new ArgumentException($"expected {_settings.Width}x{_settings.Height} Rgba8, got {output}", nameof(output));
        _reader.End(output);
    }

    /// <inheritdoc/>
    public void Reset()
    {
        _context.AssertThread();
        Array.Clear(_phases);
        (_painted, _fresh) = (0, false);
        foreach (Surface surface in _surfaces.Values)
            if (surface.Texture.Persistent)
                surface.Clear();
        _limiter?.Reset();
        _reader.Reset();
        _output.Clear();
    }

    /// <summary>Frees every GPU object. Call on the context's thread, before the context is freed.</summary>
    public void Dispose()
    {
        while (FreeOne())
        {
        }
    }

    /// <summary>
    /// Frees one GPU object, so that the end of a chain is spread over many frames. Nothing else may be called from the first
    /// call on. The context's thread.
    /// </summary>
    /// <returns>Whether there are more.</returns>
    public bool FreeOne()
    {
        if (_owned.Count == 0)
            return false;
        _context.AssertThread();
        IDisposable last = _owned[^1];
        _owned.RemoveAt(_owned.Count - 1);
        last.Dispose();
        return _owned.Count > 0;
    }

    /// <summary>Makes what pictures are kept in. The context's thread.</summary>
    internal void BuildPictures()
    {
        bool planar = _settings.SourceFormat == Core.Imaging.PixelFormat.PlanarRgbF32;
        InternalFormat format = _settings.SourceFormat switch
        {
            Core.Imaging.PixelFormat.Rgba8 => InternalFormat.Rgba8,
            Core.Imaging.PixelFormat.Rgba16F => InternalFormat.Rgba16f,
            _ => InternalFormat.R32f,
        };
        _source = Own(new GlTexture(_context, _settings.SourceWidth, _settings.SourceHeight * (planar ? 3 : 1), format, target: false, TextureFilter.Nearest));
        if (_settings.LimitFlashes)
            _limiter = Own(FlashLimiter.Create(_context, _settings.Width, _settings.Height));
        _reader = Own(new FrameReader(_context, _settings.Width, _settings.Height, ownsOutputs: _limiter is null));
        _output = _limiter?.Target ?? _reader.Output;
        foreach (ChainTexture texture in _plan.Textures)
            _surfaces.Add(texture, Own(new Surface(_context, texture)));
        if (_sources.Any(source => source.Samplers.Any(sampler => sampler.Kind == PassSamplerKind.Noise)))
            _noise = Own(NoiseTexture.Create(_context));
    }

    /// <summary>Compiles a pass. The context's thread.</summary>
    internal void BuildPass(int index)
    {
        ChainPassPlan pass = _plan.Passes[index];
        _passes[index] = Own(new ChainPass(_context, pass, _sources[index]));
        _targets[index] = pass.Target is ChainTexture target ? _surfaces[target] : null;
    }

    /// <summary>Links a compiled pass. The context's thread.</summary>
    internal void LinkPass(int index) => _passes[index].Link();

    /// <summary>
    /// Draws one pixel of a pass, so that the driver makes its machine code now and not in the first frame: that is where
    /// software renderers spend most of the time. <see cref="Reset"/> follows.
    /// </summary>
    internal void WarmPass(int index, ControlFrame controls)
    {
        GlTexture target = Bind(index);
        target.Target();
        _context.Gl.Viewport(0, 0, 1, 1);
        _passes[index].Draw(controls, _builtIns, _phases);
    }

    /// <summary>Takes the frame's values.</summary>
    /// <returns>The first pass that is to be run.</returns>
    internal int Begin(ControlFrame controls, float blend)
    {
        if (!ReferenceEquals(controls.Layout, _layout) && controls.Layout.Size != _layout.Size)
            throw new ArgumentException("the control frame has another layout than the chain", nameof(controls));
        if (_painted == 0 && !_fresh)
            throw new InvalidOperationException("Render was called before a picture was uploaded");
        _builtIns[0] = (float)controls.Time.Seconds;
        _builtIns[1] = (float)controls.Time.DeltaSeconds;
        _builtIns[2] = controls.Time.Index & 0xFFFFF;
        _builtIns[3] = (float)(controls.Time.Index * GoldenRatio % 1);
        int first = _fresh || !_settings.Blends ? 0 : _plan.PicturePasses;
        if (_fresh)
            _painted++;
        _fresh = false;
        // The first picture has none before it.
        _builtIns[4] = float.IsFinite(blend) && _painted > 1 ? Math.Clamp(blend, 0, 1) : 1;
        _output = _into ?? _limiter?.Target ?? _reader.Output;
        return first;
    }

    internal void RunPass(int index, ControlFrame controls)
    {
        Bind(index).Target();
        _passes[index].Draw(controls, _builtIns, _phases);
        _targets[index]?.Turn();
    }

    /// <summary>Binds what a pass reads.</summary>
    /// <returns>What it draws into.</returns>
    private GlTexture Bind(int index)
    {
        PassSampler[] samplers = _passes[index].Samplers;
        for (int unit = 0; unit < samplers.Length; unit++)
        {
            PassSampler sampler = samplers[unit];
            (sampler.Kind switch
            {
                PassSamplerKind.Source => _source,
                PassSamplerKind.Older => _surfaces[sampler.Texture!].Back,
                PassSamplerKind.Noise => _noise!,
                _ => _surfaces[sampler.Texture!].Front,
            }).Bind(unit);
        }
        return _targets[index]?.Back ?? _output;
    }

    internal void End(ControlFrame controls)
    {
        if (_limiter is not null)
            _output = _limiter.Apply(controls.Time.Seconds);
        Skip(controls);
#if DEBUG
        _context.CheckErrors("a frame");
#endif
    }

    private T Own<T>(T item)
        where T : IDisposable
    {
        _owned.Add(item);
        return item;
    }
}
