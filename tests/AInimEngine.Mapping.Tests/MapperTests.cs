using AInimEngine.Core.Errors;
using AInimEngine.Core.Frames;
using AInimEngine.Core.State;
using AInimEngine.Mapping.Presets;
using AInimEngine.Mapping.Tests.Support;
using static AInimEngine.Mapping.Tests.Support.TestWorld;

namespace AInimEngine.Mapping.Tests;

public sealed class MapperTests
{
    private const string Bloom = """{"shader": "bloom", "values": {"strength": 0.5}}""";

    [Fact]
    public void TheLayoutHoldsLatentInputsPostFadeAndAudio()
    {
        Mapper mapper = Make("", """{"shader": "bloom"}, {"shader": "kaleido", "id": "k2"}""");
        Assert.Equal(
            ["latent", "field.zoom", "field.tint", "post.bloom.strength", "post.bloom.threshold", "post.k2.segments", "output.fade"],
            mapper.Layout.Fields.Take(7).Select(entry => entry.Name));
        string[] audio = [.. mapper.Layout.Fields.Skip(7).Select(entry => entry.Name)];
        Assert.Contains("audio.onset.low", audio);
        Assert.Contains("audio.chroma", audio);
        Assert.DoesNotContain("audio.raw.loudness", audio);
        Assert.Equal(48, mapper.Layout.Fields[0].Length);
    }

    [Fact]
    public void WhatNothingMovesHasItsPresetValueOrDefault()
    {
        Preset preset = Parse($$"""
            {"version": 1, "name": "t", "generator": {"type": "field", "inputs": {"field.zoom": 2, "field.tint[1]": 0.9} }, "post": [{{Bloom}}]}
            """);
        Mapper mapper = Mapper.Create(preset, new LinearGenerator(3, 16, 1).Info(), Features, Vocabulary.Parameters, 1);
        ControlFrame controls = Map(mapper, new FeatureFrame(Features), 0);
        Assert.Equal(2, Get(controls, "field.zoom"));
        Assert.Equal(0.1f, Get(controls, "field.tint", 0));
        Assert.Equal(0.9f, Get(controls, "field.tint", 1));
        Assert.Equal(0.5f, Get(controls, "post.bloom.strength"));
        Assert.Equal(0.6f, Get(controls, "post.bloom.threshold"));
        Assert.Equal(1, Get(controls, "output.fade"));
    }

    [Fact]
    public void FeaturesAreCopiedForTheShaders()
    {
        Mapper mapper = Make("", Bloom);
        var features = new FeatureFrame(Features);
        for (int i = 0; i < features.Values.Length; i++)
            features.Values[i] = (i + 1) / 100f;
        ControlFrame controls = Map(mapper, features, 0);
        foreach (FrameField entry in Features.Fields.Where(entry => entry.Name != "raw.loudness"))
            for (int i = 0; i < entry.Length; i++)
                Assert.Equal(features.Values[Features.OffsetOf(entry.Name) + i], Get(controls, "audio." + entry.Name, i));
    }

    [Fact]
    public void AnOnsetWithAttackZeroShowsWholeInItsOwnFrameAndFallsByItsRelease()
    {
        Mapper mapper = Make("""{"source": "onset", "target": "post.bloom.strength", "attack": 0, "release": 150, "max": 1}""", Bloom);
        var features = new FeatureFrame(Features);
        for (int frame = 0; frame < 40; frame++)
        {
            Set(features, "onset", frame == 10 ? 1 : 0);
            float expected = frame < 10 ? 0.5f : 0.5f + MathF.Exp(-(frame - 10) / 30f / 0.15f);
            Assert.Equal(expected, Get(Map(mapper, features, frame), "post.bloom.strength"), 1e-5);
        }
    }

    [Theory]
    [InlineData("add", 0.5f + 0.25f)]
    [InlineData("multiply", 0.5f * 0.25f)]
    [InlineData("set", 0.25f)]
    public void ModesMeetTheBaseValue(string mode, float expected)
    {
        Mapper mapper = Make($$"""{"source": "bass", "target": "post.bloom.strength", "mode": "{{mode}}", "min": 0, "max": 0.5}""", Bloom);
        Assert.Equal(expected, Get(Map(mapper, With("bass", 0.5f), 0), "post.bloom.strength"), 1e-6);
    }

