using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using AInimEngine.Control.Osc;
using AInimEngine.Core.Control;
using AInimEngine.Core.Errors;

namespace AInimEngine.Control.Tests.Osc;

public sealed class OscServerTests : IDisposable
{
    private readonly ControlSurface _surface = Surfaces.Make();
    private readonly OscServer _server;
    private readonly UdpClient _client = new(new IPEndPoint(IPAddress.Loopback, 0));

    public OscServerTests() => _server = OscServer.Start(_surface, new OscSettings { Port = 0 });

    public void Dispose()
    {
        _client.Dispose();
        _server.Dispose();
    }

    [Fact]
    public async Task OscsendReachesEveryKindOfRow()
    {
        Assert.SkipUnless(Peer.IsThere("oscsend"), "oscsend is not installed (liblo-tools)");
        foreach (string[] arguments in (string[][])[
            ["/ainim/master/speed", "f", "0.25"], ["/ainim/layer/2/opacity", "d", "0.5"], ["/ainim/blackout", "i", "1"], ["/ainim/freeze", "T"],
            ["/ainim/panic", "f", "1.0"], ["/ainim/preset/next"], ["/ainim/preset/name", "s", "Deep Sea"], ["/ainim/param/bloom.strength/add", "f", "0.125"]])
            Assert.Equal(0, await Peer.Run("oscsend", ["127.0.0.1", Port, .. arguments]));
        await Eventually.True(() => _server.Received == 8, "eight messages");
        Assert.Equal(
            [("master/speed", 0.25f, ControlMode.Absolute, null), ("param/bloom.strength", 0.125f, ControlMode.Relative, null), ("layer/2/opacity", 0.5f, ControlMode.Absolute, null),
             ("blackout", 1f, ControlMode.Absolute, null), ("freeze", 1f, ControlMode.Absolute, null), ("panic", 1f, ControlMode.Absolute, null),
             ("preset/next", 1f, ControlMode.Absolute, null), ("preset/name", 1f, ControlMode.Absolute, "Deep Sea")],
            Events());
    }

    [Fact]
    public async Task OtherRowsAreReachedThroughTheSamePort()
    {
        Send("/ainim/scene/fog", ",f", [0x3F, 0, 0, 0]);
        await Eventually.True(() => _server.Unknown == 1, "nobody listens yet");
        var other = new ControlSurface([new ControlRow("scene/fog", ControlKind.Switch, "Fog.")]);
        _server.SetSurface(other);
        Send("/ainim/scene/fog", ",T", []);
        await Eventually.True(() => _server.Received == 1, "now it does");
        Assert.Equal(new ControlEvent(0, 1), Assert.Single(Surfaces.Drain(_server)) with { Timestamp = 0 });
        Assert.Equal(1, _server.Unknown);
    }

    [Fact]
    public async Task APatternReachesAllThatItMatches()
    {
        Send("/ainim/layer/*/opacity", ",f", [0x3F, 0, 0, 0]);
        await Eventually.True(() => _server.Received == 2, "two rows");
        Assert.Equal(["layer/1/opacity", "layer/2/opacity"], Events().Select(e => e.Id));
    }

    [Fact]
    public async Task ABundleIsTakenWhole()
    {
        _client.Send(OscPacketTests.Bundle(Message("/ainim/master/speed", ",f", [0x3F, 0, 0, 0]), Message("/ainim/blackout", ",F", [])), _server.EndPoint);
        await Eventually.True(() => _server.Received == 2, "two messages");
        Assert.Equal([("master/speed", 0.5f, ControlMode.Absolute, null), ("blackout", 0f, ControlMode.Absolute, null)], Events());
    }

    [Fact]
    public async Task AToggleHappensWhenItIsPressedNotWhenItIsLetGo()
    {
        Send("/ainim/freeze/toggle", ",f", [0x3F, 0x80, 0, 0]);
        Send("/ainim/freeze/toggle", ",f", [0, 0, 0, 0]);
        await Eventually.True(() => _server.Received == 2, "two messages");
        Assert.Equal(ControlMode.Toggle, Assert.Single(Events()).Mode);
    }

    [Theory]
    [InlineData(",s", "3f000000")] // "?"
    [InlineData(",", "")]
    public async Task AQuestionIsAnsweredToWhoAsked(string tags, string data)
    {
        _surface.Apply(new ControlEvent(_surface.IndexOf("master/brightness"), 0.75f));
        Send("/ainim/master/brightness", tags, Convert.FromHexString(data));
        UdpReceiveResult answer = await _client.ReceiveAsync(TestContext.Current.CancellationToken);
        Assert.Equal(Message("/ainim/master/brightness", ",f", [0x3F, 0x40, 0, 0]), answer.Buffer);
        Assert.Empty(Events());
    }

