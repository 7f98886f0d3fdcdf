using AInimEngine.Core.Frames;
using AInimEngine.Core.Imaging;
using AInimEngine.Engine;
using AInimEngine.Neural.Decoding;
using AInimEngine.Neural.Workers;

namespace AInimEngine.Cli.Tests.Workers;

[Collection("workers")]
public sealed class WorkerGeneratorTests
{
    [Fact]
    public void PicturesAreBitForBitThoseOfThisProcessInEveryFormatAndSize()
    {
        using IGenerator here = Rig.Here();
        using WorkerGenerator there = Rig.Start(Rig.Settings);
        Assert.Equal(here.Name, there.Name);
        Assert.Equal(here.Inputs, there.Inputs);
        Assert.Equal(here.Latents.ImageChangePerUnit, there.Latents.ImageChangePerUnit);
        Assert.Equal(here.Latents.Groups, there.Latents.Groups);
        ControlFrame frame = Rig.Frame(here, 1), far = Rig.Frame(there, 1);
        Assert.Equal(frame.Values, far.Values);
        // Sizes that need more memory, and less again.
        foreach ((int width, int height, PixelFormat format) in new[]
            { (64, 36, PixelFormat.Rgba16F), (64, 36, PixelFormat.Rgba8), (320, 180, PixelFormat.PlanarRgbF32), (50, 70, PixelFormat.Rgba16F), (320, 180, PixelFormat.Rgba16F) })
            for (ulong number = 0; number < 3; number++)
                Assert.Equal(Rig.Picture(here, number, width, height, format), Rig.Picture(there, number, width, height, format));
        Assert.False(there.IsRestarting);
        Assert.Equal(0, there.Restarts);
        // Nothing of it can be found by name.
        Assert.Empty(Directory.GetFiles("/dev/shm", $"ainim-{Environment.ProcessId}-*"));
    }

    [Fact]
    public void AFrameAllocatesNoManagedMemoryOnEitherSide()
    {
        using WorkerGenerator generator = Rig.Start(Rig.Settings);
        using var image = new Image(64, 36, PixelFormat.Rgba16F);
        ControlFrame frame = Rig.Frame(generator, 1);
        for (int i = 0; i < 50; i++)
            generator.Decode(frame, [], image);
        long here = GC.GetAllocatedBytesForCurrentThread(), there = generator.WorkerAllocatedBytes;
        for (int i = 0; i < 200; i++)
            generator.Decode(frame, [], image);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - here);
        Assert.Equal(0, generator.WorkerAllocatedBytes - there);
        Assert.True(there > 0);
    }

    [Fact]
    public void GuidesTravelAndAGeneratorThatTakesNoneGivesTheSamePicture()
    {
        using WorkerGenerator generator = Rig.Start(Rig.Settings);
        byte[] without = Rig.Picture(generator, 1);
        using Image small = new(8, 8, PixelFormat.Rgba8), large = new(100, 100, PixelFormat.PlanarRgbF32), image = new(64, 36, PixelFormat.Rgba16F);
        generator.Decode(Rig.Frame(generator, 1), [small, large], image);
        Assert.Equal(without, image.Bytes.ToArray());
        Assert.Throws<ArgumentException>(() => generator.Decode(Rig.Frame(generator, 1), [small, small, small, small, small], image));
    }

    [Fact]
    public void AModelIsPlayedBitForBitAsInThisProcess()
    {
        using var cache = new ScratchFolder();
        var description = new GeneratorDescription
        {
            Model = Path.Combine(Repository.Root, "presets", "models", "flames64.safetensors"),
            Style = new StyleGeneratorSettings { Width = 64, Height = 64, Resolution = 64, CacheFolder = cache["models"], Bends = [new Bend("twist", 3, BendOperation.Rotate) { Amount = 0.1f, Share = 0.5f }] },
            Threads = 2,
        };
        using IGenerator here = GeneratorFactory.Create(description);
        using WorkerGenerator there = WorkerGenerator.Start(Rig.Settings, description.ToJson());
        Assert.Equal(here.Inputs, there.Inputs);
        Assert.Contains(there.Inputs, input => input.Name == "bend.twist");
        using IGenerator straight = GeneratorFactory.Create(description with { Style = description.Style with { Bends = [] } });
        for (ulong number = 0; number < 2; number++)
        {
            byte[] picture = Rig.Picture(here, number, 64, 64);
            Assert.Equal(picture, Rig.Picture(there, number, 64, 64));
            Assert.NotEqual(picture, Rig.Picture(straight, number, 64, 64));
        }
    }
}