    [Theory]
    [InlineData("linear", 0.5f)]
    [InlineData("power", 0.125f)]
    [InlineData("smoothstep", 0.5f)]
    [InlineData("threshold", 1f)]
    [InlineData("gate", 0.375f)]
    public void CurvesShapeTheSource(string curve, float expected)
    {
        Mapper mapper = Make($$"""{"source": "bass", "target": "latent.mid", "curve": "{{curve}}", "exponent": 3, "threshold": 0.2}, {"source": "bass", "target": "post.bloom.threshold", "mode": "set", "curve": "{{curve}}", "exponent": 3, "threshold": 0.2}""", Bloom);
        Assert.Equal(expected, Get(Map(mapper, With("bass", 0.5f), 0), "post.bloom.threshold"), 1e-6);
    }

    [Fact]
    public void GainAndOffsetComeBeforeTheCurveAndRangesMayRunDown()
    {
        Mapper mapper = Make("""{"source": "bass", "target": "post.bloom.threshold", "mode": "set", "gain": 2, "offset": -0.5, "curve": "power", "exponent": 2, "min": 1, "max": 0}""", Bloom);
        Assert.Equal(1 - 0.25f, Get(Map(mapper, With("bass", 0.5f), 0), "post.bloom.threshold"), 1e-6);
        Assert.Equal(0, Get(Map(mapper, With("bass", 1), 1), "post.bloom.threshold"), 1e-6);
    }

    [Fact]
    public void RowsWorkInOrderAndTheTargetStaysInItsRange()
    {
        Mapper mapper = Make(
            """
            {"source": "bass", "target": "post.bloom.strength", "mode": "set", "max": 1},
            {"source": "bass", "target": "post.bloom.strength", "mode": "multiply", "max": 4},
            {"source": "bass", "target": "post.bloom.strength", "max": 2}
            """,
            Bloom);
        Assert.Equal(0.1f * 0.4f + 0.2f, Get(Map(mapper, With("bass", 0.1f), 0), "post.bloom.strength"), 1e-6);
        Assert.Equal(2, Get(Map(mapper, With("bass", 1), 1), "post.bloom.strength"));
    }

    [Fact]
    public void CountingTargetsGetWholeNumbers()
    {
        Mapper mapper = Make("""{"source": "bass", "target": "post.kaleido.segments", "mode": "set", "min": 1, "max": 8}""", """{"shader": "kaleido"}""");
        Assert.Equal(5, Get(Map(mapper, With("bass", 0.5f), 0), "post.kaleido.segments"));
    }

    [Fact]
    public void RawFeaturesAreTakenFromTheirRange()
    {
        Mapper mapper = Make("""{"source": "raw.loudness", "target": "post.bloom.threshold", "mode": "set"}""", Bloom);
        Assert.Equal(0.5f, Get(Map(mapper, With("raw.loudness", -35), 0), "post.bloom.threshold"), 1e-6);
    }

    [Fact]
    public void AWholeFieldMovesAWholeField()
    {
        var layout = new FrameLayout([.. Features.Fields, new FrameField("three", 3, "", 0, 1, "Three.")]);
        PresetVocabulary vocabulary = Vocabulary with { Features = layout };
        Preset preset = Parse("""{"version": 1, "name": "t", "modulations": [{"source": "three", "target": "field.tint", "mode": "set"}]}""", vocabulary);
        Mapper mapper = Mapper.Create(preset, new LinearGenerator(3, 16, 1).Info(), layout, Vocabulary.Parameters, 1);
        var features = new FeatureFrame(layout);
        for (int i = 0; i < 3; i++)
            Set(features, "three", 0.5f + 0.1f * i, i);
        ControlFrame controls = Map(mapper, features, 0);
        for (int i = 0; i < 3; i++)
            Assert.Equal(0.5f + 0.1f * i, Get(controls, "field.tint", i), 1e-6);
    }

    [Fact]
    public void ASingleSourceMovesAWholeFieldAlike()
    {
        Mapper mapper = Make("""{"source": "bass", "target": "field.tint", "mode": "set"}""", "");
        ControlFrame controls = Map(mapper, With("bass", 0.4f), 0);
        for (int i = 0; i < 3; i++)
            Assert.Equal(0.4f, Get(controls, "field.tint", i), 1e-6);
    }

    [Fact]
    public void AWholeSourceForAnUnknownInputIsJudgedByTheMapper()
    {
        const string Json = """{"version": 1, "name": "t", "modulations": [{"source": "chroma", "target": "field.zoom"}]}""";
        Preset preset = Parse(Json, MakeVocabulary(withInputs: false));
        AInimException error = Assert.Throws<AInimException>(
            () => Mapper.Create(preset, new LinearGenerator(3, 16, 1).Info(), Features, Vocabulary.Parameters, 1));
        Assert.Contains("line 1 column 56: 'chroma' has 12 floats", error.Message);
    }

