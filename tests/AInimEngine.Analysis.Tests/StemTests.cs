using AInimEngine.Analysis.Stems;
using AInimEngine.Core.Frames;

namespace AInimEngine.Analysis.Tests;

public sealed class StemTests
{
    private const int Kinds = 4;

    private static float[][] Separate(float[] stereo, int block = 4096)
    {
        var separator = new StemSeparator();
        var stems = new float[Kinds][];
        for (int i = 0; i < Kinds; i++)
            stems[i] = new float[stereo.Length];
        var given = new StemBlock();
        long next = 0;
        for (int at = 0; at < stereo.Length / 2; at += block)
        {
            separator.Write(Hearing.Block(stereo, at, block));
            Drain();
        }
        separator.Complete();
        Drain();
        Assert.Equal(stereo.Length / 2, next);
        return stems;

        void Drain()
        {
            while (separator.TryRead(given))
            {
                Assert.Equal(next, given.FirstSample);
                for (int i = 0; i < Kinds; i++)
                    given[(StemKind)i].Samples.CopyTo(stems[i].AsSpan((int)next * 2));
                next += given.Length;
            }
        }
    }

    [Fact]
    public void StemsSumToTheMix()
    {
        float[] left = Signals.Music(5 * Hop.SampleRate + 77), right = Signals.Noise(2, 0.2f, left.Length);
        float[] mix = Interleave(left, right);
        float[][] stems = Separate(mix);
        double error = 0;
        for (int i = 0; i < mix.Length; i++)
            error = Math.Max(error, Math.Abs(stems.Sum(stem => (double)stem[i]) - mix[i]));
        Assert.True(20 * Math.Log10(error + 1e-12) < -120, $"{20 * Math.Log10(error)} dBFS");
    }

    [Fact]
    public void StemsDoNotDependOnTheBlocks()
    {
        float[] mix = Signals.Stereo(Signals.Music(2 * Hop.SampleRate));
        float[][] whole = Separate(mix, 96000), pieces = Separate(mix, 333);
        for (int i = 0; i < Kinds; i++)
            Assert.Equal(whole[i], pieces[i]);
    }

    [Fact]
    public void EachSourceDominatesItsStem()
    {
        const int Length = 10 * Hop.SampleRate;
        float[][] sources = [new float[2 * Length], Signals.Stereo(Signals.Sine(70, 0.25f, Length)), Signals.Stereo(Melody(Length)), WidePad(Length)];
        for (int beat = 1; beat < 38; beat++)
            AddTick(sources[0], beat * 12000, (ulong)beat);
        var mix = new float[2 * Length];
        foreach (float[] source in sources)
        {
            for (int i = 0; i < mix.Length; i++)
                mix[i] += source[i];
        }
        float[][] stems = Separate(mix);
        double[] least = [8, 20, 15, 15];
        var figures = new List<string>();
        for (int stem = 0; stem < Kinds; stem++)
        {
            double ratio = Ratio(stems[stem], sources[stem]);
            figures.Add($"{(StemKind)stem} {ratio:F1} dB");
        }
        for (int stem = 0; stem < Kinds; stem++)
            Assert.True(Ratio(stems[stem], sources[stem]) >= least[stem], string.Join(", ", figures));
    }

    [Fact]
    public void OddSoundsHaveDefinedStems()
    {
        float[] mix = Signals.Stereo(Signals.Noise(1, 0.3f, 30000));
        (mix[100], mix[101], mix[2000]) = (float.NaN, float.PositiveInfinity, 1e30f);
        Assert.All(Separate(mix), stem => Assert.True(Array.TrueForAll(stem, float.IsFinite)));
        Assert.All(Separate(new float[5000]), stem => Assert.True(Array.TrueForAll(stem, x => x == 0)));
        Assert.All(Separate([]), Assert.Empty);
        Assert.All(Separate(new float[2]), stem => Assert.Equal(2, stem.Length));
    }

    [Fact]
    public void NothingIsAllocatedPerBlock()
    {
        float[] mix = Signals.Stereo(Signals.Noise(1, 0.3f, 80 * 1024));
        var separator = new StemSeparator();
        var block = new StemBlock();
        long before = 0;
        for (int hop = 0; hop < 80; hop++)
        {
            if (hop == 60)
                before = GC.GetAllocatedBytesForCurrentThread();
            separator.Write(Hearing.Block(mix, hop * 1024, 1024));
            separator.TryRead(block);
        }
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void TheNetworkFindsTheMedian()
    {
        float[] values = Signals.Noise(12, 1, 31 + 200), medians = new float[200 / 8 * 8];
        new MedianOf31().Of(values.AsSpan(), 0, 1, medians);
        for (int i = 0; i < medians.Length; i++)
            Assert.Equal(values.Skip(i).Take(31).Order().ElementAt(15), medians[i]);
    }

    [Fact]
    public void TheTransformOf4096IsTheSlowSum()
    {
        float[] re = Signals.Noise(1, 1, 4096), im = Signals.Noise(2, 1, 4096), outRe = [.. re], outIm = [.. im];
        new Fft4096().Forward(outRe, outIm);
        foreach (int k in (int[])[0, 1, 7, 2047, 2048, 2049, 4095])
        {
            double sumRe = 0, sumIm = 0;
            for (int i = 0; i < 4096; i++)
            {
                (double sin, double cos) = Math.SinCos(-2 * Math.PI * ((long)i * k % 4096) / 4096);
                sumRe += re[i] * cos - im[i] * sin;
                sumIm += re[i] * sin + im[i] * cos;
            }
            Assert.Equal(sumRe, outRe[k], 0.001);
            Assert.Equal(sumIm, outIm[k], 0.001);
        }
    }

    /// <summary>Decibels of a source in a stem over what else is in it: signal to distortion.</summary>
    private static double Ratio(float[] stem, float[] source)
    {
        double signal = 0, error = 0;
        for (int i = 0; i < stem.Length; i++)
        {
            signal += (double)source[i] * source[i];
            error += ((double)stem[i] - source[i]) * ((double)stem[i] - source[i]);
        }
        return 10 * Math.Log10(signal / error);
    }

    private static float[] Melody(int length)
    {
        var sound = new float[length];
        ReadOnlySpan<int> notes = [60, 64, 67, 65, 62, 69, 72, 71, 67, 64];
        for (int i = 0; i < notes.Length; i++)
            SyntheticSong.AddNote(sound, i * 48000L, 48000, notes[i], 0.2);
        return sound;
    }

    /// <summary>A few milliseconds of noise.</summary>
    private static void AddTick(float[] stereo, int at, ulong seed)
    {
        float[] noise = Signals.Noise(seed, 0.4f, 2400);
        for (int i = 0; i < noise.Length; i++)
            stereo[2 * (at + i)] = stereo[2 * (at + i) + 1] = noise[i] * MathF.Exp(-i / 400f);
    }

    /// <summary>Different notes left and right.</summary>
    private static float[] WidePad(int length)
    {
        float[] left = new float[length], right = new float[length];
        foreach (int note in (int[])[51, 58, 63])
            SyntheticSong.AddNote(left, 0, length, note, 0.08);
        foreach (int note in (int[])[49, 54, 61])
            SyntheticSong.AddNote(right, 0, length, note, 0.08);
        return Interleave(left, right);
    }

    private static float[] Interleave(float[] left, float[] right)
    {
        var mix = new float[2 * left.Length];
        for (int i = 0; i < left.Length; i++)
            (mix[2 * i], mix[2 * i + 1]) = (left[i], right[i]);
        return mix;
    }
}
