using System.Buffers;
using AInimEngine.Core.State;
using AInimEngine.Rendering.OpenGL;

namespace AInimEngine.Rendering.Post;

/// <summary>What a chain keeps from one frame to the next, so that an unfinished render goes on to the bit.</summary>
public sealed unsafe partial class PostChain
{
    /// <summary>Writes phases and kept pictures, of a chain that blends the generator's last two also, 8 bytes a pixel each. Call between <see cref="EndRead"/> and <see cref="Render(Core.Frames.ControlFrame, float, GlTexture?)"/>.</summary>
    public void Save(StateWriter writer)
    {
        _context.AssertThread();
        if (_reader.InFlight > 0)
            throw new InvalidOperationException("save while a frame is being read back; call EndRead first");
        writer.Section(StateName, StateVersion);
        writer.Write<double>(_phases);
        foreach (Surface surface in _surfaces.Values)
        {
            if (!surface.Texture.Persistent)
                continue;
            writer.Section(surface.Texture.Name, StateVersion);
            Save(surface.Front, writer);
            if (ReadsOlder(surface))
                Save(surface.Back, writer);
        }
        if (_settings.Blends)
            writer.Write(Math.Min(_painted, 2));
        _limiter?.Save(writer);
    }

    /// <inheritdoc/>
    public void Restore(StateReader reader)
    {
        _context.AssertThread();
        reader.Section(StateName, StateVersion);
        reader.Read<double>(_phases);
        foreach (Surface surface in _surfaces.Values)
        {
            if (!surface.Texture.Persistent)
                continue;
            reader.Section(surface.Texture.Name, StateVersion);
            Restore(surface.Front, reader);
            if (ReadsOlder(surface))
                Restore(surface.Back, reader);
        }
        _painted = _settings.Blends ? reader.Read<long>() : 1;
        _fresh = false;
        _limiter?.Restore(reader);
        _reader.Reset();
    }

    // Of the others, the back is drawn over before anybody reads it.
    private bool ReadsOlder(Surface surface) =>
        _settings.Blends && _passes.Any(pass => pass.Samplers.Any(sampler => sampler.Kind == PassSamplerKind.Older && ReferenceEquals(sampler.Texture, surface.Texture)));

    private static void Save(GlTexture texture, StateWriter writer)
    {
        int count = texture.Width * texture.Height;
        ulong[] pixels = ArrayPool<ulong>.Shared.Rent(count);
        fixed (ulong* start = pixels)
            texture.Read(start);
        writer.Write<ulong>(pixels.AsSpan(0, count));
        ArrayPool<ulong>.Shared.Return(pixels);
    }

    private static void Restore(GlTexture texture, StateReader reader)
    {
        ulong[] pixels = new ulong[texture.Width * texture.Height];
        reader.Read<ulong>(pixels);
        fixed (ulong* start = pixels)
            texture.Write(start);
    }
}
