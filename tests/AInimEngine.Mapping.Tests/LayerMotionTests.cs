using System.Numerics.Tensors;
using AInimEngine.Core.State;
using AInimEngine.Mapping.Choreography;
using AInimEngine.Mapping.Presets;
using AInimEngine.Mapping.Tests.Support;

namespace AInimEngine.Mapping.Tests;

public sealed class LayerMotionTests
{
    private const double Frame = 1.0 / 30;
    private static readonly LinearGenerator Generator = new(6, 16, 0.05f, spread: 0.7f, centre: 1);
    private static readonly MotionSettings Still = MotionSettings.Default.With("motion.glide", 0).With("motion.travel", 2);

    [Fact]
    public void APushOfOneLayerMovesThatLayerByItsImageChangeAndNoOther()
    {
        LatentChoreographer plain = Make(Still), pushed = Make(Still);
        float[] from = new float[96], to = new float[96], push = new float[6];
        push[4] = 0.02f;
        plain.Step(default, Frame, from);
        pushed.Step(new ChoreographyInput { LayerPush = push }, Frame, to);
        Assert.Equal(0.02, Generator.Change(from, to), 1e-6);
        Assert.Equal(from.AsSpan(0, 64).ToArray(), to.AsSpan(0, 64).ToArray());
        Assert.Equal(from.AsSpan(80).ToArray(), to.AsSpan(80).ToArray());
    }

    [Theory]
    [InlineData("motion.pulse_coarse", 0)]
    [InlineData("motion.pulse_mid", 1)]
    [InlineData("motion.pulse_fine", 2)]
    public void AGroupWithoutPulseWeightIsNotKicked(string row, int group)
    {
        LatentChoreographer plain = Make(Still), kicked = Make(Still.With(row, 0));
        float[] from = new float[96], to = new float[96];
        plain.Step(default, Frame, from);
        kicked.Step(new ChoreographyInput { Onset = 1, Pulse = 0.1f }, Frame, to);
        for (int g = 0; g < 3; g++)
            Assert.Equal(g == group, from.AsSpan(g * 32, 32).SequenceEqual(to.AsSpan(g * 32, 32)));
    }

    [Fact]
    public void AKickIsWholeInItsOwnFrameAndFadesInMilliseconds()
    {
        LatentChoreographer plain = Make(Still.With("motion.decay", 50)), kicked = Make(Still.With("motion.decay", 50));
        float[] from = new float[96], to = new float[96];
        double[] changes = new double[8];
        for (int frame = 0; frame < changes.Length; frame++)
        {
            plain.Step(default, Frame, from);
            kicked.Step(new ChoreographyInput { Onset = frame == 0 ? 1 : 0, Pulse = 0.03f }, Frame, to);
            changes[frame] = Generator.Change(from, to);
        }
        Assert.Equal(0.03, changes[0], 1e-5);
        for (int frame = 1; frame < changes.Length; frame++)
            Assert.Equal(0.03 * Math.Exp(-frame * Frame / 0.05), changes[frame], 1e-5);
    }

    [Fact]
    public void ASoundingPitchClassAloneDrawsItsGroupsAllTheWayToItsAnchor()
    {
        ulong[] seeds = [.. Enumerable.Range(0, 12).Select(pitch => 100UL + (ulong)pitch)];
        MotionSettings motion = Still with { Anchors = [.. seeds.Select(seed => new LatentPoint(null, seed))], AnchorGroups = ["mid"] };
        LatentChoreographer choreographer = Make(motion), plain = Make(motion);
        float[] latent = new float[96], without = new float[96], anchor = new float[96], chroma = new float[12];
        chroma[7] = 1;
        plain.Step(new ChoreographyInput { Chroma = chroma }, Frame, without);
        choreographer.Step(new ChoreographyInput { Chroma = chroma, Chords = 1e4f }, Frame, latent);
        Generator.Sample(seeds[7], anchor);
        // The chord is taken as sure of itself up to the floor of its confidence, 0.15 of a full one: 1 - 1 / sqrt(1 + 0.15^2).
        Assert.True(Generator.Change(latent, anchor) - ChangeOutside(latent, anchor) < 1e-3, "the middle layers are not the anchor's");
        Assert.Equal(without.AsSpan(0, 32).ToArray(), latent.AsSpan(0, 32).ToArray());
        Assert.Equal(without.AsSpan(64).ToArray(), latent.AsSpan(64).ToArray());
    }

