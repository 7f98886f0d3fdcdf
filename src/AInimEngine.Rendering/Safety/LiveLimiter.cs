using AInimEngine.Core.State;
using AInimEngine.Rendering.OpenGL;
using AInimEngine.Rendering.Post;

namespace AInimEngine.Rendering.Safety;

/// <summary>
/// The flash limiter behind everything that is shown live: whatever finished picture comes, of a chain or of a transition, is
/// limited. A blackout is a hand's and comes after it, at once. Like its context, for one thread; allocates nothing.
/// </summary>
public sealed class LiveLimiter : IStateful, IDisposable
{
    private const string Fragment = Glsl.Version + """
        uniform sampler2D u_picture;
        uniform float u_light;
        out vec4 fragment;
        void main() {
            vec4 picture = texelFetch(u_picture, ivec2(gl_FragCoord.xy), 0);
            fragment = vec4(picture.rgb * u_light, 1.0);
        }

        """;

    private readonly GlContext _context;
    private readonly FlashLimiter _limiter;
    private readonly GlProgram _copy;
    private readonly GlTexture _dimmed;
    private readonly int _light;

    /// <summary>Makes it on the context's thread.</summary>
    /// <param name="context">Outlives it.</param>
    /// <param name="width">Of the finished pictures.</param>
    /// <param name="height">Of the finished pictures.</param>
    /// <param name="limits">False only dims.</param>
    public LiveLimiter(GlContext context, int width, int height, bool limits = true)
    {
        _context = context;
        Limits = limits;
        _limiter = FlashLimiter.Create(context, width, height);
        _copy = new GlProgram(context, "limiter's input", Glsl.Version + "void main() {\n" + Glsl.Triangle + "}\n", Fragment, []);
        _dimmed = new GlTexture(context, width, height, InternalFormat.Rgba8, target: true);
        _light = _copy.Uniform("u_light");
    }

    /// <summary>Whether flashes are limited.</summary>
    public bool Limits { get; }

    /// <summary>Whether the last picture was changed.</summary>
    public bool Acted => Limits && _limiter.Acted;

    /// <summary>Where the next finished picture may be drawn so that it needs no copy; null where nothing is limited.</summary>
    public GlTexture? Target => Limits ? _limiter.Target : null;

    /// <summary>Limits and dims a picture.</summary>
    /// <param name="finished">Of the limiter's size: <see cref="Target"/>, or any other texture.</param>
    /// <param name="light">0 is black, 1 the picture as it is; display values.</param>
    /// <param name="seconds">Time of the picture; never less than the one before.</param>
    /// <returns>What to show; valid until the call after the next but one.</returns>
    public GlTexture Apply(GlTexture finished, float light, double seconds)
    {
        _context.AssertThread();
        GlTexture shown = finished;
        if (Limits)
        {
            if (!ReferenceEquals(finished, _limiter.Target))
                Copy(finished, _limiter.Target, 1);
            shown = _limiter.Apply(seconds);
        }
        if (light >= 1)
            return shown;
        Copy(shown, _dimmed, Math.Max(0, light));
        return _dimmed;
    }

    /// <summary>Writes what it knows of the pictures so far. Between two of them.</summary>
    public void Save(StateWriter writer)
    {
        if (Limits)
            _limiter.Save(writer);
    }

    /// <inheritdoc/>
    public void Restore(StateReader reader)
    {
        if (Limits)
            _limiter.Restore(reader);
    }

    /// <inheritdoc/>
    public void Reset() => _limiter.Reset();

    /// <summary>Frees it. The context's thread.</summary>
    public void Dispose()
    {
        _copy.Dispose();
        _limiter.Dispose();
        _dimmed.Dispose();
    }

    private void Copy(GlTexture from, GlTexture to, float light)
    {
        from.Bind(0);
        to.Target();
        _copy.Use();
        _context.Gl.Uniform1(_light, light);
        _context.Gl.DrawArrays(PrimitiveType.Triangles, 0, 3);
    }
}
