using System.Diagnostics;
using AInimEngine.Control.Tempo;
using AInimEngine.Core.Control;

namespace AInimEngine.Control.Tests.Tempo;

public sealed class TempoHandTests
{
    private static readonly long Second = Stopwatch.Frequency;
    private readonly ControlSurface _surface = Surfaces.Make();
    private readonly MidiClockFollower _clock = new();
    private readonly TempoHand _hand;

    public TempoHandTests() => _hand = new TempoHand(_surface, _clock);

    [Theory]
    [InlineData(TempoRows.Resync, TempoAction.Resync, 0)]
    [InlineData(TempoRows.Half, TempoAction.Half, 0)]
    [InlineData(TempoRows.Double, TempoAction.Double, 0)]
    [InlineData(TempoRows.Earlier, TempoAction.Nudge, -TempoHand.NudgeStep)]
    [InlineData(TempoRows.Later, TempoAction.Nudge, TempoHand.NudgeStep)]
    [InlineData(TempoRows.Forget, TempoAction.Forget, 0)]
    public void ATriggerIsACommand(string row, TempoAction action, double value)
    {
        Do(row, 1, 5 * Second);
        Assert.Equal([new TempoCommand(action, 5 * Second, value)], Commands());
    }

    [Fact]
    public void TapsCountFromWhenTheyHappenedNotFromTheirFrame()
    {
        foreach (double at in new[] { 1, 1.5, 2 })
            _hand.Take(new ControlEvent(_surface.IndexOf(TempoRows.Tap), 1, Timestamp: (long)(at * Second)), (long)(at * 100 * Second));
        List<TempoCommand> commands = Commands();
        Assert.Equal([0, 120, 120], commands.Select(c => Math.Round(c.Value, 6)));
        Assert.Equal(2 * Second, commands[2].Timestamp);
    }

    [Fact]
    public void ALockHoldsTheTempoOfItsRowAndTapsChangeIt()
    {
        Do(TempoRows.Bpm, _surface.Rows[_surface.IndexOf(TempoRows.Bpm)].ToUnit(90), Second);
        Assert.Empty(Commands());
        Do(TempoRows.Lock, 1, Second);
        Assert.Equal(90, Assert.Single(Commands()).Value, 3);
        Do(TempoRows.Tap, 1, 2 * Second);
        Do(TempoRows.Tap, 1, 2 * Second + Second * 6 / 10);
        List<TempoCommand> commands = Commands();
        Assert.Equal([TempoAction.Tap, TempoAction.Lock, TempoAction.Tap], commands.Select(c => c.Action));
        Assert.Equal(100, commands[1].Value, 3);
        Assert.Equal(100, _surface.Value(_surface.IndexOf(TempoRows.Bpm)), 3);
        Do(TempoRows.Lock, 0, 3 * Second);
        Assert.Equal(0, Assert.Single(Commands()).Value);
    }

    [Fact]
    public void ALockHoldsWhatIsHeardOrElseTappedWhereNoHandHasGivenATempo()
    {
        int bpm = _surface.IndexOf(TempoRows.Bpm);
        _hand.HeardBpm = 131;
        Do(TempoRows.Lock, 1, Second);
        Assert.Equal(131, Assert.Single(Commands()).Value, 3);
        Assert.Equal(131, _surface.Value(bpm), 3);
        Do(TempoRows.Lock, 0, Second);
        _hand.HeardBpm = 0;
        for (int tap = 0; tap < 3; tap++)
            Do(TempoRows.Tap, 1, 2 * Second + tap * Second / 2);
        Commands();
        Do(TempoRows.Lock, 1, 4 * Second);
        Assert.Equal(120, Assert.Single(Commands()).Value, 3);
        // A hand that gives one afterwards is right.
        Do(TempoRows.Bpm, _surface.Rows[bpm].ToUnit(90), 5 * Second);
        Assert.Equal(90, Assert.Single(Commands()).Value, 3);
    }

    [Fact]
    public void TheClockIsFollowedWhileItRunsAndIsWanted()
    {
        long at = 0;
        for (int i = 0; i <= 48; i++)
            _clock.Tick(at = (long)((10 + i / 48.0) * Second));
        _hand.Update(at);
        Assert.Empty(Commands());
        Do(TempoRows.Clock, 1, at);
        _hand.Update(at);
        TempoCommand command = Assert.Single(Commands());
        Assert.Equal((TempoAction.Clock, at), (command.Action, command.Timestamp));
        Assert.Equal(120, command.Value, 2);
        Assert.Equal(2, command.Beat, 3);
        _clock.Stop();
        _hand.Update(at);
        _hand.Update(at);
        Assert.Equal(TempoAction.ClockGone, Assert.Single(Commands()).Action);
    }

    [Fact]
    public void NothingIsAllocatedAndAFullQueueForgetsTheNewest()
    {
        var queue = new TempoQueue();
        int tap = _surface.IndexOf(TempoRows.Tap);
        long now = 0;
        void Use()
        {
            _hand.Take(new ControlEvent(tap, 1), now += Second / 2);
            _hand.Update(now);
            while (_hand.TryRead(out TempoCommand command))
                queue.TryWrite(command);
            while (queue.TryRead(out _))
            {
            }
        }
        for (int i = 0; i < 100; i++)
            Use();
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 1000; i++)
            Use();
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
        for (int i = 0; i < 256; i++)
            Assert.True(queue.TryWrite(new TempoCommand(TempoAction.Tap, i)));
        Assert.False(queue.TryWrite(default));
        Assert.True(queue.TryRead(out TempoCommand oldest));
        Assert.Equal(0, oldest.Timestamp);
    }

    private void Do(string row, float value, long at)
    {
        var happened = new ControlEvent(_surface.IndexOf(row), value);
        Assert.True(_surface.Apply(happened));
        _hand.Take(happened, at);
    }

    private List<TempoCommand> Commands()
    {
        var commands = new List<TempoCommand>();
        while (_hand.TryRead(out TempoCommand command))
            commands.Add(command);
        return commands;
    }
}