    [Fact]
    public void AChordMovesByTheImageChangeAskedForWhenThatIsSmall()
    {
        MotionSettings motion = Still with { AnchorGroups = ["fine"] };
        LatentChoreographer choreographer = Make(motion), plain = Make(motion);
        float[] latent = new float[96], without = new float[96], chroma = new float[12];
        chroma[0] = chroma[4] = 1;
        plain.Step(new ChoreographyInput { Chroma = chroma }, Frame, without);
        choreographer.Step(new ChoreographyInput { Chroma = chroma, Chords = 0.005f }, Frame, latent);
        Assert.InRange(Generator.Change(latent, without), 0.0045, 0.005);
    }

    [Fact]
    public void ASectionThatComesBackReturnsToItsPlace()
    {
        MotionSettings motion = Still with { Waypoints = WaypointMode.Sections };
        LatentChoreographer choreographer = Make(motion);
        float[] latent = new float[96];
        // Two beats at 120 BPM are a second, so after 40 frames the way is over; speed 0 stays at home.
        float[][] homes = [.. new[] { 0, 1, 2, 0, 1 }.Select(label =>
        {
            for (int frame = 0; frame < 40; frame++)
                choreographer.Step(new ChoreographyInput { Section = label, Tempo = 120 }, Frame, latent);
            return latent.ToArray();
        })];
        Assert.Equal(homes[0], homes[3]);
        Assert.Equal(homes[1], homes[4]);
        Assert.True(Generator.Change(homes[0], homes[1]) > 0.1 && Generator.Change(homes[1], homes[2]) > 0.1, "sections share a place");
    }

    [Fact]
    public void PlacesOfSectionsAreThePointsThatThePresetNames()
    {
        var favourite = new float[96];
        Generator.Sample(77, favourite);
        TensorPrimitives.Add(favourite, 0.5f, favourite);
        MotionSettings motion = Still with { Waypoints = WaypointMode.Sections, Places = [new LatentPoint("dawn", 0), new LatentPoint(null, 5)] };
        var choreographer = new LatentChoreographer(
            Generator.Layout, Generator.Sample, motion, 3, new Dictionary<string, ReadOnlyMemory<float>> { ["dawn"] = favourite });
        float[] latent = new float[96], seeded = new float[96];
        choreographer.Step(default, Frame, latent);
        Assert.True(Generator.Change(latent, favourite) < 1e-5, "the first section is not at its favourite");
        for (int frame = 0; frame < 40; frame++)
            choreographer.Step(new ChoreographyInput { Section = 1 }, Frame, latent);
        Generator.Sample(5, seeded);
        Assert.True(Generator.Change(latent, seeded) < 1e-5, "the second section is not at its seed");
        Assert.Throws<ArgumentException>(() => new LatentChoreographer(Generator.Layout, Generator.Sample, motion, 3));
    }

    [Fact]
    public void TheWayToAPlaceTakesItsBeatsWithoutAJumpEvenWhenBrokenOff()
    {
        LatentChoreographer choreographer = Make(Still.With("motion.travel", 4) with { Waypoints = WaypointMode.Sections });
        float[] before = new float[96], after = new float[96];
        int[] labels = [.. Enumerable.Range(0, 200).Select(frame => frame < 20 ? 0 : frame < 50 ? 1 : 2)];
        choreographer.Step(default, Frame, before);
        double largest = 0, whole = 0;
        int moved = 0;
        foreach (int label in labels)
        {
            choreographer.Step(new ChoreographyInput { Section = label, Tempo = 120 }, Frame, after);
            double change = Generator.Change(before, after);
            largest = Math.Max(largest, change);
            whole += change;
            moved += change > 1e-7 ? 1 : 0;
            (before, after) = (after, before);
        }
        // Two seconds of way, the first broken off after one: 30 + 60 frames.
        Assert.InRange(moved, 86, 91);
        // Smootherstep's steepest is 1.875 times its mean.
        Assert.True(largest < 1.875 * 1.3 * whole / 60, $"a step of {largest} on a way of {whole}");
    }

