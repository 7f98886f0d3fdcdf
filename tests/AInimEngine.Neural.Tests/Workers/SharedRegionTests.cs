using System.Runtime.Versioning;
using AInimEngine.Core.Errors;
using AInimEngine.Core.Frames;
using AInimEngine.Core.Imaging;
using AInimEngine.Core.Randomness;
using AInimEngine.Neural.Workers;

namespace AInimEngine.Neural.Tests.Workers;

[SupportedOSPlatform("linux")]
public sealed class SharedRegionTests : IDisposable
{
    private readonly string _file = Path.Combine(Path.GetTempPath(), $"ainim-region-test-{Guid.NewGuid():n}");

    public void Dispose() => File.Delete(_file);

    [Fact]
    public unsafe void WhatOneSideWritesTheOtherReadsAndTheNameIsGone()
    {
        using SharedRegion here = SharedRegion.Create(10_000, 5000);
        here.WriteMessage(writer => writer.Write("a message"));
        UnixFileMode mode = File.GetUnixFileMode(here.Path);
        using SharedRegion there = SharedRegion.Open(here.Path);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, mode);
        Assert.False(File.Exists(here.Path));
        Assert.Equal("a message", there.ReadMessage(reader => reader.ReadString()));
        there.Controls[^1] = 4;
        Assert.Equal(4, here.Controls[^1]);
        for (int slot = 0; slot < 2; slot++)
        {
            there.Picture(slot)[9999] = (byte)(7 + slot);
            Assert.Equal(7 + slot, here.Picture(slot)[9999]);
            Assert.Equal(0u, (nuint)here.Picture(slot) % 64);
        }
        there.Guides[4999] = 9;
        Assert.Equal(9, here.Guides[4999]);
        Assert.Equal(here.Bytes, there.Bytes);
    }

    private static readonly Dictionary<string, Func<RegionHeader, RegionHeader>> s_damages = new()
    {
        ["magic"] = header => header with { Magic = 1 },
        ["version"] = header => header with { Version = SharedRegion.Version + 1 },
        ["negative"] = header => header with { PictureBytes = -4096 },
        ["odd"] = header => header with { PictureBytes = 100 },
        ["huge"] = header => header with { PictureBytes = 1L << 40 },
        ["more than there is"] = header => header with { PictureBytes = 1 << 20 },
        ["guides"] = header => header with { GuideBytes = long.MaxValue & ~4095L },
    };

    [Theory]
    [InlineData("magic", "is not memory of the engine's")]
    [InlineData("version", "speaks version 4 to its worker, which speaks 3: they are of two builds")]
    [InlineData("negative", "is not memory of the engine's")]
    [InlineData("odd", "is not memory of the engine's")]
    [InlineData("huge", "is not memory of the engine's")]
    [InlineData("more than there is", "is not memory of the engine's")]
    [InlineData("guides", "is not memory of the engine's")]
    public void ADamagedHeaderIsRefusedAndTheFileStays(string damage, string words)
    {
        using SharedRegion region = SharedRegion.Create(4096, 0);
        region.Header = s_damages[damage](region.Header);
        AInimException error = Assert.Throws<AInimException>(() => SharedRegion.Open(region.Path));
        Assert.Contains(words, error.Message, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Usage, error.ExitCode);
        Assert.True(File.Exists(region.Path));
        File.Delete(region.Path);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(100)]
    [InlineData(3_000_000)]
    public void AnotherFileIsRefusedAndStays(int length)
    {
        File.WriteAllBytes(_file, new byte[length]);
        Assert.Contains("is not memory of the engine's", Assert.Throws<AInimException>(() => SharedRegion.Open(_file)).Message, StringComparison.Ordinal);
        Assert.True(File.Exists(_file));
    }

    [Fact]
    public void APathThatCannotBeOpenedIsRefusedInWords()
    {
        foreach (string path in new[] { "/nowhere/memory", Path.GetTempPath(), "" })
            Assert.Contains("cannot open the shared memory", Assert.Throws<AInimException>(() => SharedRegion.Open(path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void MoreMemoryThanThereIsIsRefusedInWordsAndNothingStays()
    {
        AInimException error = Assert.Throws<AInimException>(() => SharedRegion.Create(long.MaxValue / 4, 0));
        Assert.Contains("cannot make memory to share with a worker ", error.Message, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Output, error.ExitCode);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(int.MaxValue)]
    [InlineData(SharedRegion.MaxMessage + 1)]
    public void AMessageLongerThanItsPlaceIsNotRead(int length)
    {
        using SharedRegion region = SharedRegion.Create(0, 0);
        File.Delete(region.Path);
        region.Header.MessageBytes = length;
        Assert.Throws<InvalidDataException>(() => region.ReadMessage(reader => reader.ReadInt32()));
    }

    [Fact]
    public void AHelloArrivesAsItWasSentAndADamagedOneIsRefusedWithoutMuchMemory()
    {
        var hello = new WorkerHello("a name", new LatentLayout(3, 5, [new LatentGroup("coarse", 0, 3)], [0.5f, 1, 2]),
            [new FrameField("latent", 15, "", float.NegativeInfinity, float.PositiveInfinity, "latent"), new FrameField("more", 2, "Hz", 0, 1, "")], [3, 4]);
        using SharedRegion region = SharedRegion.Create(0, 0);
        File.Delete(region.Path);
        region.WriteMessage(hello.Write);
        WorkerHello read = region.ReadMessage(WorkerHello.Read);
        Assert.True(read.IsSame(hello));
        Assert.Equal(hello.Inputs, read.Inputs);
        Assert.False(read.IsSame(hello with { Defaults = [3, 5] }));

        using var stream = new MemoryStream();
        using (var writer = new BinaryWriter(stream, System.Text.Encoding.UTF8, leaveOpen: true))
            hello.Write(writer);
        byte[] good = stream.ToArray();
        int refused = 0;
        long before = GC.GetAllocatedBytesForCurrentThread();
        const int trials = 20_000;
        for (ulong trial = 0; trial < trials; trial++)
        {
            byte[] bytes = [.. good];
            for (ulong change = 0; change <= trial % 4; change++)
                bytes[Philox.Hash(trial, 2, change) % (ulong)bytes.Length] = (byte)Philox.Hash(trial, 3, change);
            int length = trial % 2 == 0 ? bytes.Length : (int)(Philox.Hash(trial, 4, 0) % (ulong)bytes.Length);
            region.WriteMessage(writer => writer.Write(bytes, 0, length));
            try
            {
                Assert.True(region.ReadMessage(WorkerHello.Read).Inputs.Sum(input => input.Length) <= SharedRegion.MaxControls);
            }
            catch (InvalidDataException)
            {
                refused++;
            }
        }
        Assert.InRange(refused, trials / 2, trials);
        Assert.InRange((GC.GetAllocatedBytesForCurrentThread() - before) / trials, 0, 100_000);
    }
}
