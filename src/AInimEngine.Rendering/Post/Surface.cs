using AInimEngine.Rendering.OpenGL;

namespace AInimEngine.Rendering.Post;

/// <summary>The textures behind a picture between passes: one, or two that take turns when the next frame reads it.</summary>
internal sealed class Surface : IDisposable
{
    private readonly GlTexture _first, _second;
    private bool _turned;

    public Surface(GlContext context, ChainTexture texture)
    {
        Texture = texture;
        _first = new GlTexture(context, texture.Width, texture.Height, InternalFormat.Rgba16f, target: true);
        _second = _first;
        if (!texture.Persistent)
            return;
        try
        {
            _second = new GlTexture(context, texture.Width, texture.Height, InternalFormat.Rgba16f, target: true);
        }
        catch
        {
            _first.Dispose();
            throw;
        }
    }

    public ChainTexture Texture { get; }

    /// <summary>What was drawn last.</summary>
    public GlTexture Front => _turned ? _second : _first;

    /// <summary>What is drawn next.</summary>
    public GlTexture Back => _turned ? _first : _second;

    /// <summary>What was just drawn becomes the front.</summary>
    public void Turn() => _turned = !_turned;

    public void Clear()
    {
        _first.Clear();
        _second.Clear();
    }

    /// <summary>Takes both pictures from another surface of any size.</summary>
    public void CopyFrom(Surface other)
    {
        other.Front.CopyTo(Front);
        if (Texture.Persistent && other.Texture.Persistent)
            other.Back.CopyTo(Back);
    }

    public void Dispose()
    {
        _first.Dispose();
        _second.Dispose();
    }
}
