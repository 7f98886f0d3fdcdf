using AInimEngine.Rendering.OpenGL;
using AInimEngine.Rendering.Post;

namespace AInimEngine.Rendering.Recording;

/// <summary>
/// Brings finished pictures back for recording and preview, without ever waiting for the GPU: pictures that it has not
/// finished yet stay in a ring, and one that finds the ring full is dropped and counted. The context's thread; allocates
/// nothing after it was made.
/// </summary>
/// <remarks>
/// A frame is <see cref="TryBegin"/> after drawing and <see cref="TryRead"/> later, best after the next swap. A software
/// renderer's pictures lie in memory already, so they are read from where they were drawn and not through pixel buffers.
/// </remarks>
public sealed unsafe class OutputReader : IDisposable
{
    private const string Luma = Glsl.Version + """
        uniform sampler2D u_picture;
        out vec4 o_color;
        void main() {
            vec3 c = texelFetch(u_picture, ivec2(gl_FragCoord.xy), 0).rgb;
            o_color = vec4((16.0 + 219.0 * dot(c, vec3(0.2126, 0.7152, 0.0722))) / 255.0);
        }

        """;

    // The rows below the Y plane hold U and then V, each half as wide, written on without regard to the rows' ends.
    private const string Chroma = Glsl.Version + """
        uniform sampler2D u_picture;
        out vec4 o_color;
        void main() {
            ivec2 size = textureSize(u_picture, 0), half_size = size / 2;
            int at = (int(gl_FragCoord.y) - size.y) * size.x + int(gl_FragCoord.x), plane = half_size.x * half_size.y;
            bool v = at >= plane;
            at -= v ? plane : 0;
            ivec2 p = ivec2(at % half_size.x, at / half_size.x) * 2;
            vec3 c = 0.25 * (texelFetch(u_picture, p, 0).rgb + texelFetch(u_picture, p + ivec2(1, 0), 0).rgb
                + texelFetch(u_picture, p + ivec2(0, 1), 0).rgb + texelFetch(u_picture, p + ivec2(1, 1), 0).rgb);
            float y = dot(c, vec3(0.2126, 0.7152, 0.0722));
            o_color = vec4((128.0 + 224.0 * (v ? (c.r - y) / 1.5748 : (c.b - y) / 1.8556)) / 255.0);
        }

        """;

    private const string Copy = Glsl.Version + """
        uniform sampler2D u_picture;
        out vec4 o_color;
        void main() { o_color = texelFetch(u_picture, ivec2(gl_FragCoord.xy), 0); }

        """;

    private readonly GlContext _context;
    private readonly GlProgram[] _programs;
    private readonly GlTexture[] _pictures;
    private readonly uint[] _buffers;
    private readonly nint[] _fences;
    private readonly long[] _frames;
    private long _begun, _ended;

    /// <summary>Makes the ring and compiles what converts.</summary>
    /// <param name="context">Outlives it.</param>
    /// <param name="width">Of the pictures; even for <see cref="OutputFormat.Yuv420"/>.</param>
    /// <param name="height">Of the pictures; even for <see cref="OutputFormat.Yuv420"/>.</param>
    /// <param name="format">What is read.</param>
    /// <param name="depth">Pictures under way at most, 1 to 8.</param>
    public OutputReader(GlContext context, int width, int height, OutputFormat format, int depth = 3)
    {
        bool yuv = format == OutputFormat.Yuv420;
        if (yuv && (width % 2 != 0 || height % 2 != 0))
            throw new ArgumentException($"yuv420 needs an even size, got {width}x{height}");
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(depth);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(depth, 8);
        (_context, Width, Height, Format) = (context, width, height, format);
        ByteCount = yuv ? width * height * 3 / 2 : width * height * 4;
        string vertex = $"{Glsl.Version}void main() {{\n{Glsl.Triangle}}}\n";
        _programs = yuv
            ? [new GlProgram(context, "luma", vertex, Luma, []), new GlProgram(context, "chroma", vertex, Chroma, [])]
            : [new GlProgram(context, "copy", vertex, Copy, [])];
        _pictures = new GlTexture[depth];
        _buffers = new uint[depth];
        _fences = new nint[depth];
        _frames = new long[depth];
        for (int i = 0; i < depth; i++)
        {
            _pictures[i] = new GlTexture(context, width, yuv ? height * 3 / 2 : height, yuv ? InternalFormat.R8 : InternalFormat.Rgba8, target: true, TextureFilter.Nearest);
            if (context.Info.IsSoftware)
                continue;
            _buffers[i] = context.Gl.GenBuffer();
            context.Count(1);
            context.Gl.BindBuffer(BufferTargetARB.PixelPackBuffer, _buffers[i]);
            context.Gl.BufferData(BufferTargetARB.PixelPackBuffer, (nuint)ByteCount, null, BufferUsageARB.StreamRead);
            context.Gl.BindBuffer(BufferTargetARB.PixelPackBuffer, 0);
        }
    }

