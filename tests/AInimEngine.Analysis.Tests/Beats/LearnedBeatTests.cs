using System.Buffers.Binary;
using System.Reflection;
using AInimEngine.Analysis.Beats.Learned;
using AInimEngine.Analysis.Spectrum;
using AInimEngine.Core.State;

namespace AInimEngine.Analysis.Tests.Beats;

public class LearnedBeatTests
{
    private const double FrameRate = 93.75;

    /// <summary>
    /// The golden was recorded by tests/oracles/beat_activation_train.py --golden, in double. Some 2000 products a sum in
    /// single precision, over 22 layers, differ by about 22 x sqrt(2000) x 6e-8 = 6e-5 of the sums, which are around 10.
    /// </summary>
    [Fact]
    public void BothNetworksAgreeWithTheTrainersOwnArithmetic()
    {
        const int Frames = 2600, Step = 7;
        const float Tolerance = 6e-4f;
        using Stream stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("learned-golden.bin")!;
        var golden = new byte[stream.Length];
        stream.ReadExactly(golden);
        (float[] beat, float[] down) = Run(ActivationModel.Causal, Frames);
        (float[] beatAhead, float[] downAhead) = Run(ActivationModel.LookAhead, Frames);
        float worst = 0, largest = 0;
        int at = 0;
        for (int k = 0; k < Frames; k += Step)
        {
            foreach (float value in (ReadOnlySpan<float>)[beat[k], down[k], beatAhead[k], downAhead[k]])
            {
                float expected = BinaryPrimitives.ReadSingleLittleEndian(golden.AsSpan(4 * at++));
                worst = Math.Max(worst, Math.Abs(expected - value));
                largest = Math.Max(largest, expected);
            }
        }
        Assert.Equal(golden.Length, 4 * at);
        Assert.True(largest > 0.2, $"the golden never rises above {largest}: it would prove little");
        Assert.True(worst < Tolerance, $"differs by {worst}");
    }

    [Theory]
    [InlineData(75)]
    [InlineData(120)]
    [InlineData(170)]
    public void ClicksRaiseTheActivationAtTheirInstants(double bpm)
    {
        float[] sound = ClickTrack(bpm, 24, out double[] clicks);
        var activation = new LearnedBeatActivation();
        float[] beat = Causal(activation, sound);
        float[] whole = Whole(sound);
        int live = 0, looked = 0, counted = 0;
        foreach (double click in clicks.Where(t => t is > 6 and < 23))
        {
            counted++;
            live += Peak(beat, click * FrameRate - 0.25 + activation.Delay) ? 1 : 0;
            looked += Peak(whole, click * FrameRate - 0.25) ? 1 : 0;
        }
        Assert.True(live >= 0.9 * counted, $"live: {live} of {counted} clicks");
        Assert.True(looked >= 0.9 * counted, $"whole track: {looked} of {counted} clicks");
    }

    [Fact]
    public void SilenceAndNoiseHaveNoBeats()
    {
        foreach (float[] sound in (float[][])[new float[48000 * 8], Signals.Noise(3, 0.1f, 48000 * 8)])
        {
            float[] beat = Causal(new LearnedBeatActivation(), sound)[200..];
            float[] whole = Whole(sound)[200..^100];
            Assert.True(beat.Average() < 0.06, $"live: mean {beat.Average()}");
            Assert.True(whole.Average() < 0.06, $"whole track: mean {whole.Average()}");
            Assert.True(beat.Max() < 0.5, $"live: largest {beat.Max()}");
        }
    }

    [Fact]
    public void LevelDoesNotMatter()
    {
        float[] sound = ClickTrack(120, 10, out _, noise: 0.01f);
        float[] loud = Causal(new LearnedBeatActivation(), sound);
        float[] soft = Causal(new LearnedBeatActivation(), Array.ConvertAll(sound, x => x * 0.03125f));
        for (int k = 0; k < loud.Length; k++)
            Assert.Equal(loud[k], soft[k], 1e-3f);
    }

    [Fact]
    public void DownbeatsAreNeverLikelierThanBeatsAndNothingLeavesTheUnitInterval()
    {
        var activation = new LearnedBeatActivation();
        var amplitude = new float[StereoSpectrum.Bins];
        float[] odd = [0, 1, 1e-30f, 1e30f, float.NaN, float.PositiveInfinity];
        for (int k = 0; k < 600; k++)
        {
            Array.Fill(amplitude, odd[k / 3 % odd.Length]);
            activation.Hear(amplitude, out float beat, out float downbeat);
            Assert.InRange(beat, 0, 1);
            Assert.InRange(downbeat, 0, beat);
        }
    }