    [Fact]
    public void OscillatorsAndNoiseNeedNoSound()
    {
        Mapper mapper = Make(
            """
            {"source": "lfo:0.5", "target": "post.bloom.threshold", "mode": "set", "release": 0},
            {"source": "noise:2", "target": "field.zoom", "mode": "set", "min": 1, "max": 2, "release": 0}
            """,
            Bloom);
        var silence = new FeatureFrame(Features);
        float lowest = 2, highest = 1, before = 0;
        for (int frame = 0; frame < 300; frame++)
        {
            ControlFrame controls = Map(mapper, silence, frame);
            Assert.Equal(0.5 - 0.5 * Math.Cos(Math.Tau * frame / 60.0), Get(controls, "post.bloom.threshold"), 1e-5);
            float zoom = Get(controls, "field.zoom");
            Assert.True(frame == 0 || Math.Abs(zoom - before) < 0.15f, "the noise jumps");
            (before, lowest, highest) = (zoom, Math.Min(zoom, lowest), Math.Max(zoom, highest));
        }
        Assert.True(highest - lowest > 0.5f, "the noise stands still");
    }

    [Fact]
    public void DenseOnsetsTireATiringRowAndSlowOnesDoNot()
    {
        float slow = PeakAfterTenSeconds(everyFrames: 30), dense = PeakAfterTenSeconds(everyFrames: 3);
        Assert.True(slow > 0.97f, $"one hit a second gives {slow}");
        Assert.True(dense < 0.5f, $"ten hits a second give {dense}");

        static float PeakAfterTenSeconds(int everyFrames)
        {
            Mapper mapper = Make("""{"source": "onset", "target": "post.bloom.threshold", "mode": "set", "fatigue": 1}""", Bloom);
            var features = new FeatureFrame(Features);
            float peak = 0;
            for (int frame = 0; frame < 330; frame++)
            {
                Set(features, "onset", frame % everyFrames == 0 ? 1 : 0);
                float value = Get(Map(mapper, features, frame), "post.bloom.threshold");
                if (frame >= 300)
                    peak = Math.Max(peak, value);
            }
            return peak;
        }
    }

    [Fact]
    public void TheSpeedOfTheMotionCanBeMoved()
    {
        Assert.Equal(Travel(0.2f, ""), 2 * Travel(0.1f, ""), 1e-6);
        Assert.Equal(Travel(0.2f, ""), Travel(0.1f, """{"source": "bass", "target": "motion.speed", "max": 0.2}"""), 1e-6);

        static double Travel(float speed, string rows)
        {
            Mapper mapper = Make(rows, Bloom, $$"""{"speed": {{speed}}, "rest": 1}""");
            for (int frame = 0; frame < 30; frame++)
                Map(mapper, With("bass", 0.5f), frame);
            return mapper.Travelled;
        }
    }

    [Fact]
    public void LatentTargetsPushTheirGroup()
    {
        var generator = new LinearGenerator(3, 128, 0.1f);
        Preset preset = WithModulations("""{"source": "bass", "target": "latent.fine", "max": 0.2}""", "", """{"speed": 0, "pulse": 0, "harmony": 0}""");
        Mapper mapper = Mapper.Create(preset, generator.Info(), Features, Vocabulary.Parameters, 1);
        float[] still = [.. Map(mapper, With("bass", 0), 0).Values];
        float[] pushed = [.. Map(mapper, With("bass", 1), 1).Values];
        Assert.Equal(0.2, generator.Change(still.AsSpan(0, 384), pushed.AsSpan(0, 384)), 1e-3);
        Assert.Equal(still[..256], pushed[..256]);
    }

    [Fact]
    public void TheSameSoundAtTwoFrameRatesGivesTheSameControls()
    {
        Mapper slow = MakeRich(), fast = MakeRich();
        var features = new FeatureFrame(Features);
        for (int frame = 0; frame < 200; frame++)
        {
            // Levels that move slowly, as analysis gives them, held for a thirtieth of a second.
            Set(features, "bass", 0.5f + 0.5f * MathF.Sin(frame / 20f));
            Set(features, "loudness", 0.5f + 0.5f * MathF.Sin(frame / 50f));
            Set(features, "onset", frame % 20 == 0 ? 1 : 0);
            ControlFrame one = Map(slow, features, frame);
            Map(fast, features, 2 * frame, 60);
            ControlFrame two = Map(fast, features, 2 * frame + 1, 60);
            foreach (string name in new[] { "latent", "field.zoom", "post.bloom.strength" })
            {
                int offset = one.Layout.OffsetOf(name);
                for (int i = 0; i < (name == "latent" ? 48 : 1); i++)
                    Assert.Equal(one.Values[offset + i], two.Values[offset + i], 0.02);
            }
        }
    }

