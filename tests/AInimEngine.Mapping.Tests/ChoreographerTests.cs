using System.Numerics.Tensors;
using AInimEngine.Core.State;
using AInimEngine.Mapping.Choreography;
using AInimEngine.Mapping.Presets;
using AInimEngine.Mapping.Tests.Support;

namespace AInimEngine.Mapping.Tests;

public sealed class ChoreographerTests
{
    private static readonly MotionSettings Still = MotionSettings.Default.With("motion.rest", 0).With("motion.glide", 0);

    private static readonly MotionSettings Steady = MotionSettings.Default.With("motion.rest", 1);

    [Theory]
    [InlineData(3, 16, 0.01f)]
    [InlineData(3, 16, 0.5f)]
    [InlineData(18, 512, 0.003f)]
    [InlineData(1, 64, 1f)]
    [InlineData(6, 4, 0.2f)]
    public void TheMeasuredSpeedOfThePictureIsTheSpeedAskedFor(int layers, int width, float gain)
    {
        var generator = new LinearGenerator(layers, width, gain, spread: 0.7f, centre: 2);
        var choreographer = new LatentChoreographer(generator.Layout, generator.Sample, Steady, 5);
        float[] before = new float[generator.Layout.Size], after = new float[before.Length];
        const double Seconds = 1.0 / 60;
        // So that the path runs through several waypoints whatever the gain, in steps far below its curvature: the chord
        // that is measured here is shorter than the arc.
        float speed = gain * 3;
        choreographer.Step(new ChoreographyInput { Speed = speed, Direction = 1 }, Seconds, before);
        for (int frame = 0; frame < 1500; frame++)
        {
            choreographer.Step(new ChoreographyInput { Speed = speed, Direction = 1 }, Seconds, after);
            Assert.InRange(generator.Change(before, after) / (speed * Seconds), 0.97, 1.01);
            (before, after) = (after, before);
        }
    }

    [Fact]
    public void TwoGeneratorsOfDifferentGainMoveEquallyOnScreen()
    {
        double[] travelled = new double[2];
        for (int which = 0; which < 2; which++)
        {
            var generator = new LinearGenerator(3, 16, which == 0 ? 0.02f : 0.4f);
            var choreographer = new LatentChoreographer(generator.Layout, generator.Sample, Steady, 5);
            float[] before = new float[48], after = new float[48];
            var input = new ChoreographyInput { Speed = 0.2f, Direction = 1 };
            choreographer.Step(input, 1.0 / 30, before);
            for (int frame = 0; frame < 300; frame++)
            {
                choreographer.Step(input, 1.0 / 30, after);
                travelled[which] += generator.Change(before, after);
                (before, after) = (after, before);
            }
        }
        Assert.Equal(2, travelled[0], 0.02);
        Assert.Equal(travelled[0], travelled[1], 0.02);
    }

    [Theory]
    [InlineData(3, 16)]
    [InlineData(18, 512)]
    public void TheSameSoundAtTwoFrameRatesFollowsTheSamePath(int layers, int width)
    {
        var generator = new LinearGenerator(layers, width, 0.05f);
        LatentChoreographer slow = Make(), fast = Make();
        float[] atSlow = new float[generator.Layout.Size], atFast = new float[atSlow.Length], chroma = new float[12];
        double worst = 0;
        for (int frame = 0; frame < 240; frame++)
        {
            Array.Clear(chroma);
            chroma[frame / 40 % 12] = 0.9f;
            var input = new ChoreographyInput
            {
                Energy = frame / 15 % 3 * 0.5f,
                Onset = frame % 24 == 0 ? 1 : 0.1f,
                Chroma = chroma,
                Speed = 0.4f,
                Direction = frame < 150 ? 1 : -1,
                Pulse = 0.1f,
                Harmony = 0.1f,
            };
            slow.Step(input, 1.0 / 30, atSlow);
            fast.Step(input, 1.0 / 60, atFast);
            fast.Step(input, 1.0 / 60, atFast);
            worst = Math.Max(worst, generator.Change(atSlow, atFast));
        }
        Assert.True(slow.Travelled > 1, $"only {slow.Travelled} travelled");
        Assert.True(worst < 1e-5, $"the paths lie {worst} of image change apart");

        LatentChoreographer Make() => new(generator.Layout, generator.Sample, MotionSettings.Default, 9);
    }

