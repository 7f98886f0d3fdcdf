using AInimEngine.Core.State;
using AInimEngine.Rendering.Safety;
using static AInimEngine.Rendering.Tests.Safety.FlashFilm;

namespace AInimEngine.Rendering.Tests.Safety;

/// <summary>The meter says what WCAG 2.3.1 says of pictures whose flashes are known.</summary>
public sealed class FlashMeterTests
{
    [Theory]
    [InlineData(2.9, 60, false)]
    [InlineData(3, 24, false)]
    [InlineData(3, 30, false)]
    [InlineData(3, 60, false)]
    [InlineData(3, 120, false)]
    [InlineData(3.1, 60, true)]
    [InlineData(3.1, 120, true)]
    [InlineData(10, 24, true)]
    [InlineData(10, 30, true)]
    [InlineData(10, 120, true)]
    public void MoreThanThreeFlashesASecondFailAtAnyFrameRate(double hertz, double fps, bool fails) =>
        Assert.Equal(fails, Worst(Square(hertz), fps, 3).Fails);

    [Fact]
    public void TheFlashesOfASecondAreCounted()
    {
        Assert.Equal(3, Worst(Square(3), 60, 3).General);
        Assert.Equal(10, Worst(Square(10), 60, 3).General);
        Assert.Equal(0, Worst(Square(10), 60, 3).Red);
        Assert.Equal(1, Worst(Square(10), 60, 3).GeneralArea);
    }

    [Fact]
    public void FramesAtUnevenTimesCountTheSame()
    {
        // 24 to 120 frames a second in turn, by a fixed pattern.
        var meter = new FlashMeter(Grid);
        float[] blocks = new float[Grid.Count * 4];
        double time = 0;
        FlashReading worst = default;
        for (int frame = 0; time < 4; frame++)
        {
            Draw(Square(5), time, blocks);
            worst = Max(worst, meter.Add(blocks, time));
            time += 1 / (24 + frame * 37 % 97.0);
        }
        Assert.InRange(worst.General, 4.5f, 5.5f);
    }

    [Theory]
    [InlineData(0.24, false)]
    [InlineData(0.26, true)]
    public void AQuarterOfAFieldMayFlash(double share, bool fails)
    {
        int blocks = (int)Math.Round(share * Grid.FieldColumns * Grid.FieldRows);
        FlashReading worst = Worst(Within(blocks, Square(10)), 30, 2);
        Assert.Equal(share, worst.GeneralArea, 0.005);
        Assert.Equal(fails, worst.Fails);
    }

    [Fact]
    public void AFieldMayLieAnywhere()
    {
        int least = Grid.FieldColumns * Grid.FieldRows / 4 + 1;
        int side = (int)Math.Ceiling(Math.Sqrt(least));
        foreach ((int left, int top) in ((int, int)[])[(0, 0), (Grid.Columns - side, Grid.Rows - side), (17, 11)])
            Assert.True(Worst((x, y, t) => x >= left && x < left + side && y >= top && y < top + side ? Square(8)(x, y, t) : Grey(0), 30, 1.5).Fails, $"at {left}, {top}");
    }

    [Theory]
    [InlineData(0.4f, 0.49f, false)]
    [InlineData(0.4f, 0.51f, true)]
    [InlineData(0f, 0.09f, false)]
    [InlineData(0f, 0.11f, true)]
    [InlineData(0.79f, 1f, true)]
    [InlineData(0.81f, 1f, false)]
    public void ASwingIsATenthOfTheMaximumWithTheDarkerBelowFourFifths(float dark, float bright, bool fails) =>
        Assert.Equal(fails, Worst(Square(8, bright, dark), 60, 2).Fails);

    [Fact]
    public void ASaturatedRedFlashesWhereItsLuminanceDoesNot()
    {
        // Red of luminance 0.085 and a grey as bright: no swing of luminance, but one of colour.
        static (float, float, float) Light(int x, int y, double t) => Phase(8, t) < 0.5 ? (0.4f, 0, 0) : Grey(0.085f);
        FlashReading worst = Worst(Light, 60, 2);
        Assert.Equal(0, worst.General);
        Assert.Equal(8, worst.Red);
        Assert.True(worst.Fails);
    }

    [Fact]
    public void RedThatIsNotSaturatedAndRedThatStaysRedAreNoRedFlashes()
    {
        Assert.Equal(0, Worst((_, _, t) => Phase(8, t) < 0.5 ? (0.4f, 0.06f, 0.06f) : Grey(0.085f), 60, 2).Red);
        Assert.Equal(0, Worst((_, _, t) => Phase(8, t) < 0.5 ? (0.9f, 0, 0) : (0.7f, 0, 0), 60, 2).Red);
        Assert.Equal(0, Worst((_, _, t) => Phase(8, t) < 0.5 ? (0.001f, 0, 0) : Grey(0), 60, 2).Red);
    }