    [Fact]
    public void AListOfPlacesIsVisitedInOrderWithAllLayersTogether()
    {
        MotionSettings motion = MotionSettings.Default.With("motion.rest", 1) with { Waypoints = WaypointMode.Places, Places = [new(null, 1), new(null, 2), new(null, 3)] };
        LatentChoreographer choreographer = Make(motion);
        float[] latent = new float[96], place = new float[96];
        var visits = new List<int>();
        for (int frame = 0; frame < 3000; frame++)
        {
            choreographer.Step(new ChoreographyInput { Speed = 0.05f, Direction = 1 }, Frame, latent);
            for (int i = 1; i <= 3; i++)
            {
                Generator.Sample((ulong)i, place);
                if (Generator.Change(latent, place) < 0.003 && (visits.Count == 0 || visits[^1] != i))
                    visits.Add(i);
            }
        }
        Assert.Equal([1, 2, 3, 1, 2, 3], visits.Take(6));
    }

    [Theory]
    [InlineData(WaypointMode.Free)]
    [InlineData(WaypointMode.Sections)]
    [InlineData(WaypointMode.Places)]
    public void AJourneyThatWasSavedGoesOnBitForBit(WaypointMode mode)
    {
        MotionSettings motion = MotionSettings.Default with { Waypoints = mode, Places = [new(null, 1), new(null, 2), new(null, 3)] };
        LatentChoreographer whole = Make(motion), first = Make(motion), second = Make(motion);
        float[] expected = new float[96], latent = new float[96], chroma = new float[12], push = [0, 0.01f, 0, 0, 0.02f, 0];
        using var stream = new MemoryStream();
        // Saved in the middle of the way to a new section.
        for (int frame = 0; frame < 90; frame++)
        {
            chroma[frame / 10 % 12] = 0.8f;
            var input = new ChoreographyInput
            {
                Energy = 0.5f, Speed = 0.4f, Direction = 1, Chroma = chroma, Chords = 0.1f, Harmony = 0.05f, Onset = frame % 9 == 0 ? 1 : 0, Pulse = 0.1f,
                Section = frame / 35, Tempo = 100, LayerPush = push,
            };
            whole.Step(input, Frame, expected);
            if (frame == 45)
            {
                var writer = new StateWriter(stream);
                first.Save(writer);
                writer.Flush();
                stream.Position = 0;
                second.Restore(new StateReader(stream));
            }
            (frame < 45 ? first : second).Step(input, Frame, latent);
            Assert.Equal(expected, latent);
        }
    }

    [Theory]
    [InlineData(WaypointMode.Free)]
    [InlineData(WaypointMode.Sections)]
    [InlineData(WaypointMode.Places)]
    public void AFrameAllocatesNothing(WaypointMode mode)
    {
        LatentChoreographer choreographer = Make(MotionSettings.Default with { Waypoints = mode, Places = [new(null, 1), new(null, 2)] });
        float[] latent = new float[96], chroma = [.. Enumerable.Repeat(0.4f, 12)], push = new float[6];
        push[2] = 0.1f;
        Play(0, 200);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Play(200, 1000);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        void Play(int from, int to)
        {
            for (int frame = from; frame < to; frame++)
                choreographer.Step(new ChoreographyInput { Energy = 1, Speed = 1, Direction = 1, Chroma = chroma, Chords = 0.2f, LayerPush = push, Section = frame / 40 % 3, Tempo = 120 }, Frame, latent);
        }
    }

    // The part of the change that lies in other layers than the middle ones.
    private static double ChangeOutside(float[] from, float[] to)
    {
        float[] same = [.. to];
        from.AsSpan(32, 32).CopyTo(same.AsSpan(32));
        return Generator.Change(from, same);
    }

    private static LatentChoreographer Make(MotionSettings motion) => new(Generator.Layout, Generator.Sample, motion, 3);
}
