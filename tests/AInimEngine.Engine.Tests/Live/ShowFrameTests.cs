using AInimEngine.Audio.Playback;
using AInimEngine.Core.Errors;
using AInimEngine.Core.Time;
using AInimEngine.Engine.Live;
using AInimEngine.Media;
using AInimEngine.Rendering.Tests.Support;

namespace AInimEngine.Engine.Tests.Live;

/// <summary>The display's whole frame, in a real window.</summary>
public sealed class ShowFrameTests : IDisposable
{
    private const int Warm = 240, Counted = 200;

    private readonly XServer _server = new();

    public ShowFrameTests() => Assert.SkipWhen(_server.Missing is not null, _server.Missing ?? "");

    public void Dispose() => _server.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void AFrameAllocatesNothing(bool overlay)
    {
        using var track = AudioFile.Open(Installation.DemoTrack, new Nobody(), tools: null, TestContext.Current.CancellationToken);
        using var source = FilePlayback.Start(track.Read, new FilePlaybackSettings { Device = null });
        var settings = new LiveSettings
        {
            Presets = ["aurora"],
            Width = 160,
            Height = 90,
            Fps = new Rational(60, 1),
            OscPort = null,
            Midi = "none",
            Overlay = overlay,
            Server = _server.Name,
            Length = TimeSpan.FromSeconds(60),
        };
        using LiveHost host = LiveHost.Open(settings, source, new Nobody());
        using var end = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var allocated = new long[Warm + Counted + 1];
        int frames = 0;
        host.Shown = _ =>
        {
            allocated[frames] = GC.GetAllocatedBytesForCurrentThread();
            if (++frames == allocated.Length)
                end.Cancel();
        };
        host.Run(end.Token);
        Assert.Equal(allocated.Length, frames);
        long[] each = [.. Enumerable.Range(Warm, Counted).Select(frame => allocated[frame + 1] - allocated[frame])];
        Assert.True(each.All(bytes => bytes == 0), $"bytes of frames that allocated: {string.Join(' ', each.Where(bytes => bytes > 0))}");
    }

    private sealed class Nobody : IWarningSink
    {
        public void Warn(string message)
        {
        }
    }
}
