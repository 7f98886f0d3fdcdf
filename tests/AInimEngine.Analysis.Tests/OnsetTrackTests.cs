using AInimEngine.Analysis.Ranges;
using AInimEngine.Analysis.Tracks;
using AInimEngine.Core.Frames;

namespace AInimEngine.Analysis.Tests;

/// <summary>The list of onsets of a whole track.</summary>
public sealed class OnsetTrackTests
{
    [Fact]
    public void DrumsOverAPadAreListedAndMostToTheMillisecond()
    {
        (float[] sound, List<long> hits) = LiveTests.Beats(60, 0.12f);
        OnsetTrack onsets = Scan(sound);
        double[] truth = [.. hits.Select(hit => (double)hit / Hop.SampleRate)];
        double[] found = [.. onsets.All.Select(onset => onset.Time)];
        Assert.True(OnsetScore.F(found, truth) >= 0.95, $"{OnsetScore.F(found, truth):f3}");
        Assert.True(truth.Count(t => found.Any(f => Math.Abs(f - t) < 0.001)) > 0.9 * truth.Length);
        Assert.All(found.Zip(found.Skip(1)), pair => Assert.True(pair.First < pair.Second));
    }

    [Fact]
    public void KicksAreLowSnaresAreMidAndHatsAreHigh()
    {
        float[] sound = new float[20 * Hop.SampleRate];
        List<double> kicks = [], snares = [], hats = [];
        for (int i = 0; i < 36; i++)
        {
            long at = 24000 + 24000L * i;
            double time = (double)at / Hop.SampleRate;
            if (i % 3 == 0)
            {
                Signals.AddKick(sound, at, 0.6f);
                kicks.Add(time);
            }
            else if (i % 3 == 1)
            {
                Signals.AddSnare(sound, at, 0.4f, (ulong)i);
                snares.Add(time);
            }
            else
            {
                Signals.AddHat(sound, at, 0.15f, (ulong)i);
                hats.Add(time);
            }
        }
        OnsetTrack onsets = Scan(Signals.Stereo(sound));

        // A snare has a low end too, but a weaker one.
        Assert.All(kicks, t => Assert.Contains(onsets.Low, low => Math.Abs(low.Time - t) < 0.025 && low.Strength > 0.9f));
        Assert.All(snares, t => Assert.DoesNotContain(onsets.Low, low => Math.Abs(low.Time - t) < 0.025 && low.Strength > 0.9f));
        Assert.All(snares, t => Assert.Contains(Times(onsets.Mid), m => Math.Abs(m - t) < 0.025));
        Assert.All(hats, t => Assert.Contains(Times(onsets.High), h => Math.Abs(h - t) < 0.025));
        Assert.DoesNotContain(Times(onsets.Low), l => hats.Any(t => Math.Abs(l - t) < 0.1));
    }

    [Fact]
    public void SilenceAndEmptyTracksHaveNone()
    {
        Assert.Empty(Scan(new float[96000]).All);
        Assert.Empty(Scan([]).All);
    }

    private static double[] Times(IEnumerable<OnsetMark> marks) => [.. marks.Select(mark => mark.Time)];

    private static OnsetTrack Scan(float[] stereo)
    {
        var scan = new TrackScan();
        scan.Write(new AudioBlock(stereo, Hop.SampleRate, 2, 0));
        scan.Complete();
        return scan.Onsets;
    }
}
