using AInimEngine.Core.Frames;
using AInimEngine.Rendering.OpenGL;

namespace AInimEngine.Rendering.Post;

/// <summary>A pass, compiled by its constructor and ready after <see cref="Link"/>: draws one full-screen triangle.</summary>
internal sealed class ChainPass : IDisposable
{
    private static readonly float[] Zeros = new float[64];

    private readonly GlContext _context;
    private readonly GlProgram _program;
    private readonly ValueSource[] _sources;
    private readonly float[] _values;
    private readonly PassSource _source;
    private int _valuesLocation;
    private (int Location, int Offset, int Length)[] _arrays = [];

    public ChainPass(GlContext context, ChainPassPlan plan, PassSource source)
    {
        _context = context;
        Plan = plan;
        Samplers = [.. source.Samplers];
        _source = source;
        _program = new GlProgram(context, plan.Name, source.Vertex, source.Fragment, source.Files, link: false);
        _sources = [.. source.Values];
        _values = new float[_sources.Length];
    }

    public ChainPassPlan Plan { get; }

    /// <summary>What must be bound, by texture unit, before <see cref="Draw"/>.</summary>
    public PassSampler[] Samplers { get; }

    /// <summary>The second half of building it, before the first <see cref="Draw"/>.</summary>
    public void Link()
    {
        _program.Link();
        _valuesLocation = _program.Uniform("u_param");
        _arrays = [.. _source.Arrays.Select(array => (_program.Uniform(array.Name), array.Offset, array.Length))];
        _program.Use();
        for (int unit = 0; unit < Samplers.Length; unit++)
            _context.Gl.Uniform1(_program.Uniform(Samplers[unit].Name), unit);
    }

    /// <summary>Draws into the bound framebuffer.</summary>
    public void Draw(ControlFrame controls, ReadOnlySpan<float> builtIns, ReadOnlySpan<double> integrals)
    {
        float[] control = controls.Values;
        for (int i = 0; i < _sources.Length; i++)
        {
            ref readonly ValueSource source = ref _sources[i];
            _values[i] = source.Kind switch
            {
                ValueSourceKind.Control => control[source.Index],
                ValueSourceKind.Integral => (float)integrals[source.Index],
                ValueSourceKind.BuiltIn => builtIns[source.Index],
                _ => source.Constant,
            };
        }
        _program.Use();
        GL gl = _context.Gl;
        if (_valuesLocation >= 0)
            gl.Uniform1(_valuesLocation, _values);
        foreach ((int location, int offset, int length) in _arrays)
            if (location >= 0)
                gl.Uniform1(location, offset < 0 ? Zeros.AsSpan(0, length) : control.AsSpan(offset, length));
        gl.DrawArrays(PrimitiveType.Triangles, 0, 3);
    }

    public void Dispose() => _program.Dispose();
}
