using AInimEngine.Core.Control;
using AInimEngine.Core.Parameters;

namespace AInimEngine.Core.Tests.Control;

public sealed class ControlSurfaceTests
{
    private const int Speed = 0, Cutoff = 1, Count = 2, Blackout = 3, Next = 4, Name = 5;

    private readonly ControlSurface _surface = new(
    [
        new ControlRow("speed", ControlKind.Value, "", new Parameter("speed", "", 0, 4, 1, "")),
        new ControlRow("cutoff", ControlKind.Value, "", new Parameter("cutoff", "Hz", 20, 20_480, 640, "", ParameterCurve.Exponential)),
        new ControlRow("count", ControlKind.Value, "", new Parameter("count", "", 1, 5, 1, "", ParameterCurve.Integer)),
        new ControlRow("blackout", ControlKind.Switch, ""),
        new ControlRow("next", ControlKind.Trigger, ""),
        new ControlRow("name", ControlKind.Text, ""),
    ]);

    [Fact]
    public void EverythingBeginsAtItsDefaultAndSwitchedOff()
    {
        Assert.Equal((1, 640), (_surface.Value(Speed), _surface.Value(Cutoff)), (a, b) => Math.Abs(a.Item1 - b.Item1) < 1e-5 && Math.Abs(a.Item2 - b.Item2) < 0.01);
        Assert.Equal(0, _surface.Position(Blackout));
        Assert.Equal((Cutoff, -1), (_surface.IndexOf("cutoff"), _surface.IndexOf("gain")));
    }

    [Theory]
    [InlineData(Speed, 0.5f, 2f)]
    [InlineData(Cutoff, 0f, 20f)]
    [InlineData(Cutoff, 0.5f, 640f)] // 20 times the square root of 1024
    [InlineData(Count, 0.49f, 3f)]
    [InlineData(Speed, 7f, 4f)]
    [InlineData(Speed, float.NaN, 0f)]
    public void APositionBecomesTheValueThatItsCurveSays(int row, float position, float value)
    {
        _surface.Apply(new ControlEvent(row, position));
        Assert.Equal(value, _surface.Value(row), 0.001f * Math.Max(1, value));
    }

    [Fact]
    public void AnEncoderMovesFromWhereItIsAndStopsAtTheEnd()
    {
        Assert.True(_surface.Apply(new ControlEvent(Speed, 0.25f, ControlMode.Relative)));
        Assert.Equal(2, _surface.Value(Speed), 1e-5);
        _surface.Apply(new ControlEvent(Speed, 9, ControlMode.Relative));
        Assert.Equal(4, _surface.Value(Speed), 1e-5);
        Assert.False(_surface.Apply(new ControlEvent(Speed, 1, ControlMode.Relative)));
    }

    [Fact]
    public void ASwitchTogglesAndKnowsOnlyOnAndOff()
    {
        Assert.True(_surface.Apply(new ControlEvent(Blackout, 1, ControlMode.Toggle)));
        Assert.Equal(1, _surface.Position(Blackout));
        Assert.True(_surface.Apply(new ControlEvent(Blackout, 1, ControlMode.Toggle)));
        _surface.Apply(new ControlEvent(Blackout, 0.7f));
        Assert.Equal(1, _surface.Position(Blackout));
    }

    [Fact]
    public void ATriggerHappensWhenItIsPressedAndNotWhenItIsLetGo()
    {
        Assert.True(_surface.Apply(new ControlEvent(Next, 1)));
        Assert.True(_surface.Apply(new ControlEvent(Next, 1)));
        Assert.False(_surface.Apply(new ControlEvent(Next, 0)));
        Assert.False(_surface.Apply(new ControlEvent(Name, 1)));
        Assert.True(_surface.Apply(new ControlEvent(Name, 1, Text: "aurora")));
    }

    [Fact]
    public void RowsNeedNamesOfTheirOwnAndValuesARange()
    {
        Assert.Throws<ArgumentException>(() => new ControlSurface([new ControlRow("a", ControlKind.Switch, ""), new ControlRow("a", ControlKind.Trigger, "")]));
        Assert.Throws<ArgumentException>(() => new ControlSurface([new ControlRow("a", ControlKind.Value, "")]));
    }

    [Fact]
    public void AFullQueueDropsTheNewestAndCountsIt()
    {
        var queue = new ControlQueue(4);
        for (int i = 0; i < 6; i++)
            Assert.Equal(i < 4, queue.TryWrite(new ControlEvent(i, 1)));
        Assert.Equal(2, queue.Dropped);
        for (int i = 0; i < 4; i++)
        {
            Assert.True(queue.TryRead(out ControlEvent happened));
            Assert.Equal(i, happened.Row);
        }
        Assert.False(queue.TryRead(out _));
    }
}
