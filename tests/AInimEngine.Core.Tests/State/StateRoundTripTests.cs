using AInimEngine.Core.State;

namespace AInimEngine.Core.Tests.State;

public sealed class StateRoundTripTests
{
    [Fact]
    public void WhatIsWrittenIsReadBackBitForBit()
    {
        float[] values = [0f, -0f, float.NaN, float.Epsilon, float.PositiveInfinity, 1 / 3f];
        using var stream = new MemoryStream();
        var writer = new StateWriter(stream);
        writer.Section("mapping.choreographer", 3);
        writer.Write(Math.PI);
        writer.Write(ulong.MaxValue);
        writer.Write<float>(values);
        writer.Section("analysis", 1);
        writer.Write<long>([]);
        writer.Flush();

        stream.Position = 0;
        var reader = new StateReader(stream);
        var read = new float[values.Length];
        reader.Section("mapping.choreographer", 3);
        Assert.Equal(Math.PI, reader.Read<double>());
        Assert.Equal(ulong.MaxValue, reader.Read<ulong>());
        reader.Read<float>(read);
        reader.Section("analysis", 1);
        reader.Read<long>([]);
        Assert.Equal(values.Select(BitConverter.SingleToUInt32Bits), read.Select(BitConverter.SingleToUInt32Bits));
        Assert.Equal(stream.Length, stream.Position);
    }

    [Fact]
    public void WritingTwiceGivesTheSameBytes() => Assert.Equal(Saved("stage", 1, 4), Saved("stage", 1, 4));

    [Theory]
    [InlineData("other", 1)]
    [InlineData("stage", 2)]
    public void TheStateOfAnotherStageOrVersionIsRefusedByName(string name, int version)
    {
        var reader = new StateReader(new MemoryStream(Saved("stage", 1, 4)));
        InvalidDataException error = Assert.Throws<InvalidDataException>(() => reader.Section(name, version));
        Assert.Contains("'stage' version 1", error.Message, StringComparison.Ordinal);
        Assert.Contains($"'{name}' version {version}", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ABufferOfAnotherLengthIsRefused()
    {
        var reader = new StateReader(new MemoryStream(Saved("stage", 1, 4)));
        reader.Section("stage", 1);
        Assert.Throws<InvalidDataException>(() => reader.Read<float>(new float[5]));
    }

    [Fact]
    public void AFileCutOffAnywhereIsRefused()
    {
        byte[] whole = Saved("stage", 1, 4);
        for (int length = 0; length < whole.Length; length++)
        {
            var reader = new StateReader(new MemoryStream(whole, 0, length));
            Assert.Throws<EndOfStreamException>(() =>
            {
                reader.Section("stage", 1);
                reader.Read<float>(new float[4]);
            });
        }
    }

    private static byte[] Saved(string name, int version, int count)
    {
        using var stream = new MemoryStream();
        var writer = new StateWriter(stream);
        writer.Section(name, version);
        writer.Write<float>(Enumerable.Range(0, count).Select(i => i * 0.5f).ToArray());
        writer.Flush();
        return stream.ToArray();
    }
}