    [Fact]
    public void HearingAllocatesNothing()
    {
        var activation = new LearnedBeatActivation();
        float[] amplitude = Signals.Noise(9, 0.1f, StereoSpectrum.Bins);
        for (int i = 0; i < amplitude.Length; i++)
            amplitude[i] = Math.Abs(amplitude[i]);
        for (int k = 0; k < 50; k++)
            activation.Hear(amplitude, out _, out _);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int k = 0; k < 200; k++)
            activation.Hear(amplitude, out _, out _);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void ASavedStateGoesOnBitForBitAndAResetBeginsAgain()
    {
        float[] sound = ClickTrack(100, 8, out _);
        var activation = new LearnedBeatActivation();
        float[] through = Causal(activation, sound);
        activation.Reset();
        float[] again = Causal(activation, sound);
        Assert.Equal(through, again);

        var spectra = Spectra(sound);
        activation.Reset();
        var resumed = new LearnedBeatActivation();
        int half = spectra.Count / 2;
        for (int k = 0; k < half; k++)
            activation.Hear(spectra[k], out _, out _);
        using var stream = new MemoryStream();
        var writer = new StateWriter(stream);
        activation.Save(writer);
        writer.Flush();
        stream.Position = 0;
        resumed.Restore(new StateReader(stream));
        for (int k = half; k < spectra.Count; k++)
        {
            resumed.Hear(spectra[k], out float beat, out _);
            Assert.Equal(through[k], beat);
        }
    }

    [Fact]
    public void AModelFileThatIsCutLongOrSpoiltIsRefused()
    {
        using Stream stream = typeof(ActivationModel).Assembly.GetManifestResourceStream("AInimEngine.Analysis.Beats.Learned.causal.bin")!;
        var file = new byte[stream.Length];
        stream.ReadExactly(file);
        Assert.True(file.Length < 400_000);
        ActivationModel.Read(file);
        byte[] spoilt = [.. file];
        BinaryPrimitives.WriteHalfLittleEndian(spoilt.AsSpan(1000), Half.NaN);
        byte[] vast = [.. file];
        BinaryPrimitives.WriteInt32LittleEndian(vast.AsSpan(16), int.MaxValue);
        foreach (byte[] bad in (byte[][])[[], file[..20], file[..^1], [.. file, 0], [.. "ABT2"u8, .. file[4..]], spoilt, vast])
            Assert.Throws<InvalidDataException>(() => ActivationModel.Read(bad));
    }

    private static bool Peak(float[] curve, double at)
    {
        int centre = (int)Math.Round(at);
        float top = curve.AsSpan(Math.Max(0, centre - 3), 7).ToArray().Max();
        return top > 0.25f && top >= curve.AsSpan(Math.Max(0, centre - 12), 25).ToArray().Max();
    }

    private static (float[] Beat, float[] Down) Run(ActivationModel model, int frames)
    {
        var features = new ActivationFeatures();
        var network = new ActivationNetwork(model);
        var bands = new float[ActivationBands.Count];
        var frame = new float[ActivationFeatures.Count];
        float[] beat = new float[frames], down = new float[frames];
        for (int k = 0; k < frames + network.Delay; k++)
        {
            if (k == frames)
            {
                network.End();
                Array.Clear(frame);
            }
            if (k < frames)
            {
                for (int b = 0; b < bands.Length; b++)
                    bands[b] = (float)((k * 31 + b * 17) % 97 / 97.0 * 0.01 + (k % 47 < 3 ? (b % 7 + 1) * 0.05 : 0));
                features.NextBands(bands, frame);
            }
            network.Next(frame, out float x, out float y);
            if (k >= network.Delay)
                (beat[k - network.Delay], down[k - network.Delay]) = (x, y);
        }
        return (beat, down);
    }

    private static float[] Causal(LearnedBeatActivation activation, float[] sound)
    {
        List<float[]> spectra = Spectra(sound);
        var beat = new float[spectra.Count];
        for (int k = 0; k < beat.Length; k++)
            activation.Hear(spectra[k], out beat[k], out _);
        return beat;
    }

    private static float[] Whole(float[] sound)
    {
        var curve = new LearnedBeatCurve();
        long hop = 0;
        foreach (float[] amplitude in Spectra(sound))
        {
            curve.Hear(hop, amplitude, amplitude);
            curve.Hear(hop + 1, amplitude, amplitude);
            hop += 2;
        }
        curve.End();
        Assert.Equal(hop / 2, curve.Beats.Length);
        Assert.Equal(hop / 2, curve.Downbeats.Length);
        return curve.Beats.ToArray();
    }

    private static List<float[]> Spectra(float[] sound)
    {
        const int Step = 2 * Hop.Size;
        var spectrum = new StereoSpectrum();
        var spectra = new List<float[]>();
        float[] padded = new float[sound.Length + 2 * Hop.WindowSize];
        sound.CopyTo(padded, Hop.WindowSize);
        for (int k = 0; (k + 1) * Step <= sound.Length; k++)
        {
            ReadOnlySpan<float> window = padded.AsSpan(Hop.WindowSize + k * Step + Hop.Half - Hop.WindowSize / 2, Hop.WindowSize);
            spectrum.Transform(window, window);
            spectra.Add(spectrum.Amplitude.ToArray());
        }
        return spectra;
    }

    /// <summary>Short decaying tones on a faint noise.</summary>
    private static float[] ClickTrack(double bpm, int seconds, out double[] clicks, float noise = 1e-4f)
    {
        float[] sound = Signals.Noise(4, noise, 48000 * seconds);
        clicks = [.. Enumerable.Range(0, (int)((seconds - 0.6) * bpm / 60)).Select(i => 0.5 + i * 60 / bpm)];
        foreach (double click in clicks)
        {
            int first = (int)(click * 48000);
            for (int i = 0; i < 1500; i++)
                sound[first + i] += (float)(0.5 * Math.Exp(-i / 300.0) * Math.Sin(2 * Math.PI * 1200 * i / 48000.0));
        }
        return sound;
    }
}
