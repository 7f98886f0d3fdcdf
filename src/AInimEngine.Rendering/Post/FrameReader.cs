using AInimEngine.Core.Imaging;
using AInimEngine.Rendering.OpenGL;

namespace AInimEngine.Rendering.Post;

/// <summary>
/// Brings finished pictures back to the CPU, two in flight. A GPU copies into pixel buffers while the next frame is
/// drawn; a software renderer's pictures lie in memory already, so they are copied once, straight to the caller.
/// </summary>
internal sealed unsafe class FrameReader : IDisposable
{
    private const int Depth = 2;

    private readonly GlContext _context;
    private readonly GlTexture?[] _outputs = new GlTexture?[Depth];
    private readonly GlTexture?[] _begunPictures = new GlTexture?[Depth];
    private readonly uint[] _buffers = new uint[Depth];
    private readonly bool _direct;
    private long _begun, _ended;

    /// <param name="context">The owner.</param>
    /// <param name="width">Pixels across.</param>
    /// <param name="height">Pixels down.</param>
    /// <param name="ownsOutputs">Whether pictures are drawn into textures of this, or lie in others when they are read.</param>
    public FrameReader(GlContext context, int width, int height, bool ownsOutputs)
    {
        _context = context;
        _direct = context.Info.IsSoftware;
        for (int i = 0; i < Depth; i++)
        {
            if (ownsOutputs)
                _outputs[i] = new GlTexture(context, width, height, InternalFormat.Rgba8, target: true);
            if (_direct)
                continue;
            _buffers[i] = context.Gl.GenBuffer();
            context.Count(1);
            context.Gl.BindBuffer(BufferTargetARB.PixelPackBuffer, _buffers[i]);
            context.Gl.BufferData(BufferTargetARB.PixelPackBuffer, (nuint)width * (nuint)height * 4, null, BufferUsageARB.StreamRead);
        }
        context.Gl.BindBuffer(BufferTargetARB.PixelPackBuffer, 0);
    }

    /// <summary>What the next frame is drawn into, where this owns the outputs.</summary>
    public GlTexture Output => _outputs[_begun % Depth]!;

    /// <summary>Pictures begun and not yet ended.</summary>
    public int InFlight => (int)(_begun - _ended);

    /// <param name="picture">What is read; stays as it is until <see cref="End"/>.</param>
    public void Begin(GlTexture picture)
    {
        if (InFlight == Depth)
            throw new InvalidOperationException("BeginRead was called a third time before EndRead");
        int slot = (int)(_begun++ % Depth);
        _begunPictures[slot] = picture;
        if (_direct)
        {
            _context.Gl.Flush();
            return;
        }
        _context.Gl.BindBuffer(BufferTargetARB.PixelPackBuffer, _buffers[slot]);
        picture.Read(null);
        _context.Gl.BindBuffer(BufferTargetARB.PixelPackBuffer, 0);
        _context.Gl.Flush();
    }

    public void End(Image output)
    {
        if (InFlight == 0)
            throw new InvalidOperationException("EndRead was called without BeginRead");
        int slot = (int)(_ended++ % Depth);
        if (_direct)
        {
            _begunPictures[slot]!.Read(output.Pointer);
            return;
        }
        GL gl = _context.Gl;
        gl.BindBuffer(BufferTargetARB.PixelPackBuffer, _buffers[slot]);
        void* mapped = gl.MapBufferRange(BufferTargetARB.PixelPackBuffer, 0, (nuint)output.ByteCount, MapBufferAccessMask.ReadBit);
        if (mapped is null)
            throw new InvalidOperationException("glMapBufferRange gave nothing");
        new ReadOnlySpan<byte>(mapped, output.ByteCount).CopyTo(output.Bytes);
        gl.UnmapBuffer(BufferTargetARB.PixelPackBuffer);
        gl.BindBuffer(BufferTargetARB.PixelPackBuffer, 0);
    }

    /// <summary>Forgets what is in flight.</summary>
    public void Reset() => _begun = _ended = 0;

    public void Dispose()
    {
        for (int i = 0; i < Depth; i++)
        {
            _outputs[i]?.Dispose();
            if (_buffers[i] == 0)
                continue;
            _context.Gl.DeleteBuffer(_buffers[i]);
            _context.Count(-1);
            _buffers[i] = 0;
        }
    }
}
