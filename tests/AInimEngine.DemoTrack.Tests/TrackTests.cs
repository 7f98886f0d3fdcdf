using System.Diagnostics;
using System.Runtime.InteropServices;
using AInimEngine.DemoTrack.Mixing;
using AInimEngine.DemoTrack.Output;

namespace AInimEngine.DemoTrack.Tests;

public sealed class TrackTests(RenderedTrack rendered) : IClassFixture<RenderedTrack>
{
    private readonly Bus _mix = rendered.Track.Mix;

    [Fact]
    public void TheBundledFilesAreWhatTheProgramComposes()
    {
        string hash = Pcm.Hash(Pcm.Of(_mix));
        // To record a change that is meant: dotnet run -c Release --project tools/AInimEngine.DemoTrack
        Assert.Equal(hash, rendered.Sheet.PcmSha256);
        Assert.Equal(BeatSheet.Of(hash).ToJson(), rendered.Sheet.ToJson());
    }

    [Fact]
    public void TheBundledSoundIsSmall() => Assert.InRange(new FileInfo(rendered.Sound).Length, 100_000, 2_000_000);

    [Fact]
    public async Task TheBundledSoundIsTheTrackToTheSample()
    {
        float[] decoded = await Decode(rendered.Sound);
        Assert.Equal(Song.Samples * 2, decoded.Length);
        // What encoding changed is at least 12 dB below the music, and any shift is worse than none.
        double music = Energy(i => _mix.Left[i]);
        double error = Energy(i => decoded[2 * i] - _mix.Left[i]);
        Assert.InRange(10 * Math.Log10(music / error), 12, 60);
        Assert.True(error < Energy(i => decoded[2 * i] - _mix.Left[i - 1]));
        Assert.True(error < Energy(i => decoded[2 * i] - _mix.Left[i + 1]));
        Assert.InRange(decoded.Max(Math.Abs), 0.5f, 0.99f);
    }

    [Fact]
    public void BeatsAreSixtyOverTheTempoApart()
    {
        BeatSheet sheet = rendered.Sheet;
        Assert.Equal(Song.Bars * Song.Meter, sheet.Beats.Length);
        for (int beat = 0; beat < sheet.Beats.Length; beat++)
            Assert.Equal(beat * 60 / sheet.Tempo, sheet.Beats[beat], 1e-6);
        Assert.Equal(sheet.Beats.Where((_, beat) => beat % sheet.Meter == 0), sheet.Downbeats);
        Assert.Equal(Song.Samples / (double)Song.SampleRate, sheet.Duration);
    }

    [Fact]
    public void SectionsFollowOneAnotherFromTheStartToTheLastBar()
    {
        SectionTime[] sections = rendered.Sheet.Sections;
        Assert.Equal(["intro", "build", "drop", "break", "drop", "outro"], sections.Select(s => s.Name));
        Assert.Equal(0, sections[0].Start);
        for (int i = 1; i < sections.Length; i++)
            Assert.Equal(sections[i - 1].End, sections[i].Start);
        Assert.All(sections, section => Assert.Contains(section.Start, rendered.Sheet.Downbeats));
    }

    [Fact]
    public void EveryKickAndSnareOfTheSheetIsHeardAndNoOther()
    {
        AssertSame(rendered.Sheet.Kicks, Onsets(rendered.Track.Kick));
        AssertSame(rendered.Sheet.Snares, Onsets(rendered.Track.Snare));

        static void AssertSame(double[] expected, List<double> heard)
        {
            Assert.Equal(expected.Length, heard.Count);
            for (int i = 0; i < expected.Length; i++)
                Assert.Equal(expected[i], heard[i], 0.002); // two windows of 1 ms
        }
    }

    [Fact]
    public void EveryBeatOfTheDropsHasItsKickToTheSample()
    {
        BeatSheet sheet = rendered.Sheet;
        foreach (SectionTime drop in sheet.Sections.Where(section => section.Name == "drop"))
        {
            foreach (double beat in sheet.Beats.Where(time => time >= drop.Start && time < drop.End))
                Assert.Contains(sheet.Kicks, kick => Math.Abs(kick - beat) <= 0.5 / Song.SampleRate + 1e-6);
        }
    }

    [Fact]
    public void NothingClipsAndItEndsInSilence()
    {
        Assert.InRange(_mix.Left.Concat(_mix.Right).Max(Math.Abs), 0.5f, 0.85f);
        Assert.InRange(Math.Abs(_mix.Left.Average()), 0, 1e-3);
        Assert.InRange(Math.Abs(_mix.Left[0]), 0, 1e-3);
        Assert.Equal(-1, _mix.Left.AsSpan(Song.Samples - 2000).IndexOfAnyExcept(0f));
    }

    [Fact]
    public void ThePartsDifferInLoudness()
    {
        double intro = Level(0, 2), drop = Level(4, 8), rest = Level(8, 12), quiet = Level(10, 11), again = Level(12, 16);
        Assert.True(drop > intro + 4, $"intro {intro:0.0}, drop {drop:0.0}");
        Assert.True(drop > rest + 3, $"drop {drop:0.0}, break {rest:0.0}");
        Assert.True(drop > quiet + 8, $"drop {drop:0.0}, quiet bar {quiet:0.0}");
        Assert.True(again > drop, $"first drop {drop:0.0}, second {again:0.0}");
    }

    private double Level(int firstBar, int endBar)
    {
        double power = 0;
        for (int i = Song.At(firstBar); i < Song.At(endBar); i++)
            power += _mix.Left[i] * (double)_mix.Left[i] + _mix.Right[i] * (double)_mix.Right[i];
        return 10 * Math.Log10(power / (Song.At(endBar) - Song.At(firstBar)));
    }

    private static double Energy(Func<int, double> signal)
    {
        double energy = 0;
        for (int i = Song.At(4); i < Song.At(8); i++)
            energy += signal(i) * signal(i);
        return energy;
    }

    // Where the energy of the first difference jumps: a hit, whatever still rings from the one before.
    private static List<double> Onsets(Bus stem)
    {
        const int Window = 48;
        var onsets = new List<double>();
        double before = 1e-12, last = 1e-12; // before: the windows up to the last but one, as a hit may begin late in a window
        for (int start = 1; start + Window < Song.Samples; start += Window)
        {
            double energy = 1e-12;
            for (int i = start; i < start + Window; i++)
                energy += Math.Pow(stem.Left[i] - stem.Left[i - 1], 2);
            double time = start / (double)Song.SampleRate;
            if (energy > 6 * before && energy > 1e-3 && (onsets.Count == 0 || time > onsets[^1] + 0.05))
                onsets.Add(time);
            before = Math.Max(last, before * 0.8);
            last = energy;
        }
        return onsets;
    }

    private static async Task<float[]> Decode(string path)
    {
        ProcessStartInfo start = new("ffmpeg", ["-nostdin", "-v", "error", "-i", path, "-f", "f32le", "-"]) { RedirectStandardOutput = true };
        Process? process = null;
        try
        {
            process = Process.Start(start);
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Assert.Skip("ffmpeg is not installed");
        }
        using var bytes = new MemoryStream();
        using (process)
        {
            await process!.StandardOutput.BaseStream.CopyToAsync(bytes);
            await process.WaitForExitAsync();
            Assert.Equal(0, process.ExitCode);
        }
        return MemoryMarshal.Cast<byte, float>(bytes.ToArray()).ToArray();
    }
}
