using AInimEngine.Core.Errors;
using AInimEngine.Rendering.OpenGL;

namespace AInimEngine.Rendering.Post;

/// <summary>
/// A picture on the GPU: a texture, and the framebuffer that draws into it when one is wanted. Row 0 is the top of the
/// picture. Belongs to its context's thread.
/// </summary>
public sealed unsafe class GlTexture : IDisposable
{
    private readonly GlContext _context;
    private uint _texture, _framebuffer;

    internal GlTexture(GlContext context, int width, int height, InternalFormat format, bool target, TextureFilter filter = TextureFilter.Linear, TextureWrapMode wrap = TextureWrapMode.ClampToEdge)
    {
        if (width > context.MaxTextureSize || height > context.MaxTextureSize)
            throw new AInimException(ExitCode.Usage, $"a picture of {width}x{height} is larger than '{context.Info.Renderer}' allows ({context.MaxTextureSize}). Pass a smaller --size.");
        _context = context;
        (Width, Height, Format) = (width, height, format);
        GL gl = context.Gl;
        _texture = gl.GenTexture();
        context.Count(1);
        gl.BindTexture(TextureTarget.Texture2D, _texture);
        gl.TexParameter(TextureTarget.Texture2D, TextureParameterName.MinFilter, (int)filter);
        gl.TexParameter(TextureTarget.Texture2D, TextureParameterName.MagFilter, (int)filter);
        gl.TexParameter(TextureTarget.Texture2D, TextureParameterName.WrapS, (int)wrap);
        gl.TexParameter(TextureTarget.Texture2D, TextureParameterName.WrapT, (int)wrap);
        gl.TexParameter(TextureTarget.Texture2D, TextureParameterName.MaxLevel, 0);
        gl.TexImage2D(TextureTarget.Texture2D, 0, format, (uint)width, (uint)height, 0, Layout, Type, null);
        if (!target)
            return;

        _framebuffer = gl.GenFramebuffer();
        context.Count(1);
        gl.BindFramebuffer(FramebufferTarget.Framebuffer, _framebuffer);
        gl.FramebufferTexture2D(FramebufferTarget.Framebuffer, FramebufferAttachment.ColorAttachment0, TextureTarget.Texture2D, _texture, 0);
        FramebufferStatus status = gl.CheckFramebufferStatus(FramebufferTarget.Framebuffer);
        if (status != FramebufferStatus.Complete)
        {
            Dispose();
            throw new AInimException(ExitCode.Environment, $"cannot draw: '{context.Info.Renderer}' does not draw into {format} textures (status 0x{(uint)status:x}). Update the OpenGL driver.");
        }
    }

    /// <summary>Pixels across.</summary>
    public int Width { get; }

    /// <summary>Pixels down.</summary>
    public int Height { get; }

    internal InternalFormat Format { get; }

    private PixelFormat Layout => Format is InternalFormat.R8 or InternalFormat.R32f ? PixelFormat.Red : PixelFormat.Rgba;

    private PixelType Type => Format switch
    {
        InternalFormat.Rgba8 or InternalFormat.R8 => PixelType.UnsignedByte,
        InternalFormat.Rgba16f => PixelType.HalfFloat,
        _ => PixelType.Float,
    };

    /// <summary>Makes it the texture of unit <paramref name="unit"/>.</summary>
    internal void Bind(int unit)
    {
        _context.Gl.ActiveTexture(TextureUnit.Texture0 + (uint)unit);
        _context.Gl.BindTexture(TextureTarget.Texture2D, _texture);
    }

    /// <summary>Makes it what is drawn into, whole.</summary>
    internal void Target()
    {
        _context.Gl.BindFramebuffer(FramebufferTarget.Framebuffer, _framebuffer);
        _context.Gl.Viewport(0, 0, (uint)Width, (uint)Height);
    }

    /// <summary>Fills it with opaque black.</summary>
    internal void Clear()
    {
        Target();
        _context.Gl.ClearColor(0, 0, 0, 1);
        _context.Gl.Clear(ClearBufferMask.ColorBufferBit);
    }

    /// <summary>Uploads pixels in the texture's own format.</summary>
    internal void Write(void* pixels)
    {
        Bind(0);
        _context.Gl.TexSubImage2D(TextureTarget.Texture2D, 0, 0, 0, (uint)Width, (uint)Height, Layout, Type, pixels);
    }

    /// <summary>Reads pixels in the texture's own format; waits for what draws into it. With a pack buffer bound, <paramref name="pixels"/> is an offset.</summary>
    internal void Read(void* pixels)
    {
        Target();
        _context.Gl.ReadPixels(0, 0, (uint)Width, (uint)Height, Layout, Type, pixels);
    }

    /// <summary>Copies the whole picture into another target, interpolated where the sizes differ.</summary>
    internal void CopyTo(GlTexture target)
    {
        _context.Gl.BindFramebuffer(FramebufferTarget.ReadFramebuffer, _framebuffer);
        _context.Gl.BindFramebuffer(FramebufferTarget.DrawFramebuffer, target._framebuffer);
        _context.Gl.BlitFramebuffer(Width, Height, target.Width, target.Height, ClearBufferMask.ColorBufferBit, TextureFilter.Linear);
    }

    /// <summary>Frees it. Its owner does, on the context's thread.</summary>
    public void Dispose()
    {
        if (_framebuffer != 0)
        {
            _context.Gl.DeleteFramebuffer(_framebuffer);
            _context.Count(-1);
            _framebuffer = 0;
        }
        if (_texture != 0)
        {
            _context.Gl.DeleteTexture(_texture);
            _context.Count(-1);
            _texture = 0;
        }
    }
}
