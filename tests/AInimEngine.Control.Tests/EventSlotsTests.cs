using AInimEngine.Core.Control;

namespace AInimEngine.Control.Tests;

public sealed class EventSlotsTests
{
    private readonly ControlSurface _surface = Surfaces.Make();
    private readonly EventSlots _slots;

    public EventSlotsTests() => _slots = new EventSlots(_surface);

    [Fact]
    public void TheNewestPositionWins()
    {
        Write("master/speed", 0.1f);
        Write("master/speed", 0.7f);
        Assert.Equal([("master/speed", 0.7f, ControlMode.Absolute)], Drain());
        Assert.Equal(1, _slots.Superseded);
        Assert.Equal(0, _slots.Dropped);
    }

    [Fact]
    public void StepsAddUpAndGoOnTopOfAPosition()
    {
        Write("master/speed", 0.25f, ControlMode.Relative);
        Write("master/speed", -0.5f, ControlMode.Relative);
        Assert.Equal([("master/speed", -0.25f, ControlMode.Relative)], Drain());
        Write("master/speed", 0.5f);
        Write("master/speed", 0.25f, ControlMode.Relative);
        Assert.Equal([("master/speed", 0.75f, ControlMode.Absolute)], Drain());
    }

    [Fact]
    public void TwoTogglesAreNone()
    {
        Write("freeze", 1, ControlMode.Toggle);
        Write("freeze", 1, ControlMode.Toggle);
        Assert.Empty(Drain());
        Write("freeze", 1);
        Write("freeze", 1, ControlMode.Toggle);
        Assert.Equal([("freeze", 0f, ControlMode.Absolute)], Drain());
    }

    [Fact]
    public void EveryPullOfATriggerComesUpToALimit()
    {
        for (int i = 0; i < EventSlots.MostPulls + 3; i++)
            Write("preset/next", 1);
        Write("preset/next", 0);
        Write("panic", 1);
        Assert.Equal(EventSlots.MostPulls + 1, Drain().Count);
        Assert.Equal(3, _slots.Dropped);
    }

    [Fact]
    public async Task AFloodOfOneRowPushesNoTriggerOutAndARoundEnds()
    {
        using var ends = new CancellationTokenSource();
        Task flood = Task.Run(() =>
        {
            while (!ends.IsCancellationRequested)
                Write("master/speed", 0.5f);
        }, TestContext.Current.CancellationToken);
        int pulls = 0;
        for (int i = 0; i < 1000; i++)
        {
            Write("panic", 1);
            // A round that never ended would hang here.
            pulls += Drain().Count(e => e.Id == "panic");
        }
        await ends.CancelAsync();
        await flood;
        Assert.Equal(1000, pulls);
    }

    [Fact]
    public void NothingIsAllocated()
    {
        int speed = _surface.IndexOf("master/speed"), panic = _surface.IndexOf("panic");
        void Use()
        {
            _slots.Write(new ControlEvent(speed, 0.5f));
            _slots.Write(new ControlEvent(panic, 1));
            while (_slots.TryRead(out _))
            {
            }
        }
        for (int i = 0; i < 100; i++)
            Use();
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 1000; i++)
            Use();
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    private void Write(string id, float value, ControlMode mode = ControlMode.Absolute) =>
        _slots.Write(new ControlEvent(_surface.IndexOf(id), value, mode));

    private List<(string Id, float Value, ControlMode Mode)> Drain()
    {
        var events = new List<(string, float, ControlMode)>();
        while (_slots.TryRead(out ControlEvent e))
            events.Add((_surface.Rows[e.Row].Id, e.Value, e.Mode));
        return events;
    }
}
