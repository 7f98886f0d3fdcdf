using AInimEngine.Control.Midi;
using AInimEngine.Core.Control;

namespace AInimEngine.Control.Tests.Midi;

public sealed class MidiRouterTests
{
    private readonly ControlSurface _surface = Surfaces.Make();
    private readonly EventSlots _slots;
    private readonly MidiRouter _router;

    public MidiRouterTests()
    {
        _slots = new EventSlots(_surface);
        _router = new MidiRouter(_surface, _slots);
    }

    [Fact]
    public void ARangeIsMappedAndTurnedRound()
    {
        Bind(new() { Row = "layer/1/opacity", Number = 1, Min = 0.2f, Max = 0.6f }, new() { Row = "layer/2/opacity", Number = 1, Invert = true });
        Assert.Equal([("layer/1/opacity", 0.6f), ("layer/2/opacity", 0f)], Move(1, 127));
        Assert.Equal([("layer/1/opacity", 0.2f), ("layer/2/opacity", 1f)], Move(1, 0));
    }

    [Theory]
    [InlineData(RelativeCoding.TwosComplement, 1, 127)]
    [InlineData(RelativeCoding.SignedBit, 1, 65)]
    [InlineData(RelativeCoding.SignedBit2, 65, 1)]
    [InlineData(RelativeCoding.BinOffset, 65, 63)]
    public void AllFourCodingsOfEncodersStepBothWays(RelativeCoding coding, int forwards, int backwards)
    {
        Bind(new MidiBinding { Row = "layer/1/opacity", Number = 1, Mode = MidiMode.Relative, Coding = coding, Step = 0.25f });
        Assert.Equal([("layer/1/opacity", 0.25f)], Move(1, forwards));
        Assert.Equal([("layer/1/opacity", -0.25f)], Move(1, backwards));
        Assert.Equal(3, RelativeSteps.Read(coding, coding is RelativeCoding.SignedBit2 or RelativeCoding.BinOffset ? 67 : 3));
    }

    [Fact]
    public void APickedUpFaderNeverJumps()
    {
        Bind(new MidiBinding { Row = "layer/1/opacity", Number = 1, Mode = MidiMode.PickUp });
        Apply("layer/1/opacity", 0.5f);
        Assert.Empty(Move(1, 10));
        Assert.Empty(Move(1, 40));
        Assert.Equal([("layer/1/opacity", 70f / 127)], Move(1, 70)); // went past it
        Apply("layer/1/opacity", 70f / 127);
        Assert.Equal([("layer/1/opacity", 90f / 127)], Move(1, 90));
        // The loop has not applied that yet, and the hand goes on.
        Assert.Equal([("layer/1/opacity", 110f / 127)], Move(1, 110));
        Apply("layer/1/opacity", 0.1f); // somebody else
        Assert.Empty(Move(1, 111));
        Assert.Equal([("layer/1/opacity", 13f / 127)], Move(1, 13));
    }

    [Fact]
    public void ButtonsOnASwitchToggleOrHold()
    {
        Bind(new() { Row = "blackout", Kind = MidiKind.Note, Number = 1, Mode = MidiMode.Momentary }, new() { Row = "freeze", Kind = MidiKind.Note, Number = 2, Mode = MidiMode.Toggle });
        Assert.Equal([("blackout", 1f)], Move(1, 100, MidiKind.Note));
        Assert.Equal([("blackout", 0f)], Move(1, 0, MidiKind.Note));
        Move(2, 100, MidiKind.Note);
        Assert.Equal(1, _surface.Position(_surface.IndexOf("freeze")));
        Move(2, 0, MidiKind.Note);
        Move(2, 100, MidiKind.Note);
        Assert.Equal(0, _surface.Position(_surface.IndexOf("freeze")));
    }

    [Fact]
    public void ATriggerGoesOffAtThePressAlone()
    {
        Bind(new() { Row = "panic", Number = 5 }, new() { Row = "preset/next", Kind = MidiKind.Program, Number = 3 });
        Assert.Equal([("panic", 1f)], Move(5, 127));
        Assert.Empty(Move(5, 100));
        Assert.Empty(Move(5, 0));
        Assert.Equal([("panic", 1f)], Move(5, 64));
        Assert.Equal([("preset/next", 1f)], Move(3, 127, MidiKind.Program));
        Assert.Equal([("preset/next", 1f)], Move(3, 127, MidiKind.Program));
    }

    [Fact]
    public void DeviceAndChannelChoose()
    {
        Bind(new() { Row = "layer/1/opacity", Number = 1, Device = "Left" }, new() { Row = "layer/2/opacity", Number = 1, Channel = 2 });
        Assert.False(_router.Take("Right", new MidiMove(MidiKind.Control, 1, 1, 5, 127), 1));
        Assert.True(_router.Take("Left", new MidiMove(MidiKind.Control, 1, 1, 5, 127), 1));
        Assert.True(_router.Take("Right", new MidiMove(MidiKind.Control, 2, 1, 5, 127), 1));
    }

    [Fact]
    public void APresetsBindingsComeBeforeThoseForAll()
    {
        var forAll = new MidiBinding { Row = "master/speed", Number = 1 };
        MidiMap map = MidiMap.Empty.With(forAll).With(new MidiBinding { Row = "panic", Number = 2 }).With(forAll with { Row = "layer/1/opacity" }, "Deep Sea");
        Assert.Equal(["master/speed", "panic"], map.For(null).Select(b => b.Row));
        Assert.Equal(["master/speed", "panic"], map.For("Other").Select(b => b.Row));
        Assert.Equal(["layer/1/opacity", "panic"], map.For("Deep Sea").Select(b => b.Row));
        Assert.Equal(["preset/next", "panic"], map.With(forAll with { Row = "preset/next" }).For(null).Select(b => b.Row).Order().Reverse());
        Assert.Equal("CC 2", map.BoundTo("panic"));
        Assert.Empty(map.Without("panic").BoundTo("panic"));
    }

    [Fact]
    public void AMovementAllocatesNothing()
    {
        Bind(new() { Row = "layer/1/opacity", Number = 1, Mode = MidiMode.PickUp }, new() { Row = "panic", Number = 1 }, new() { Row = "freeze", Number = 1, Mode = MidiMode.Toggle });
        var reader = new MidiReader();
        byte[] message = [0xB0, 1, 0];
        void Use(int i)
        {
            message[2] = (byte)(i & 127);
            reader.TryRead(message, out MidiMove move, out _);
            _router.Take("any", move, i);
            while (_slots.TryRead(out ControlEvent happened))
                _surface.Apply(happened);
        }
        for (int i = 0; i < 300; i++)
            Use(i);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 1000; i++)
            Use(i);
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    private void Bind(params MidiBinding[] bindings) => _router.Bind(bindings);

    private void Apply(string row, float position) => _surface.Apply(new ControlEvent(_surface.IndexOf(row), position));

    private List<(string Id, float Value)> Move(int number, int value, MidiKind kind = MidiKind.Control)
    {
        _router.Take("any", new MidiMove(kind, 1, number, value, 127), 1);
        var events = new List<(string, float)>();
        while (_slots.TryRead(out ControlEvent e))
        {
            events.Add((_surface.Rows[e.Row].Id, e.Value));
            if (_surface.Rows[e.Row].Kind == ControlKind.Switch)
                _surface.Apply(e);
        }
        return events;
    }
}
