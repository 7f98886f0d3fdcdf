using AInimEngine.Core.Errors;
using AInimEngine.Core.Frames;
using AInimEngine.Core.Parameters;
using AInimEngine.Rendering.Shaders;

namespace AInimEngine.Rendering.Post;

/// <summary>
/// Builds a chain step by step, so that a display loop can do one step a frame while another chain plays. Reading, planning
/// and writing the shaders' text happens in the constructor, on any thread; <see cref="Step"/> and <see cref="Take"/> belong
/// to the context's thread.
/// </summary>
public sealed class PostChainBuilder : IDisposable
{
    private readonly ControlFrame _controls;
    private readonly int _passes;
    private readonly GlContext _context;
    private readonly bool _warm;
    private PostChain? _chain;

    /// <summary>Plans a chain. Any thread.</summary>
    /// <param name="context">Stays alive as long as the chain; not touched here.</param>
    /// <param name="library">Where shaders are found.</param>
    /// <param name="passes">The preset's shaders in order; may be empty.</param>
    /// <param name="layout">Layout of the frames that the chain will get.</param>
    /// <param name="settings">Sizes and formats.</param>
    /// <param name="warm">Draws a pixel of each pass, so that drivers do not compile in the first frame.</param>
    /// <exception cref="AInimException">A shader is unknown, or a value is out of range.</exception>
    public PostChainBuilder(GlContext context, ShaderLibrary library, IReadOnlyList<ShaderPass> passes, FrameLayout layout, PostChainSettings settings, bool warm = true)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(settings.Width);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(settings.Height);
        ChainPlan plan = ChainPlan.Create(library, passes, settings);
        var bindings = new ChainBindings(plan, passes, layout);
        PassSource[] sources = [.. plan.Passes.Select(pass => PassWriter.Write(plan, pass, bindings))];
        if (sources.Any(source => source.Samplers.Any(sampler => sampler.Kind == PassSamplerKind.Noise)))
            NoiseTexture.Prepare();
        (_context, _passes, _warm) = (context, sources.Length, warm);
        _controls = new ControlFrame(layout);
        _chain = new PostChain(context, plan, bindings, layout, sources);
    }

    /// <summary>Working size over output size, as it was chosen. Before <see cref="Take"/>.</summary>
    public float WorkScale => (_chain ?? throw new InvalidOperationException("the chain was taken, or failed")).WorkScale;

    /// <summary>Steps that it takes in all.</summary>
    public int Steps => 2 + PerPass * _passes;

    private int PerPass => _warm ? 3 : 2;

    /// <summary>Steps that were done.</summary>
    public int Done { get; private set; }

    /// <summary>Does the next step: textures, or a pass's compiling, linking or first draw.</summary>
    /// <returns>False when there was none left: the chain is ready.</returns>
    /// <exception cref="AInimException">A shader does not compile, or the size is too large for the driver. Nothing is left behind.</exception>
    public bool Step()
    {
        PostChain chain = _chain ?? throw new InvalidOperationException("the chain was taken, or failed");
        _context.AssertThread();
        if (Done == Steps)
            return false;
        try
        {
            if (Done == 0)
                chain.BuildPictures();
            else if (Done == Steps - 1)
            {
                chain.Reset();
                _context.CheckErrors("the set-up of the shader chain");
            }
            else
            {
                (int pass, int part) = Math.DivRem(Done - 1, PerPass);
                if (part == 0)
                    chain.BuildPass(pass);
                else if (part == 1)
                    chain.LinkPass(pass);
                else
                    chain.WarmPass(pass, _controls);
            }
        }
        catch
        {
            Dispose();
            throw;
        }
        Done++;
        return true;
    }

    /// <summary>Hands the finished chain over.</summary>
    /// <exception cref="InvalidOperationException">Steps are left.</exception>
    public PostChain Take()
    {
        PostChain chain = _chain ?? throw new InvalidOperationException("the chain was taken, or failed");
        if (Done < Steps)
            throw new InvalidOperationException($"{Steps - Done} steps are left");
        _chain = null;
        return chain;
    }

    /// <summary>Hands the chain over as far as it was built, to be freed a piece at a time; null when it was taken.</summary>
    public PostChain? GiveUp()
    {
        PostChain? chain = _chain;
        _chain = null;
        return chain;
    }

    /// <summary>Frees what was built and not taken. The context's thread.</summary>
    public void Dispose()
    {
        _chain?.Dispose();
        _chain = null;
    }
}