    [Fact]
    public void FadesSingleFlashesAndCutsPass()
    {
        Assert.InRange(Worst((_, _, t) => Grey((float)(0.5 - 0.5 * Math.Cos(t * Math.PI / 2))), 60, 9).General, 0.5f, 1);
        Assert.Equal(1, Worst((_, _, t) => Grey(t is > 0.5 and < 0.55 ? 1 : 0), 60, 3).General);
        Assert.Equal(0.5f, Worst((_, _, t) => Grey(t > 0.5 ? 1 : 0), 60, 3).General);
    }

    [Fact]
    public void ASineIsCountedAsASquareIs()
    {
        Assert.Equal(5, Worst((_, _, t) => Grey((float)(0.5 + 0.3 * Math.Cos(2 * Math.PI * 5 * t))), 120, 3).General);
        Assert.True(Worst((_, _, t) => Grey((float)(0.5 + 0.049 * Math.Sin(2 * Math.PI * 5 * t))), 120, 3).General == 0);
    }

    [Fact]
    public void TheExtremumDriftsWithThePicture()
    {
        // A staircase up with small steps back: one rise, however long it takes.
        Assert.Equal(0.5f, Worst((_, _, t) => Grey((float)(t / 4 + (Phase(10, t) < 0.5 ? 0.04 : 0))), 60, 4).General);

        // A ripple too small to count that rides on a slow fade: only the fade counts.
        Assert.InRange(Worst((_, _, t) => Grey((float)(0.4 - 0.3 * Math.Cos(t) + 0.04 * Math.Sin(60 * t))), 60, 7).General, 0.5f, 1);
    }

    [Fact]
    public void AMovingGradientAndSparklesPass()
    {
        Assert.False(Worst((x, _, t) => Grey((float)(0.5 + 0.5 * Math.Sin(x * 0.2 + 3 * t))), 30, 4).Fails);
        Assert.False(Worst((x, y, t) => Grey((x * 7919 + y * 104729 + (int)(t * 30 + 0.5) * 15485863) % 11 == 0 && (x + y) % 5 == 0 ? 1 : 0), 30, 2).Fails);
    }

    [Fact]
    public void AMovingCheckerboardFails() =>
        Assert.True(Worst((x, y, t) => Grey(((x + (int)(t * 60)) / 8 + y / 8) % 2), 60, 2).Fails);

    [Fact]
    public void ASecondAfterTheLastFlashAllIsForgotten()
    {
        var meter = new FlashMeter(Grid);
        float[] blocks = new float[Grid.Count * 4];
        FlashReading last = default;
        for (int frame = 0; frame < 61 + 60; frame++)
        {
            Draw(Square(10), Math.Min(frame, 60) / 60.0, blocks);
            last = meter.Add(blocks, frame / 60.0);
            Assert.Equal(frame is >= 21 and < 102, last.Fails);
        }
        Assert.Equal(0, last.General);
    }

    [Fact]
    public void ASavedMeterGoesOnAsIfItHadNotStopped()
    {
        FlashMeter whole = new(Grid), second = new(Grid);
        float[] blocks = new float[Grid.Count * 4];
        for (int frame = 0; frame < 100; frame++)
        {
            Draw((x, y, t) => x < 30 ? Square(7)(x, y, t) : Phase(5, t) < 0.5 ? (1, 0, 0) : (0, 0, 0), frame / 60.0, blocks);
            FlashReading expected = whole.Add(blocks, frame / 60.0);
            if (frame > 40)
                Assert.Equal(expected, second.Add(blocks, frame / 60.0));
            if (frame != 40)
                continue;
            using var stream = new MemoryStream();
            var writer = new StateWriter(stream);
            whole.Save(writer);
            writer.Flush();
            stream.Position = 0;
            second.Restore(new StateReader(stream));
        }
        Assert.True(whole.Add(blocks, 100 / 60.0).Fails);
    }

    [Fact]
    public void MeasuringAllocatesNothing()
    {
        var meter = new FlashMeter(Grid);
        float[] blocks = new float[Grid.Count * 4];
        long allocated = 0;
        for (int frame = 0; frame < 90; frame++)
        {
            Draw(Square(10), frame / 60.0, blocks);
            long before = GC.GetAllocatedBytesForCurrentThread();
            meter.Add(blocks, frame / 60.0);
            if (frame > 0)
                allocated += GC.GetAllocatedBytesForCurrentThread() - before;
        }
        Assert.Equal(0, allocated);
    }

    [Theory]
    [InlineData(1280, 720, 64, 36)]
    [InlineData(720, 1280, 36, 64)]
    [InlineData(1000, 1000, 48, 48)]
    public void BlocksAreNearlySquare(int width, int height, int columns, int rows) =>
        Assert.Equal(new FlashGrid(columns, rows), FlashGrid.For(width, height));
}
