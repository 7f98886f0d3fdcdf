using System.Diagnostics;
using AInimEngine.Audio.Tests.Support;

namespace AInimEngine.Audio.Tests.Capture;

public sealed class SoundRingTests
{
    [Fact]
    public void WhatWasWrittenIsReadInOrderAcrossTheEndOfTheRing()
    {
        var ring = new SoundRing(1024);
        var reader = new RingReader(ring);
        float[] block = new float[2 * 300], read = new float[2 * 300];
        float next = 0, expected = 0;
        for (int i = 0; i < 50; i++)
        {
            for (int k = 0; k < block.Length; k++)
                block[k] = next++;
            ring.Write(block, 0);
            Assert.Equal(300, reader.Read(read, ring.Written));
            Assert.All(read, sample => Assert.Equal(expected++, sample));
        }
        Assert.Equal(0, reader.Lost);
    }

    [Fact]
    public void ALateReaderLearnsHowMuchItMissedAndGoesOnWithinWhatIsThere()
    {
        var ring = new SoundRing(1024);
        var reader = new RingReader(ring);
        for (int i = 0; i < 20; i++)
            ring.Write(new float[2 * 100], 0);
        float[] read = new float[2 * 4000];
        Assert.Equal(512, reader.Read(read, ring.Written));
        Assert.Equal(2000 - 512, reader.Lost);
        Assert.Equal(2000, reader.Next);
        Assert.Equal(512, reader.HandedOut);
    }

    [Fact]
    public void SamplesHaveTheTimeOfTheNewestLessTheirDistance()
    {
        var ring = new SoundRing(1024);
        ring.Write(new float[2 * 480], 5 * Stopwatch.Frequency);
        Assert.Equal(5 * Stopwatch.Frequency, ring.TimeOf(480));
        Assert.Equal(4.99, (double)ring.TimeOf(0) / Stopwatch.Frequency, 1e-9);
    }

    [Fact]
    public void AReaderBesideAWriterNeverSeesAMixtureOfOldAndNew()
    {
        // Every sample is its own position, so a torn copy shows at once.
        const int Total = 4_000_000;
        var ring = new SoundRing(4096);
        var reader = new RingReader(ring);
        var writer = new Thread(() =>
        {
            float[] block = new float[2 * 256];
            for (int at = 0; at < Total; at += 256)
            {
                for (int i = 0; i < 256; i++)
                    block[2 * i] = block[(2 * i) + 1] = at + i;
                ring.Write(block, 0);
            }
        });
        writer.Start();
        float[] read = new float[2 * 1000];
        long seen = 0;
        while (ring.Written < Total - 256 || reader.Next < ring.Written)
        {
            int count = reader.Read(read, ring.Written);
            long first = reader.Next - count;
            for (int i = 0; i < count; i++)
            {
                if (read[2 * i] != first + i || read[(2 * i) + 1] != first + i)
                    Assert.Fail($"sample {first + i} is {read[2 * i]}");
            }
            seen += count;
        }
        writer.Join();
        Assert.Equal(reader.Next, seen + reader.Lost);
    }

    [Fact]
    public void WritingAllocatesNothing()
    {
        var ring = new SoundRing(4096);
        float[] block = TestTone.Sine(0.005, 1);
        ring.Write(block, 0);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 1000; i++)
            ring.Write(block, i);
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
        Assert.Equal(1001 * 240, ring.Written);
    }
}