    [Fact]
    public void ThePathIsSmooth()
    {
        // Velocity per frame turns by little even where segments meet.
        var generator = new LinearGenerator(3, 16, 0.1f);
        var choreographer = new LatentChoreographer(generator.Layout, generator.Sample, Steady, 2);
        var input = new ChoreographyInput { Speed = 0.5f, Direction = 1 };
        float[] a = new float[48], b = new float[48], c = new float[48], first = new float[48], second = new float[48];
        choreographer.Step(input, 1.0 / 120, a);
        choreographer.Step(input, 1.0 / 120, b);
        for (int frame = 0; frame < 2400; frame++)
        {
            choreographer.Step(input, 1.0 / 120, c);
            TensorPrimitives.Subtract(b, a, first);
            TensorPrimitives.Subtract(c, b, second);
            Assert.True(TensorPrimitives.CosineSimilarity<float>(first, second) > 0.98f, $"the path turns sharply at frame {frame}");
            (a, b, c) = (b, c, a);
        }
    }

    [Fact]
    public void ThePathComesBackTheWayItWent()
    {
        var generator = new LinearGenerator(3, 16, 0.1f);
        var choreographer = new LatentChoreographer(generator.Layout, generator.Sample, Steady, 2);
        float[] start = new float[48], there = new float[48], back = new float[48];
        choreographer.Step(new ChoreographyInput { Speed = 1, Direction = 0 }, 0.1, start);
        for (int i = 0; i < 50; i++)
            choreographer.Step(new ChoreographyInput { Speed = 1, Direction = 1 }, 0.1, there);
        for (int i = 0; i < 50; i++)
            choreographer.Step(new ChoreographyInput { Speed = 1, Direction = -1 }, 0.1, back);
        Assert.True(generator.Change(start, there) > 0.2);
        Assert.True(generator.Change(start, back) < 1e-5);
    }

    [Fact]
    public void EnergyMovesThePictureAndSilenceLetsItRest()
    {
        Assert.Equal(0, Travel(energy: 0, rest: 0), 1e-12);
        Assert.Equal(0.25, Travel(energy: 0, rest: 0.25f), 1e-6);
        Assert.Equal(1, Travel(energy: 1, rest: 0.25f), 1e-6);

        static double Travel(float energy, float rest)
        {
            var generator = new LinearGenerator(3, 16, 0.1f);
            MotionSettings motion = MotionSettings.Default.With("motion.rest", rest).With("motion.attack", 0);
            var choreographer = new LatentChoreographer(generator.Layout, generator.Sample, motion, 1);
            float[] latent = new float[48];
            for (int i = 0; i < 30; i++)
                choreographer.Step(new ChoreographyInput { Energy = energy, Speed = 1, Direction = 1 }, 1.0 / 30, latent);
            return choreographer.Travelled;
        }
    }