    [Fact]
    public async Task TheListNamesEveryRow()
    {
        Send("/ainim/?", ",", []);
        var text = new StringBuilder();
        while (!text.ToString().Contains(_surface.Rows[^1].Id, StringComparison.Ordinal))
            text.Append(Encoding.Latin1.GetString((await _client.ReceiveAsync(TestContext.Current.CancellationToken)).Buffer));
        Assert.All(_surface.Rows, row => Assert.Contains("/ainim/" + row.Id + "\0", text.ToString(), StringComparison.Ordinal));
        Assert.Contains("/ainim/rows\0,f\0\0", text.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task WhatDoesNotSuitIsCountedAndNothingElseHappens()
    {
        Send("/ainim/master/speed", ",f", [0x7F, 0xC0, 0, 0]); // NaN
        Send("/ainim/master/speed", ",s", OscPacketTests.Padded("fast"));
        Send("/ainim/preset/name", ",f", [0, 0, 0, 0]);
        Send("/ainim/preset/name", ",s", OscPacketTests.Padded("a\nb"));
        Send("/ainim/preset/name", ",s", OscPacketTests.Padded(new string('x', 300)));
        Send("/ainim/blackout/add", ",f", [0x3F, 0, 0, 0]);
        Send("/ainim/nothing", ",f", [0, 0, 0, 0]);
        _client.Send([1, 2, 3], _server.EndPoint);
        await Eventually.True(() => _server.Malformed == 7 && _server.Unknown == 1, "seven refused, one unknown");
        Assert.Empty(Events());
    }

    [Fact]
    public async Task ATriggerComesThroughAFloodOfTwentyThousand()
    {
        byte[] value = Message("/ainim/master/speed", ",f", [0x3F, 0, 0, 0]), broken = Message("/ainim/master/speed", ",f", []);
        byte[] trigger = Message("/ainim/panic", ",T", []), pulls = Message("/ainim/preset/next", ",T", []);
        long start = Stopwatch.GetTimestamp();
        for (int i = 0; i < 20000; i++)
            _client.Send(i % 10 == 3 ? broken : i % 10 == 7 ? pulls : value, _server.EndPoint);
        _client.Send(trigger, _server.EndPoint);
        // The system drops what its buffer does not hold; whatever was sent last has room again once the flood is read.
        bool panicked = false;
        await Eventually.True(
            () =>
            {
                panicked |= Events().Any(e => e.Id == "panic");
                if (!panicked)
                    _client.Send(trigger, _server.EndPoint);
                return panicked;
            },
            "the trigger");
        Assert.InRange(Stopwatch.GetElapsedTime(start).TotalSeconds, 0, 8);
        Assert.InRange(_server.Malformed, 1, 2000);
        Assert.True(_server.Superseded > 0);
    }

    [Fact]
    public void APortInUseIsOneClearLine()
    {
        AInimException error = Assert.Throws<AInimException>(() => OscServer.Start(_surface, new OscSettings { Port = _server.EndPoint.Port }));
        Assert.Equal(ExitCode.Environment, error.ExitCode);
        Assert.StartsWith($"cannot listen to OSC on 127.0.0.1:{_server.EndPoint.Port}: another program listens there.", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }

    [Fact]
    public void OnlyThisComputerIsHeardUnlessItIsOpened()
    {
        Assert.Equal(IPAddress.Loopback, _server.EndPoint.Address);
        using OscServer open = OscServer.Start(_surface, new OscSettings { Port = 0 }.Opened());
        Assert.Equal(IPAddress.Any, open.EndPoint.Address);
    }

    [Fact]
    public void APacketAllocatesNothing()
    {
        var slots = new EventSlots(_surface);
        var router = new OscRouter(_surface, slots, () => 1);
        byte[] packet = OscPacketTests.Bundle(
            Message("/ainim/master/speed", ",f", [0x3F, 0, 0, 0]), Message("/ainim/layer/[12]/*", ",i", [0, 0, 0, 1]),
            Message("/ainim/panic", ",T", []), Message("/ainim/x", ",f", []), Message("/ainim/freeze/toggle", ",", []), Message("/ainim/blackout", ",s", OscPacketTests.Padded("?")),
            Message("/ainim/preset/name", ",s", OscPacketTests.Padded("Deep Sea")));
        void Use(bool read)
        {
            OscPacket.Visit(packet, ref router);
            router.Forget();
            while (read && slots.TryRead(out _))
            {
            }
        }
        for (int i = 0; i < 100; i++)
            Use(true);
        Use(false);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 1000; i++)
            Use(false);
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    private string Port => _server.EndPoint.Port.ToString(System.Globalization.CultureInfo.InvariantCulture);

    internal static byte[] Message(string address, string tags, byte[] data) => [.. OscPacketTests.Padded(address), .. OscPacketTests.Padded(tags), .. data];

    private void Send(string address, string tags, byte[] data) => _client.Send(Message(address, tags, data), _server.EndPoint);

    private List<(string Id, float Value, ControlMode Mode, string? Text)> Events() =>
        [.. Surfaces.Drain(_server).Select(e => (_surface.Rows[e.Row].Id, e.Value, e.Mode, e.Text))];
}