    [Fact]
    public void SavedStateGoesOnBitForBitAndResetStartsAnew()
    {
        Mapper original = MakeRich(), resumed = MakeRich(), fresh = MakeRich();
        var features = new FeatureFrame(Features);
        for (int frame = 0; frame < 100; frame++)
            Map(original, Noise(features, frame), frame);
        var stream = new MemoryStream();
        var writer = new StateWriter(stream);
        original.Save(writer);
        writer.Flush();
        stream.Position = 0;
        resumed.Restore(new StateReader(stream));
        for (int frame = 100; frame < 200; frame++)
            Assert.Equal(Map(original, Noise(features, frame), frame).Values, Map(resumed, features, frame).Values);

        original.Reset();
        for (int frame = 0; frame < 50; frame++)
            Assert.Equal(Map(original, Noise(features, frame), frame).Values, Map(fresh, features, frame).Values);
    }

    [Fact]
    public void FeaturesThatAreNotNumbersNeverReachThePicture()
    {
        Mapper mapper = MakeRich();
        var features = new FeatureFrame(Features);
        for (int frame = 0; frame < 20; frame++)
        {
            Array.Fill(features.Values, (frame % 3) switch { 0 => float.NaN, 1 => float.PositiveInfinity, _ => float.NegativeInfinity });
            Assert.All(Map(mapper, features, frame).Values, value => Assert.True(float.IsFinite(value)));
        }
        Set(features, "bass", 0.5f);
        Assert.All(Map(mapper, Noise(features, 3), 20).Values, value => Assert.True(float.IsFinite(value)));
    }

    [Fact]
    public void MapAllocatesNothing()
    {
        Mapper mapper = MakeRich();
        var features = new FeatureFrame(Features);
        var controls = new ControlFrame(mapper.Layout);
        Run(0, 60);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Run(60, 1000);
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());

        void Run(int from, int to)
        {
            for (int frame = from; frame < to; frame++)
                mapper.Map(Noise(features, frame), At(frame), controls);
        }
    }

    [Fact]
    public void AGroupThatTheGeneratorLacksIsNamedWithItsPlace()
    {
        Preset preset = WithModulations("""{"source": "bass", "target": "latent.fine"}""");
        AInimException error = Assert.Throws<AInimException>(
            () => Mapper.Create(preset, new LinearGenerator(1, 16, 1).Info(), Features, Vocabulary.Parameters, 1));
        Assert.Matches("^preset 'x.json' line 1 column [0-9]+: the generator has no latent group for latent.fine$", error.Message);
    }

    private static Mapper Make(string rows, string post, string motion = "{}") =>
        Mapper.Create(WithModulations(rows, post, motion), new LinearGenerator(3, 16, 0.1f).Info(), Features, Vocabulary.Parameters, 1);

    private static Mapper MakeRich() => Make(
        """
        {"source": "onset", "target": "latent.mid", "release": 200, "max": 0.1, "fatigue": 0.5},
        {"source": "bass", "target": "post.bloom.strength", "attack": 50, "release": 300, "max": 1},
        {"source": "loudness", "target": "motion.speed", "attack": 50, "release": 300, "max": 0.2},
        {"source": "noise:0.3", "target": "field.zoom", "mode": "multiply", "min": 0.5, "max": 2, "attack": 400, "release": 400}
        """,
        """{"shader": "bloom"}, {"shader": "kaleido"}""");

    private static FeatureFrame With(string name, float value)
    {
        var features = new FeatureFrame(Features);
        Set(features, name, value);
        return features;
    }

    private static FeatureFrame Noise(FeatureFrame features, int frame)
    {
        Core.Randomness.Philox.Uniform(3, (ulong)frame, features.Values);
        return features;
    }

    private static ControlFrame Map(Mapper mapper, FeatureFrame features, long frame, int fps = 30)
    {
        var controls = new ControlFrame(mapper.Layout);
        mapper.Map(features, At(frame, fps), controls);
        return controls;
    }
}
