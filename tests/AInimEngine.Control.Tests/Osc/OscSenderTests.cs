using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using AInimEngine.Control.Osc;
using AInimEngine.Core.Control;
using AInimEngine.Core.Errors;
using AInimEngine.Core.Frames;

namespace AInimEngine.Control.Tests.Osc;

public sealed class OscSenderTests
{
    private static readonly FrameLayout s_layout = new(
    [
        new("bass", 1, "", 0, 1, "Bass."), new("fine", 3, "", 0, 1, "Bands."), new("onset", 1, "", 0, 1, "Onset."), new("onset.low", 1, "", 0, 1, "Kick."),
        new("raw.bass", 1, "", 0, 1, "Raw."),
    ]);

    private readonly FeatureFrame _frame = new(s_layout);
    private readonly ControlSurface _surface = Surfaces.Make();
    private long _now;

    [Fact]
    public async Task OscdumpShowsFeaturesTempoAndRows()
    {
        Assert.SkipUnless(Peer.IsThere("oscdump"), "oscdump is not installed (liblo-tools)");
        int port = FreePort();
        using Peer dump = Peer.Start("oscdump", "-L", port.ToString(CultureInfo.InvariantCulture));
        using OscSender sender = OscSender.Open($"127.0.0.1:{port}", s_layout, _surface);
        _frame.Values[0] = 0.5f;
        _frame.Values[5] = 0.25f;
        sender.SetTempo(120, 0.25f, 0.5f);
        await Eventually.True(
            () =>
            {
                sender.SendBeat(1);
                return dump.Lines.Any(line => line.Contains("/ainim/beat f 1.0", StringComparison.Ordinal));
            },
            "oscdump listens");
        sender.Send(_frame);
        sender.SendRows();
        foreach (string line in (string[])["/ainim/audio/bass f 0.500000", "/ainim/audio/fine fff 0.000000 0.000000 0.000000", "/ainim/onset/low f 0.250000",
            "/ainim/tempo f 120.000000", "/ainim/beat/phase f 0.250000", "/ainim/bar/phase f 0.500000", "/ainim/master/speed f 0.250000", "/ainim/blackout f 0.000000"])
            await Eventually.True(() => dump.Lines.Any(l => l.EndsWith(line, StringComparison.Ordinal)), line);
        Assert.DoesNotContain(dump.Lines, line => line.Contains("raw", StringComparison.Ordinal) || line.Contains("/ainim/onset f", StringComparison.Ordinal));
    }

    [Fact]
    public void FeaturesGoOutAtTheSetRateAndNoOnsetIsLost()
    {
        using var listener = new UdpClient(new IPEndPoint(IPAddress.Loopback, 0));
        using OscSender sender = Open(listener, 30);
        int onsets = 0;
        for (int hop = 0; hop < 375; hop++)
        {
            _now = Stopwatch.Frequency + hop * Stopwatch.Frequency * 256 / 48000;
            _frame.Values[5] = hop % 25 == 3 ? 0.5f : 0;
            sender.Send(_frame);
            while (listener.Available > 0)
                onsets += Count(listener, "/ainim/onset/low\0");
        }
        Assert.InRange(sender.Packets, 60, 61);
        Assert.Equal(15, onsets);
    }

    [Fact]
    public void OnlyRowsThatMovedAreTold()
    {
        using var listener = new UdpClient(new IPEndPoint(IPAddress.Loopback, 0));
        using OscSender sender = Open(listener, 30);
        sender.SendRows();
        listener.Client.Receive(new byte[2000]);
        _now += Stopwatch.Frequency;
        sender.SendRows();
        Assert.Equal(1, sender.Packets);
        _surface.Apply(new ControlEvent(_surface.IndexOf("master/speed"), 0.5f));
        sender.SendRows();
        Assert.Equal(1, sender.Packets); // not due before a thirtieth of a second
        _now += Stopwatch.Frequency;
        sender.SendRows();
        Assert.Equal(2, sender.Packets);
    }

    [Fact]
    public void NothingIsAllocatedAndNobodyNeedsToListen()
    {
        using OscSender sender = OscSender.Open($"127.0.0.1:{FreePort()}", s_layout, _surface, 200, () => _now);
        int speed = _surface.IndexOf("master/speed");
        void Use()
        {
            _now += Stopwatch.Frequency;
            _surface.Apply(new ControlEvent(speed, 1, ControlMode.Relative));
            _surface.Apply(new ControlEvent(speed, _now % 2));
            sender.SetTempo(120, 0, 0);
            sender.Send(_frame);
            sender.SendBeat(2);
            sender.SendRows();
        }
        for (int i = 0; i < 100; i++)
            Use();
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 1000; i++)
            Use();
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
        Assert.Equal(0, sender.Failed);
    }

    [Theory]
    [InlineData("127.0.0.1:0")]
    [InlineData("127.0.0.1:x")]
    [InlineData(":9000")]
    [InlineData("no.such.host.invalid:9000")]
    public void AnAddressThatIsNoneIsOneClearLine(string to)
    {
        AInimException error = Assert.Throws<AInimException>(() => OscSender.Open(to, s_layout));
        Assert.StartsWith($"cannot send OSC to '{to}': ", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("127.0.0.1", "127.0.0.1", 9001)]
    [InlineData("127.0.0.1:7000", "127.0.0.1", 7000)]
    [InlineData("[::1]:7000", "::1", 7000)]
    [InlineData("::1", "::1", 9001)]
    public void AddressesAreWrittenAsPeopleDo(string text, string address, int port) =>
        Assert.Equal(new IPEndPoint(IPAddress.Parse(address), port), OscAddress.Resolve(text));

    private OscSender Open(UdpClient listener, double rate) => OscSender.Open(listener.Client.LocalEndPoint!.ToString()!, s_layout, _surface, rate, () => _now);

    private static int Count(UdpClient listener, string text)
    {
        IPEndPoint? from = null;
        string packet = System.Text.Encoding.Latin1.GetString(listener.Receive(ref from));
        return packet.Split(text).Length - 1;
    }

    private static int FreePort()
    {
        using var probe = new UdpClient(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)probe.Client.LocalEndPoint!).Port;
    }
}