    [Fact]
    public void AnOnsetPushesByThePulseInItsOwnFrameAndFadesByItsDecay()
    {
        var generator = new LinearGenerator(3, 256, 0.1f);
        var choreographer = new LatentChoreographer(generator.Layout, generator.Sample, Still.With("motion.decay", 100), 3);
        float[] still = new float[768], pushed = new float[768];
        choreographer.Step(new ChoreographyInput { Pulse = 0.2f }, 0.1, still);
        choreographer.Step(new ChoreographyInput { Onset = 1, Pulse = 0.2f }, 0.1, pushed);
        Assert.Equal(0.2, generator.Change(still, pushed), 1e-3);
        choreographer.Step(new ChoreographyInput { Pulse = 0.2f }, 0.1, pushed);
        Assert.Equal(0.2 / Math.E, generator.Change(still, pushed), 1e-3);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void APushMovesItsOwnGroupByWhatWasAskedAndNoOther(int group)
    {
        var generator = new LinearGenerator(6, 128, 0.1f);
        var choreographer = new LatentChoreographer(generator.Layout, generator.Sample, Still, 3);
        float[] still = new float[generator.Layout.Size], pushed = new float[still.Length], push = new float[3];
        choreographer.Step(default, 0.1, still);
        push[group] = 0.15f;
        choreographer.Step(new ChoreographyInput { Push = push }, 0.1, pushed);
        Assert.Equal(0.15, generator.Change(still, pushed), 1e-3);
        for (int i = 0; i < still.Length; i++)
            if (i / 128 / 2 != group)
                Assert.Equal(still[i], pushed[i]);
    }

    [Fact]
    public void EveryPitchClassHasItsOwnColourAndSilenceNone()
    {
        var generator = new LinearGenerator(3, 256, 0.1f);
        var silent = Colour(-1);
        for (int a = 0; a < 12; a++)
        {
            Assert.InRange(generator.Change(silent, Colour(a)), 0.09, 0.101);
            for (int b = 0; b < a; b++)
                Assert.True(generator.Change(Colour(a), Colour(b)) > 0.05, $"pitch classes {a} and {b} look alike");
        }

        float[] Colour(int pitch)
        {
            var choreographer = new LatentChoreographer(generator.Layout, generator.Sample, Still, 3);
            float[] latent = new float[768], chroma = new float[12];
            if (pitch >= 0)
                chroma[pitch] = 0.8f;
            choreographer.Step(new ChoreographyInput { Chroma = chroma, Harmony = 0.1f }, 0.1, latent);
            return latent;
        }
    }

    [Fact]
    public void NoiseTremblesWithTimeByAsMuchImageChangeAsAskedAndTheSameForTheSameSeed()
    {
        var generator = new LinearGenerator(6, 64, 0.1f);
        float[] still = At(0.37, 0);
        Assert.Equal(still, At(5.2, 0));
        Assert.Equal(At(0.37, 0.1f), At(0.37, 0.1f));
        double[] changes = [.. Enumerable.Range(0, 200).Select(i => generator.Change(still, At(i * 0.037, 0.1f)))];
        Assert.InRange(changes.Max(), 0.09, 0.1 * Math.Sqrt(2) + 1e-3);
        Assert.True(generator.Change(At(1, 0.1f), At(1.1, 0.1f)) > 0.005, "a tenth of a second later it is elsewhere");
        Assert.True(generator.Change(At(1, 0.1f), At(1.001, 0.1f)) < 0.005, "it wanders and does not jump");

        float[] At(double seconds, float noise)
        {
            var choreographer = new LatentChoreographer(generator.Layout, generator.Sample, Still, 3);
            float[] latent = new float[generator.Layout.Size];
            choreographer.Step(new ChoreographyInput { Noise = noise, Seconds = seconds }, 0.1, latent);
            return latent;
        }
    }

    [Theory]
    [InlineData(3, 2)]
    [InlineData(3, 16)]
    [InlineData(18, 512)]
    public void LatentsStayWithinTheTypicalRadiusWhateverPushes(int layers, int width)
    {
        var generator = new LinearGenerator(layers, width, 0.1f, spread: 3, centre: 5);
        var choreographer = new LatentChoreographer(generator.Layout, generator.Sample, Steady, 3);
        float[] latent = new float[generator.Layout.Size], chroma = new float[12];
        Array.Fill(chroma, 1);
        double typical = 3 * Math.Sqrt(width), farthest = 0;
        for (int frame = 0; frame < 300; frame++)
        {
            choreographer.Step(
                new ChoreographyInput { Onset = 1, Pulse = 1, Harmony = 1, Chroma = chroma, Speed = 2, Direction = 1, Push = [1, 1, 1] }, 1.0 / 30, latent);
            for (int layer = 0; layer < layers; layer++)
            {
                double sum = 0;
                foreach (float value in latent.AsSpan(layer * width, width))
                    sum += (value - 5) * (value - 5);
                farthest = Math.Max(farthest, Math.Sqrt(sum));
            }
        }
        // The typical radius is estimated from 128 points: some percent of slack, more where there are few numbers.
        Assert.InRange(farthest, typical * 0.8, typical * (width < 10 ? 2.2 : 1.9));
    }

    [Fact]
    public void LessTruncationStaysNearerToTheMean()
    {
        Assert.InRange(Spread(0.5f) / Spread(1), 0.45, 0.55);
        Assert.Equal(0, Spread(0), 1e-6);

        static double Spread(float truncation)
        {
            var generator = new LinearGenerator(3, 64, 0.1f);
            var choreographer = new LatentChoreographer(generator.Layout, generator.Sample, Steady.With("motion.truncation", truncation), 3);
            var mean = new LatentPool(generator.Layout, generator.Sample, 1, 3).Mean;
            float[] latent = new float[192];
            double sum = 0;
            for (int i = 0; i < 100; i++)
            {
                choreographer.Step(new ChoreographyInput { Speed = 2, Direction = 1 }, 0.05, latent);
                sum += generator.Change(mean, latent);
            }
            return sum / 100;
        }
    }

    [Fact]
    public void TheGeneratorIsAskedOnlyAtTheStart()
    {
        var generator = new LinearGenerator(3, 16, 0.1f);
        var choreographer = new LatentChoreographer(generator.Layout, generator.Sample, Steady, 3);
        int calls = generator.SampleCalls;
        Assert.Equal(LatentPool.Count, calls);
        float[] latent = new float[48];
        for (int i = 0; i < 1000; i++)
            choreographer.Step(new ChoreographyInput { Speed = 4, Direction = 1 }, 0.1, latent);
        Assert.Equal(calls, generator.SampleCalls);
    }

    [Fact]
    public void NeighbouringWaypointsAreNeverTheSame()
    {
        var generator = new LinearGenerator(3, 16, 0.1f);
        var pool = new LatentPool(generator.Layout, generator.Sample, 1, 3);
        for (long index = -2000; index < 2000; index++)
            for (int gap = 1; gap < 4; gap++)
                Assert.NotEqual(pool.Waypoint(0, index), pool.Waypoint(0, index + gap));
    }

    [Fact]
    public void AGeneratorWithoutSpreadStandsStill()
    {
        var generator = new LinearGenerator(3, 16, 0.1f, spread: 0, centre: 1);
        var choreographer = new LatentChoreographer(generator.Layout, generator.Sample, Steady, 3);
        float[] latent = new float[48];
        for (int i = 0; i < 20; i++)
            choreographer.Step(new ChoreographyInput { Speed = 4, Direction = i % 2 == 0 ? 1 : -1, Onset = 1, Pulse = 1 }, 0.1, latent);
        Assert.All(latent, value => Assert.Equal(1, value, 1e-5));
    }

    [Fact]
    public void AnotherSeedIsAnotherPath()
    {
        var generator = new LinearGenerator(3, 16, 0.1f);
        float[] one = new float[48], other = new float[48];
        new LatentChoreographer(generator.Layout, generator.Sample, Steady, 1).Step(default, 0.1, one);
        new LatentChoreographer(generator.Layout, generator.Sample, Steady, 2).Step(default, 0.1, other);
        Assert.True(generator.Change(one, other) > 0.1);
    }

    [Fact]
    public void SavedStateGoesOnBitForBit()
    {
        var generator = new LinearGenerator(3, 16, 0.1f);
        LatentChoreographer original = Make(), resumed = Make();
        float[] expected = new float[48], actual = new float[48];
        for (int frame = 0; frame < 200; frame++)
            Play(original, frame, expected);
        var stream = new MemoryStream();
        var writer = new StateWriter(stream);
        original.Save(writer);
        writer.Flush();
        stream.Position = 0;
        resumed.Restore(new StateReader(stream));
        for (int frame = 200; frame < 400; frame++)
        {
            Play(original, frame, expected);
            Play(resumed, frame, actual);
            Assert.Equal(expected, actual);
        }

        original.Reset();
        LatentChoreographer fresh = Make();
        for (int frame = 0; frame < 50; frame++)
        {
            Play(original, frame, expected);
            Play(fresh, frame, actual);
            Assert.Equal(expected, actual);
        }

        LatentChoreographer Make() => new(generator.Layout, generator.Sample, MotionSettings.Default, 4);

        static void Play(LatentChoreographer choreographer, int frame, float[] latent)
        {
            Span<float> chroma = stackalloc float[12];
            chroma[frame / 20 % 12] = 1;
            choreographer.Step(
                new ChoreographyInput { Energy = frame % 50 / 50f, Onset = frame % 15 == 0 ? 1 : 0, Chroma = chroma, Speed = 0.6f, Direction = 1, Pulse = 0.1f, Harmony = 0.1f },
                1.0 / 30,
                latent);
        }
    }

    [Fact]
    public void StateOfAnotherShapeIsRefused()
    {
        var three = new LinearGenerator(3, 16, 0.1f);
        var one = new LinearGenerator(1, 16, 0.1f);
        var stream = new MemoryStream();
        var writer = new StateWriter(stream);
        new LatentChoreographer(three.Layout, three.Sample, Steady, 4).Save(writer);
        writer.Flush();
        stream.Position = 0;
        var other = new LatentChoreographer(one.Layout, one.Sample, Steady, 4);
        Assert.Throws<InvalidDataException>(() => other.Restore(new StateReader(stream)));
    }

    [Fact]
    public void AStepAllocatesNothing()
    {
        var generator = new LinearGenerator(18, 64, 0.1f);
        var choreographer = new LatentChoreographer(generator.Layout, generator.Sample, Steady, 4);
        float[] latent = new float[generator.Layout.Size], chroma = new float[12];
        Array.Fill(chroma, 0.5f);
        Run(50);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Run(1000);
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
        Assert.True(choreographer.Travelled > 10);

        void Run(int frames)
        {
            for (int i = 0; i < frames; i++)
                choreographer.Step(new ChoreographyInput { Energy = 1, Onset = i % 10 / 10f, Chroma = chroma, Speed = 0.5f, Direction = 1, Pulse = 0.1f, Harmony = 0.1f }, 1.0 / 30, latent);
        }
    }
}
