using AInimEngine.Core.Frames;
using AInimEngine.Core.Imaging;
using AInimEngine.Core.Time;
using AInimEngine.Neural.Decoding;
using AInimEngine.Neural.Models;
using AInimEngine.Neural.Networks;
using AInimEngine.Neural.Tests.Networks;

namespace AInimEngine.Neural.Tests.Decoding;

[Collection("native")]
public sealed class StyleGeneratorTests
{
    private static readonly Model Sm = TestModels.Filled(TestModels.Card(ModelArchitecture.Sm, 32), 7);
    private static readonly Model Sg2 = TestModels.Filled(TestModels.Card(ModelArchitecture.Sg2, 64), 8);

    [Theory]
    [InlineData(ModelArchitecture.Sm, 0)]
    [InlineData(ModelArchitecture.Sg2, 0)]
    [InlineData(ModelArchitecture.Sg2, 3)]
    public void APointOfThePriorIsWhatTheMappingNetworkGives(ModelArchitecture architecture, int classes)
    {
        Model model = TestModels.Filled(TestModels.Card(architecture, classes: classes), 5);
        using StyleNetwork network = StyleNetwork.Create(model);
        foreach (ulong seed in (ulong[])[0, 1, 123456789])
        {
            var prior = new StylePrior(model, classes > 0 ? 2 : null);
            using Tensor z = network.SeedZ(seed);
            using Tensor? oneHot = classes > 0 ? Tensor.From([0f, 0, 1], 1, 3) : null;
            using Tensor w = network.Map(z, oneHot);
            var own = new float[prior.Mean.Length];
            prior.Sample(seed, own);
            Assert.Equal(w.ToArray<float>(), own, (a, b) => MathF.Abs(a - b) < 1e-4f * (1 + MathF.Abs(a)));
        }
    }

    [Fact]
    public void ClassesAreDrawnBySeedAndAllOfThemOccur()
    {
        Model model = TestModels.Filled(TestModels.Card(ModelArchitecture.Sg2, classes: 3), 5);
        var drawn = new StylePrior(model);
        Assert.Equal([0, 1, 2], Enumerable.Range(0, 64).Select(seed => drawn.ClassOf((ulong)seed)).Distinct().Order());
        Assert.All(Enumerable.Range(0, 64), seed => Assert.Equal(1, new StylePrior(model, 1).ClassOf((ulong)seed)));
        Assert.Throws<ArgumentOutOfRangeException>(() => new StylePrior(model, 3));
    }

    [Theory]
    [InlineData(1280, 720, 7, 4, 112, 63)]
    [InlineData(720, 1280, 4, 7, 63, 112)]
    [InlineData(1080, 1080, 4, 4, 64, 64)]
    [InlineData(1080, 1350, 4, 5, 64, 80)]
    [InlineData(2560, 1080, 9, 4, 144, 61)]
    [InlineData(1000, 900, 4, 4, 64, 58)]
    public void EveryShapeIsFilledByWholeCellsCutToIt(int width, int height, int columns, int rows, int cutWidth, int cutHeight) =>
        Assert.Equal(new StylePicture(64, columns, rows, cutWidth, cutHeight), StylePicture.For(64, width, height));

    [Fact]
    public void LargeSkipModelsStopEarlyAndOthersNever()
    {
        ModelCard large = TestModels.Card(ModelArchitecture.Sg2, 1024), other = large with { Synthesis = "resnet" };
        Assert.Equal(256, StylePicture.ResolutionOf(large, null, 720, Device.Cpu));
        Assert.Equal(512, StylePicture.ResolutionOf(large, 640, 720, Device.Cpu));
        Assert.Equal(1024, StylePicture.ResolutionOf(large, 4096, 2160, Device.Cpu));
        Assert.Equal(64, StylePicture.ResolutionOf(large, 640, 64, Device.Cpu));
        Assert.Equal(1024, StylePicture.ResolutionOf(other, null, 64, Device.Cpu));
    }

    [Theory]
    [InlineData(PixelFormat.Rgba16F)]
    [InlineData(PixelFormat.Rgba8)]
    [InlineData(PixelFormat.PlanarRgbF32)]
    public void PicturesOfAnySizeAndShapeAreTheSameEveryTime(PixelFormat format)
    {
        using StyleGenerator first = Make(Sm, 56, 32), second = Make(Sm, 16, 16);
        ControlFrame frame = Controls(first, 3);
        foreach ((int width, int height) in ((int, int)[])[(56, 32), (32, 32), (20, 50), (129, 33), (7, 3)])
        {
            using Image a = new(width, height, format), b = new(width, height, format);
            first.Decode(frame, [], a);
            second.Decode(frame, [], b);
            Assert.Equal(a.Bytes.ToArray(), b.Bytes.ToArray());
            Assert.True(a.Bytes.ToArray().Distinct().Count() > 4, $"a flat picture at {width}x{height}");
        }
    }

    [Fact]
    public void AnEnlargedPictureKeepsItsMean()
    {
        using StyleGenerator generator = Make(Sm, 32, 32);
        ControlFrame frame = Controls(generator, 3);
        using Image own = new(32, 32, PixelFormat.PlanarRgbF32), large = new(96, 96, PixelFormat.PlanarRgbF32), small = new(16, 16, PixelFormat.PlanarRgbF32);
        generator.Decode(frame, [], own);
        generator.Decode(frame, [], large);
        generator.Decode(frame, [], small);
        Assert.Equal(Mean(own), Mean(large), 0.01);
        Assert.Equal(Mean(own), Mean(small), 0.01);

        static double Mean(Image image)
        {
            double sum = 0;
            foreach (float value in image.As<float>())
                sum += value;
            return sum / image.As<float>().Length;
        }
    }

