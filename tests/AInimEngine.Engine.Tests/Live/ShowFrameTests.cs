using AInimEngine.Audio.Playback;
using AInimEngine.Core.Errors;
using AInimEngine.Core.Time;
using AInimEngine.Engine.Live;
using AInimEngine.Engine.Tests.Support;
using AInimEngine.Media;
using AInimEngine.Rendering.Tests.Support;

namespace AInimEngine.Engine.Tests.Live;

/// <summary>The display's whole frame, in a real window.</summary>
[Collection(Pictures.One)]
public sealed class ShowFrameTests : IDisposable
{
    // The overlay is shown after the first half, and makes itself ready for as long as the show did.
    private const int Warm = 120, Counted = 200;

    private readonly XServer _server = new();

    public ShowFrameTests() => Assert.SkipWhen(_server.Missing is not null, _server.Missing ?? "");

    public void Dispose() => _server.Dispose();

    [Fact]
    public void AFrameAllocatesNothingWithTheOverlayAndWithout()
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
            Server = _server.Name,
            Length = TimeSpan.FromSeconds(60),
        };
        using LiveHost host = LiveHost.Open(settings, source, new Nobody());
        using var end = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var each = new long[2 * Counted];
        long last = 0;
        int counted = 0, warm = Warm;
        bool builds = true;
        host.Shown = shown =>
        {
            // A busy machine makes the governor change the shaders' size: building them is no steady frame.
            bool built = builds;
            builds = shown.Stage.IsBuilding;
            long now = GC.GetAllocatedBytesForCurrentThread(), bytes = now - last;
            last = now;
            if (warm-- > 0 || built || builds)
                return;
            each[counted++] = bytes;
            if (counted == each.Length)
                end.Cancel();
            if (counted != Counted)
                return;
            shown.Surface.Place(shown.Surface.IndexOf(LiveRows.Overlay), 1);
            warm = Warm;
        };
        host.Run(end.Token);
        Assert.Equal(each.Length, counted);
        Assert.True(each.All(bytes => bytes == 0), $"bytes of frames that allocated: {string.Join(' ', each.Where(bytes => bytes > 0))}");
    }

    private sealed class Nobody : IWarningSink
    {
        public void Warn(string message)
        {
        }
    }
}
