using System.Diagnostics;
using AInimEngine.Audio.Playback;
using AInimEngine.Audio.Tests.Support;

namespace AInimEngine.Audio.Tests.Playback;

public sealed class FilePlaybackTests
{
    private static readonly FilePlaybackSettings s_silent = new() { Device = null };

    [Fact]
    public void WithoutADeviceTheTrackGoesByTheClockSampleBySample()
    {
        var time = new ManualTime();
        using FilePlayback playback = FilePlayback.Start(Counting(100_000), s_silent, time.Read);
        float[] buffer = new float[2 * 100_000];
        Assert.Equal(0, playback.Read(buffer));
        int filled = 0;
        for (int step = 1; step <= 8; step++)
        {
            time.Advance(0.25);
            Patience.Until("the feeder keeps up", () => (filled += playback.Read(buffer.AsSpan(2 * filled))) == 12000 * step);
            Assert.Equal(time.Now, playback.Time);
        }
        time.Advance(0.5);
        Patience.Until("the rest comes", () => (filled += playback.Read(buffer.AsSpan(2 * filled))) == 100_000);
        Assert.True(playback.Ended);
        Assert.False(playback.Wait(TimeSpan.FromSeconds(5)));
        Assert.Equal(SoundState.Ended, playback.Status.State);
        for (int i = 0; i < filled; i++)
            Assert.Equal(i, buffer[2 * i]);
        Assert.Equal(0, playback.Lost);
    }

    [Fact]
    public void ATrackThatFailsIsHeardUntilThereAndThenSaysWhy()
    {
        var time = new ManualTime();
        SoundReader good = Counting(4096);
        using FilePlayback playback = FilePlayback.Start(
            buffer => good(buffer) is > 0 and int count ? count : throw new InvalidDataException("broken"), s_silent, time.Read);
        time.Advance(1);
        float[] buffer = new float[2 * 8192];
        Assert.Equal(4096, playback.Read(buffer));
        Assert.Equal("broken", Assert.Throws<InvalidDataException>(() => playback.Wait(TimeSpan.Zero)).Message);
    }

    [Fact]
    public void TheClockFollowsADeviceThatAsksInBurstsAndLate()
    {
        var clock = new PlaybackClock(bufferedFrames: 1024, extraFrames: 0);
        var random = new Random(3);
        long start = 5 * Stopwatch.Frequency;
        clock.Start(start);
        double worst = 0;
        long last = 0;
        for (int request = 0; request < 2000; request++)
        {
            // Every request up to 4 ms late, and now and then four of them together.
            int together = request % 50 < 4 ? (request / 50 * 50) + 3 : request;
            long now = start + SoundFormat.Ticks(512L * together) + (long)(random.NextDouble() * 0.004 * Stopwatch.Frequency);
            clock.Requested(512L * request, 512, now);
            long sounded = clock.Sounded(now);
            Assert.True(sounded >= last, "never back");
            last = sounded;
            if (request > 300)
                worst = Math.Max(worst, Math.Abs(sounded - (SoundFormat.Frames(now - start) - 1024)) / 48000.0);
        }
        Assert.InRange(worst, 0, 0.006);
    }

    [Fact]
    public void FillingADeviceAllocatesNothing()
    {
        using FilePlayback playback = FilePlayback.Start(Counting(1_000_000), s_silent);
        float[] request = new float[1024];
        playback.Fill(request, Stopwatch.GetTimestamp());
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 20; i++)
        {
            playback.Fill(request, Stopwatch.GetTimestamp());
            playback.Read(request);
        }
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    // Each sample is its own position.
    internal static SoundReader Counting(int frames)
    {
        int at = 0;
        return buffer =>
        {
            int count = Math.Min(buffer.Length / 2, frames - at);
            for (int i = 0; i < count; i++)
                buffer[2 * i] = buffer[(2 * i) + 1] = at++;
            return count;
        };
    }
}
