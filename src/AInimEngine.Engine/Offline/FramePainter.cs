using System.Diagnostics;
using AInimEngine.Core.Frames;
using AInimEngine.Core.State;
using AInimEngine.Core.Time;
using AInimEngine.Rendering;
using AInimEngine.Rendering.Post;
using AInimEngine.Rendering.Safety;

namespace AInimEngine.Engine.Offline;

/// <summary>
/// The second half of the path: the generator's picture through the shaders into RGBA8. Owns its GL context, so it is
/// made, used and disposed of on one thread. Reading back is double-buffered: a picture comes out one frame after it
/// went in.
/// </summary>
public sealed class FramePainter : IStateful, IDisposable
{
    private readonly GlContext _context;
    private readonly PostChain _chain;
    private readonly StageTimes _times;

    /// <summary>Makes context and chain on the calling thread.</summary>
    /// <param name="scene">Shaders, preset, and the size of the generator's pictures.</param>
    /// <param name="controls">Layout of the control frames.</param>
    /// <param name="width">Of the finished picture, pixels.</param>
    /// <param name="height">Of the finished picture, pixels.</param>
    /// <param name="times">Where busy time is counted.</param>
    /// <param name="limitFlashes">As <see cref="RenderRequest.LimitFlashes"/>.</param>
    public FramePainter(Scene scene, FrameLayout controls, int width, int height, StageTimes times, bool limitFlashes = true)
    {
        _times = times;
        _context = GlContext.CreateHeadless();
        try
        {
            var settings = new PostChainSettings(width, height, scene.PictureWidth, scene.PictureHeight, LimitFlashes: limitFlashes);
            _chain = PostChain.Create(_context, scene.Shaders, scene.Preset.Post, controls, settings);
        }
        catch
        {
            _context.Dispose();
            throw;
        }
    }

    /// <summary>When the flash limiter acted, in time of the video. Read on the painter's thread.</summary>
    public LimiterRecord Limited { get; } = new();

    /// <summary>The driver, for manifest and doctor.</summary>
    public GlInfo Info => _context.Info;

    /// <summary>Goes on by a frame that is not drawn. Any thread, while no picture is painted.</summary>
    public void Skip(ControlFrame controls) => _chain.Skip(controls);

    /// <summary>Paints a picture that nobody fetches, for what shaders keep of it.</summary>
    public void PaintUnseen(PictureSlot slot) => _chain.Render(slot.Controls, slot.Picture);

    /// <summary>Paints a picture and starts reading it back. Fetch the one before first, or right after.</summary>
    public void Paint(PictureSlot slot)
    {
        long start = Stopwatch.GetTimestamp();
        _chain.Render(slot.Controls, slot.Picture);
        _chain.BeginRead();
        if (_chain.FlashesLimited)
            Limited.Add(new FrameTime(slot.Frame, slot.Controls.Time.Fps).Seconds);
        _times.Add(Stage.Paint, start);
    }

    /// <summary>Waits for the oldest painted picture that was not fetched yet.</summary>
    public void Fetch(VideoSlot slot)
    {
        long start = Stopwatch.GetTimestamp();
        _chain.EndRead(slot.Picture);
        _times.Add(Stage.ReadBack, start);
    }

    /// <inheritdoc/>
    public void Reset()
    {
        _chain.Reset();
        Limited.Reset();
    }

    /// <inheritdoc/>
    public void Save(StateWriter writer)
    {
        writer.Section("painter", 2);
        _chain.Save(writer);
        Limited.Save(writer);
    }

    /// <inheritdoc/>
    public void Restore(StateReader reader)
    {
        reader.Section("painter", 2);
        _chain.Restore(reader);
        Limited.Restore(reader);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _chain.Dispose();
        _context.Dispose();
    }
}