    [Fact]
    public void NoTruncationLeavesNothingOfTheLatentAndTheCutoffSparesTheFineLayers()
    {
        using StyleGenerator all = Make(Sg2, 64, 64), coarse = StyleGenerator.Create(Sg2, Settings(64, 64, 64) with { Cutoff = 4 });
        byte[] mean = Picture(all, 1, 0), other = Picture(all, 2, 0);
        Assert.Equal(mean, other);
        Assert.NotEqual(Picture(all, 1, 1), Picture(all, 2, 1));
        Assert.NotEqual(Picture(coarse, 1, 0), Picture(coarse, 2, 0));

        static byte[] Picture(StyleGenerator generator, ulong seed, float truncation)
        {
            ControlFrame frame = Controls(generator, seed);
            frame.Values[frame.Layout.OffsetOf("model.truncation")] = truncation;
            using var image = new Image(64, 64, PixelFormat.Rgba8);
            generator.Decode(frame, [], image);
            return image.Bytes.ToArray();
        }
    }

    [Theory]
    [InlineData(56, 32)]
    [InlineData(100, 60)]
    public void TenThousandMovingFramesAllocateNothing(int width, int height)
    {
        using StyleGenerator generator = Make(Sm, 56, 32);
        ControlFrame frame = Controls(generator, 3);
        using var image = new Image(width, height, PixelFormat.Rgba16F);
        int truncation = frame.Layout.OffsetOf("model.truncation");
        for (int i = 0; i < 1000; i++)
            Next(i);
        long tensors = Tensor.LiveCount, before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 10_000; i++)
            Next(i);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.Equal(tensors, Tensor.LiveCount);

        void Next(int i)
        {
            frame.Values[truncation] = 0.5f + i % 10 * 0.05f;
            frame.Values[i % generator.Latents.Size] += 0.01f;
            generator.Decode(frame, [], image);
        }
    }

    [Fact]
    public void AStepChangesThePictureByWhatTheResponsesSay()
    {
        // Towards another point of the prior in every layer at once: the layers' changes are taken as independent.
        using StyleGenerator generator = Make(Sm, 32, 32);
        LatentLayout latents = generator.Latents;
        double expected = 0, measured = 0;
        float[] here = new float[latents.Size], there = new float[latents.Size];
        using Image from = new(32, 32, PixelFormat.PlanarRgbF32), to = new(32, 32, PixelFormat.PlanarRgbF32);
        for (ulong point = 0; point < 12; point++)
        {
            generator.Sample(500 + point, here);
            generator.Sample(600 + point, there);
            double sum = 0;
            for (int layer = 0; layer < latents.Layers; layer++)
            {
                for (int i = layer * latents.Width; i < (layer + 1) * latents.Width; i++)
                {
                    there[i] = here[i] + 0.02f * (there[i] - here[i]);
                    sum += Math.Pow((there[i] - here[i]) * latents.ImageChangePerUnit[layer], 2);
                }
            }
            expected += sum;
            Decode(here, from);
            Decode(there, to);
            double squares = 0;
            for (int i = 0; i < from.As<float>().Length; i++)
                squares += Math.Pow(from.As<float>()[i] - to.As<float>()[i], 2);
            measured += squares / from.As<float>().Length;
        }
        Assert.InRange(Math.Sqrt(measured / expected), 0.4, 2.5);

        void Decode(float[] latent, Image image)
        {
            ControlFrame frame = Controls(generator, 0);
            latent.CopyTo(frame.Values, 0);
            generator.Decode(frame, [], image);
        }
    }

    [Fact]
    public void ResponsesAreKeptByHashAndLayersThatAreNotReachedAreTakenAsUnseen()
    {
        string folder = Directory.CreateTempSubdirectory("ainim-responses-").FullName;
        try
        {
            StyleGeneratorSettings settings = Settings(32, 32, 32) with { CacheFolder = folder };
            IReadOnlyList<float> measured = StyleResponses.Of(Sg2, ShapeOf(Sg2), settings);
            string file = Assert.Single(Directory.GetFiles(folder));
            Assert.Equal(measured, StyleResponses.Of(Sg2, ShapeOf(Sg2), settings));
            Assert.All(measured.Skip(7), change => Assert.True(change < 1e-3f * measured.Take(7).Min()));
            File.WriteAllText(file, "nonsense");
            Assert.Equal(measured, StyleResponses.Of(Sg2, ShapeOf(Sg2), settings));
            Assert.NotEqual(ModelHash.Of(Sg2), ModelHash.Of(Sm));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static StyleShape ShapeOf(Model model)
    {
        using StyleNetwork network = StyleNetwork.Create(model);
        return network.Shape;
    }

    private static StyleGeneratorSettings Settings(int width, int height, int resolution) => new() { Width = width, Height = height, Resolution = resolution };

    private static StyleGenerator Make(Model model, int width, int height) => StyleGenerator.Create(model, Settings(width, height, model.Card.Resolution));

    private static ControlFrame Controls(StyleGenerator generator, ulong seed)
    {
        var frame = new ControlFrame(new FrameLayout(generator.Inputs)) { Time = new FrameTime(0, new Rational(30, 1)) };
        generator.Sample(seed, frame.Values.AsSpan(0, generator.Latents.Size));
        generator.DefaultInputs(frame.Values.AsSpan(generator.Latents.Size));
        return frame;
    }
}
