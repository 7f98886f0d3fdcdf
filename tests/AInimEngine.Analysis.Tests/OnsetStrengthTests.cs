using AInimEngine.Analysis.Features;
using AInimEngine.Analysis.Onsets;
using AInimEngine.Core.Frames;

namespace AInimEngine.Analysis.Tests;

/// <summary>The same hit is about as strong wherever in a hop it begins, so that a picture answers it alike.</summary>
public sealed class OnsetStrengthTests
{
    private const int Hits = 96, Apart = 24000;

    // Of the strengths, the ninth tenth over the first one. Told in the hop that decides, they were 3.5 to 14.
    [Theory]
    [InlineData("click", OnsetBand.All, 1.4)]
    [InlineData("kick", OnsetBand.All, 2)]
    [InlineData("kick", OnsetBand.Low, 2)]
    [InlineData("snare", OnsetBand.All, 1.7)]
    [InlineData("snare", OnsetBand.Mid, 1.7)]
    [InlineData("hat", OnsetBand.All, 1.6)]
    [InlineData("hat", OnsetBand.High, 1.6)]
    public void StrengthOfAHitDependsLittleOnItsPlaceInTheHop(string kind, OnsetBand band, double bound)
    {
        var live = new LiveAnalyzer();
        var hop = new FeatureFrame(FeatureTable.Layout);
        var strengths = new List<float>();
        live.Write(new AudioBlock(Signals.Stereo(Sound(kind)), Hop.SampleRate, 2, 0));
        while (live.TryRead(hop))
            foreach (LiveOnset onset in live.Onsets)
                if (onset.Band == band && hop.FirstSample >= Apart - Hop.Size && (hop.FirstSample + Hop.Size) % Apart < 960)
                    strengths.Add(onset.Strength);
        strengths.Sort();
        Assert.Equal(Hits, strengths.Count);
        float low = strengths[Hits / 10], high = strengths[Hits * 9 / 10];
        Assert.True(high <= bound * low, $"{strengths[0]:f3}, {low:f3}, {strengths[Hits / 2]:f3}, {high:f3}, {strengths[^1]:f3}");
    }

    /// <summary>One hit over and over, at places in the hop that cover it evenly.</summary>
    private static float[] Sound(string kind)
    {
        float[] sound = kind == "click" ? Signals.Noise(5, 1e-5f, (Hits + 2) * Apart) : Signals.Pad((Hits + 2) * Apart, 0.05f);
        for (int i = 0; i < Hits; i++)
        {
            long at = (i + 1) * Apart + i * 37 % Hop.Size;
            switch (kind)
            {
                case "kick":
                    Signals.AddKick(sound, at, 0.5f);
                    break;
                case "snare":
                    Signals.AddSnare(sound, at, 0.3f, 7);
                    break;
                case "hat":
                    Signals.AddHat(sound, at, 0.15f, 7);
                    break;
                default:
                    float[] noise = Signals.Noise(3, 0.35f, 480);
                    for (int k = 0; k < noise.Length; k++)
                        sound[at + k] += noise[k] * MathF.Exp(-5f * k / noise.Length);
                    break;
            }
        }
        return sound;
    }
}
