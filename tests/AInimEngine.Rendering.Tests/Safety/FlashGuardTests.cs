using AInimEngine.Rendering.Safety;
using static AInimEngine.Rendering.Tests.Safety.FlashFilm;

namespace AInimEngine.Rendering.Tests.Safety;

/// <summary>What the guard lets through never fails, keeps the mean, and is the picture itself where that is calm.</summary>
public sealed class FlashGuardTests
{
    public static TheoryData<string, double> Films()
    {
        var data = new TheoryData<string, double>();
        foreach (string name in Worsts.Keys)
            foreach (double fps in (double[])[24, 30, 60, 120])
                data.Add(name, fps);
        return data;
    }

    private static readonly Dictionary<string, Light> Worsts = new()
    {
        ["3.5 Hz"] = Square(3.5),
        ["5 Hz"] = Square(5),
        ["10 Hz"] = Square(10),
        ["12 Hz"] = Square(12),
        ["dim"] = Square(9, 0.3f, 0.1f),
        ["sine"] = (_, _, t) => Grey((float)(0.5 + 0.5 * Math.Sin(2 * Math.PI * 6 * t))),
        ["spikes"] = (_, _, t) => Grey(Phase(4, t) < 0.1 ? 1 : 0),
        ["sweep"] = (_, _, t) => Grey(Math.Sin(t * t * 8) > 0 ? 1 : 0),
        ["red and black"] = (_, _, t) => Phase(7, t) < 0.5 ? (1, 0, 0) : (0, 0, 0),
        ["red and grey"] = (_, _, t) => Phase(7, t) < 0.5 ? (0.4f, 0, 0) : Grey(0.085f),
        ["red and blue"] = (_, _, t) => Phase(5, t) < 0.5 ? (1, 0, 0) : (0, 0.1f, 1),
        ["checkerboard"] = (x, y, t) => Grey(((x + (int)(t * 60)) / 8 + y / 8) % 2),
        ["half"] = (x, _, t) => x < 32 ? Square(8)(0, 0, t) : Grey(0.5f),
        ["growing"] = (x, _, t) => x < t * 16 ? Square(8)(0, 0, t) : Grey(0.3f),
        ["bursts"] = (_, _, t) => Phase(0.5, t) < 0.4 ? Square(10)(0, 0, t) : Grey(0.2f),
        ["noise"] = (x, y, t) => Grey(Noise(0, 0, (int)(t * 24))),
        ["local noise"] = (x, y, t) => Grey(Noise(x / 6, y / 6, (int)(t * 24))),
    };

    [Theory]
    [MemberData(nameof(Films))]
    public void WhatIsShownOfTheWorstPasses(string name, double fps)
    {
        Shown shown = Show(Worsts[name], fps, 4);
        Assert.True(Worst(Worsts[name], fps, 4).Fails, "the film is meant to fail");
        Assert.True(shown.Acted > 0);
        Assert.False(shown.Worst.Fails, $"{shown.Worst}");
        Assert.InRange(shown.Worst.General, 0, 3);
    }

    [Fact]
    public void AStrobeBecomesItsMean()
    {
        Shown shown = Show(Square(8, 0.9f, 0.1f), 60, 6);
        Assert.Equal(0.5, shown.LateMean, 0.03);
        Assert.InRange(shown.LateSwing, 0, 0.1);
    }

    [Theory]
    [InlineData(24)]
    [InlineData(60)]
    [InlineData(120)]
    public void APictureThatStopsToFlashIsWholeWithinTwoAndAHalfSeconds(double fps)
    {
        Shown shown = Show((x, y, t) => t < 2 ? Square(10)(x, y, t) : Grey(0.3f), fps, 5);
        Assert.InRange(shown.LastActed, 2.5, 4.5);
        Assert.Equal(0.3, shown.LateMean, 1e-6);
    }

    [Fact]
    public void CalmPicturesAreNotTouched()
    {
        Assert.Equal(0, Show(Square(2.4), 60, 5).Acted);
        Assert.Equal(0, Show(Square(10, 0.5f, 0.42f), 60, 3).Acted);
        Assert.Equal(0, Show((x, _, t) => Grey((float)(0.5 + 0.5 * Math.Sin(x * 0.2 + 3 * t))), 60, 4).Acted);
        Assert.Equal(0, Show(Within(Grid.FieldColumns * Grid.FieldRows * 19 / 100, Square(10)), 60, 4).Acted);
        Assert.Equal(0, Show((_, _, t) => Grey(t > 1 ? 1 : 0), 60, 3).Acted);
    }

    [Fact]
    public void WhatIsHeldFadesOutBesideTheBlocksThatFlash()
    {
        var guard = new FlashGuard(Grid);
        float[] blocks = new float[Grid.Count * 4];
        bool acted = false;
        for (int frame = 0; frame < 60; frame++)
        {
            Draw(Worsts["half"], frame / 60.0, blocks);
            acted = guard.Decide(blocks, frame / 60.0);
            guard.Show(blocks, frame / 60.0);
        }
        Assert.True(acted);
        for (int row = 0; row < Grid.Rows; row++)
        {
            Assert.InRange(guard.Gains[row * Grid.Columns + 32], 0, 0.5f);
            for (int column = 33; column < Grid.Columns; column++)
            {
                float before = guard.Gains[row * Grid.Columns + column - 1], gain = guard.Gains[row * Grid.Columns + column];
                Assert.InRange(gain, before, 1.4f * before + 0.0101f); // no edge of a block is seen
                Assert.True(column < 48 || gain == 1, $"column {column}: {gain}");
            }
        }
    }

    private static Shown Show(Light light, double fps, double seconds)
    {
        var guard = new FlashGuard(Grid);
        var meter = new FlashMeter(Grid);
        float[] next = new float[Grid.Count * 4], shown = new float[Grid.Count * 4];
        var result = new Shown();
        double low = 1, high = 0, sum = 0;
        int late = 0;
        for (int frame = 0; frame < seconds * fps; frame++)
        {
            double time = frame / fps;
            Draw(light, time, next);
            if (guard.Decide(next, time))
            {
                result.Acted++;
                result.LastActed = time;
                for (int i = 0; i < shown.Length; i++)
                    shown[i] += guard.Gains[i / 4] * (next[i] - shown[i]);
            }
            else
            {
                next.CopyTo(shown, 0);
            }
            guard.Show(shown, time);
            result.Worst = Max(result.Worst, meter.Add(shown, time));
            if (time < seconds - 0.5)
                continue;
            float middle = shown[(Grid.Rows / 2 * Grid.Columns + 3) * 4 + 1];
            (low, high, sum, late) = (Math.Min(low, middle), Math.Max(high, middle), sum + middle, late + 1);
        }
        (result.LateMean, result.LateSwing) = (sum / late, high - low);
        return result;
    }

    private static float Noise(int x, int y, int frame)
    {
        uint hash = (uint)(x * 374761393 + y * 668265263 + frame * 2147483647 + 97);
        hash = (hash ^ (hash >> 13)) * 1274126177;
        hash ^= hash >> 16;
        return hash % 2;
    }

    private sealed class Shown
    {
        public int Acted;
        public double LastActed, LateMean, LateSwing;
        public FlashReading Worst;
    }
}