    /// <summary>Pixels across.</summary>
    public int Width { get; }

    /// <summary>Pixels down.</summary>
    public int Height { get; }

    /// <summary>What <see cref="TryRead"/> writes.</summary>
    public OutputFormat Format { get; }

    /// <summary>Bytes of a picture.</summary>
    public int ByteCount { get; }

    /// <summary>Pictures begun and not yet read.</summary>
    public int UnderWay => (int)(_begun - _ended);

    /// <summary>Pictures that found no room.</summary>
    public long Dropped { get; private set; }

    /// <summary>Starts bringing a picture back; it may be drawn over afterwards.</summary>
    /// <param name="picture">Of the reader's size.</param>
    /// <param name="frame">A number that comes back with it.</param>
    /// <returns>False when the ring is full: the picture is dropped.</returns>
    public bool TryBegin(GlTexture picture, long frame)
    {
        _context.AssertThread();
        if (picture.Width != Width || picture.Height != Height)
            throw new ArgumentException($"expected a picture of {Width}x{Height}, got {picture.Width}x{picture.Height}", nameof(picture));
        if (UnderWay == _pictures.Length)
        {
            Dropped++;
            return false;
        }
        int slot = (int)(_begun++ % _pictures.Length);
        GL gl = _context.Gl;
        picture.Bind(0);
        _pictures[slot].Target();
        for (int i = 0; i < _programs.Length; i++)
        {
            if (Format == OutputFormat.Yuv420)
                gl.Viewport(0, i == 0 ? 0 : Height, (uint)Width, (uint)(i == 0 ? Height : Height / 2));
            _programs[i].Use();
            gl.DrawArrays(PrimitiveType.Triangles, 0, 3);
        }
        if (_buffers[slot] != 0)
        {
            gl.BindBuffer(BufferTargetARB.PixelPackBuffer, _buffers[slot]);
            _pictures[slot].Read(null);
            gl.BindBuffer(BufferTargetARB.PixelPackBuffer, 0);
        }
        _fences[slot] = gl.FenceSync(SyncCondition.SyncGpuCommandsComplete);
        _frames[slot] = frame;
        gl.Flush();
        return true;
    }

    /// <summary>Takes the oldest picture, if the GPU is done with it.</summary>
    /// <param name="output">At least <see cref="ByteCount"/> bytes.</param>
    /// <param name="frame">The number that it was begun with.</param>
    /// <returns>False when there is none or it is not done yet; nothing is written.</returns>
    public bool TryRead(Span<byte> output, out long frame)
    {
        _context.AssertThread();
        if (output.Length < ByteCount)
            throw new ArgumentException($"a picture takes {ByteCount} bytes, got {output.Length}", nameof(output));
        frame = -1;
        if (UnderWay == 0)
            return false;
        int slot = (int)(_ended % _pictures.Length);
        GL gl = _context.Gl;
        if (gl.ClientWaitSync(_fences[slot], SyncObjectMask.None, 0) == SyncStatus.TimeoutExpired)
            return false;
        gl.DeleteSync(_fences[slot]);
        _fences[slot] = 0;
        frame = _frames[slot];
        _ended++;
        if (_buffers[slot] == 0)
        {
            fixed (byte* pixels = output)
                _pictures[slot].Read(pixels);
            return true;
        }
        gl.BindBuffer(BufferTargetARB.PixelPackBuffer, _buffers[slot]);
        void* mapped = gl.MapBufferRange(BufferTargetARB.PixelPackBuffer, 0, (nuint)ByteCount, MapBufferAccessMask.ReadBit);
        if (mapped is null)
            throw new InvalidOperationException("glMapBufferRange gave nothing");
        new ReadOnlySpan<byte>(mapped, ByteCount).CopyTo(output);
        gl.UnmapBuffer(BufferTargetARB.PixelPackBuffer);
        gl.BindBuffer(BufferTargetARB.PixelPackBuffer, 0);
        return true;
    }

    /// <summary>Waits until the GPU is done with everything, so that <see cref="TryRead"/> gives all that was begun: for ends, not for frames.</summary>
    public void Finish()
    {
        _context.AssertThread();
        _context.Finish();
    }

    /// <summary>Frees it. The context's thread.</summary>
    public void Dispose()
    {
        foreach (GlProgram program in _programs)
            program.Dispose();
        for (int i = 0; i < _pictures.Length; i++)
        {
            _pictures[i].Dispose();
            if (_fences[i] != 0)
                _context.Gl.DeleteSync(_fences[i]);
            _fences[i] = 0;
            if (_buffers[i] == 0)
                continue;
            _context.Gl.DeleteBuffer(_buffers[i]);
            _context.Count(-1);
            _buffers[i] = 0;
        }
    }
}
