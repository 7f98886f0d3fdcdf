using AInimEngine.Engine.Live;

namespace AInimEngine.Engine.Tests.Live;

public sealed class GovernorTests
{
    private const double Frame = 1 / 60.0;
    private readonly Governor _governor = new();
    private double _seconds;

    [Fact]
    public void FramesInTimeTakeNothing()
    {
        Play(30, late: _ => false, work: 0.5);
        Assert.Equal(0, _governor.Level);
    }

    [Fact]
    public void LateFramesTakeStepByStepDownToTheLowest()
    {
        Play(2, late: frame => frame % 3 == 0, work: 1.2);
        Assert.InRange(_governor.Level, 1, 3);
        Play(30, late: frame => frame % 3 == 0, work: 1.2);
        Assert.Equal(Governor.Lowest, _governor.Level);
    }

    [Fact]
    public void OneLateFrameNowAndThenIsForgiven()
    {
        Play(60, late: frame => frame % 120 == 60, work: 0.6);
        Assert.Equal(0, _governor.Level);
    }

    [Fact]
    public void CalmGivesBackWhereTheFrameLeavesRoom()
    {
        _governor.Begin(3);
        Play(60, late: _ => false, work: 0.9);
        Assert.Equal(3, _governor.Level);
        Play(60, late: _ => false, work: 0.4);
        Assert.Equal(0, _governor.Level);
    }

    [Fact]
    public void AStepThatFailsAgainAndAgainIsTriedMoreAndMoreSeldom()
    {
        _governor.Begin(2);
        int tries = 0, before = 2;
        // Level 1 is always too much, level 2 is fine.
        for (int frame = 0; frame < 60 * 300; frame++)
        {
            bool late = _governor.Level < 2 && frame % 3 == 0;
            _governor.Take(_seconds += Frame, late ? 1 : 0, 0.4);
            tries += _governor.Level == 1 && before == 2 ? 1 : 0;
            before = _governor.Level;
        }
        Assert.InRange(tries, 2, 7); // 6, 12, 24, 48, 96 s apart; without doubling some forty
    }

    [Fact]
    public void WhatIsBeingMadeReadyIsNobodysFault()
    {
        for (int frame = 0; frame < 600; frame++)
        {
            _governor.Pardon(_seconds);
            _governor.Take(_seconds += Frame, frame % 2, 1.5);
        }
        Assert.Equal(0, _governor.Level);
    }

    [Fact]
    public void LevelsOnlyEverTakeMore()
    {
        for (int i = 1; i < GovernorLevel.All.Count; i++)
        {
            Assert.True(GovernorLevel.All[i].WorkScale <= GovernorLevel.All[i - 1].WorkScale);
            Assert.True(GovernorLevel.All[i].LeastInterval >= GovernorLevel.All[i - 1].LeastInterval);
        }
    }

    private void Play(double seconds, Func<int, bool> late, double work)
    {
        for (int frame = 0; frame < seconds * 60; frame++)
            _governor.Take(_seconds += Frame, late(frame) ? 1 : 0, work);
    }
}
