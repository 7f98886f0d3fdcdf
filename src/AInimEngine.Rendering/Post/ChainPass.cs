using AInimEngine.Core.Frames;
using AInimEngine.Rendering.OpenGL;

namespace AInimEngine.Rendering.Post;

/// <summary>A compiled pass: draws one full-screen triangle.</summary>
internal sealed class ChainPass : IDisposable
{
    private static readonly float[] Zeros = new float[64];

    private readonly GlContext _context;
    private readonly GlProgram _program;
    private readonly ValueSource[] _sources;
    private readonly float[] _values;
    private readonly int _valuesLocation;
    private readonly (int Location, int Offset, int Length)[] _arrays;

    public ChainPass(GlContext context, ChainPassPlan plan, PassSource source)
    {
        _context = context;
        Plan = plan;
        Samplers = [.. source.Samplers];
        _program = new GlProgram(context, plan.Name, source.Vertex, source.Fragment, source.Files);
        _sources = [.. source.Values];
        _values = new float[_sources.Length];
        _valuesLocation = _program.Uniform("u_param");
        _arrays = [.. source.Arrays.Select(array => (_program.Uniform(array.Name), array.Offset, array.Length))];
        _program.Use();
        for (int unit = 0; unit < Samplers.Length; unit++)
            context.Gl.Uniform1(_program.Uniform(Samplers[unit].Name), unit);
    }

    public ChainPassPlan Plan { get; }

    /// <summary>What must be bound, by texture unit, before <see cref="Draw"/>.</summary>
    public PassSampler[] Samplers { get; }

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
