using System.Diagnostics;
using AInimEngine.Audio.Capture;
using AInimEngine.Audio.Playback;
using AInimEngine.Audio.Tests.Support;

namespace AInimEngine.Audio.Tests.Playback;

[Collection(PulseCollection.Name)]
public sealed class FilePlaybackDeviceTests
{
    private readonly PulseServer _pulse;

    public FilePlaybackDeviceTests(PulseServer pulse)
    {
        _pulse = pulse;
        pulse.Require();
    }

    // One after the other: SDL 2.26 starts no new playback for some seconds after it lost an output of PulseAudio.
    [Fact]
    public void WhatIsHandedOutIsWhatSoundsNowAndATrackGoesOnWhenItsOutputIsTakenAway()
    {
        WhatIsHandedOutIsWhatSoundsNow();
        ATrackGoesOnByTheClockWhenItsOutputIsTakenAway();
    }

    private void WhatIsHandedOutIsWhatSoundsNow()
    {
        // A click every quarter of a second, heard at the monitor and handed out by the playback: when?
        using AudioInput monitor = AudioInput.Open(new AudioInputSettings { Device = "Monitor of Hall" });
        using FilePlayback playback = FilePlayback.Start(Clicks(96_000), new FilePlaybackSettings { Device = "Hall" });
        Assert.Equal("playing on Hall", playback.Status.InWords(0));
        var handed = new ClickTimes();
        var heard = new ClickTimes();
        var waited = Stopwatch.StartNew();
        while (heard.Times.Count < 7 || handed.Times.Count < 7)
        {
            Assert.True(waited.Elapsed.TotalSeconds < 10, $"{heard.Times.Count} clicks heard, {handed.Times.Count} handed out, {monitor.Position} samples heard, {playback.Status}, {monitor.Status}, inputs {_pulse.Ask("list", "short", "sink-inputs")}{_pulse.Ask("list", "short", "source-outputs")}");
            monitor.Wait(TimeSpan.FromMilliseconds(5));
            heard.Read(monitor);
            handed.Read(playback);
        }
        double[] early = [.. heard.Times.Zip(handed.Times, (ear, eye) => 1000.0 * (ear - eye) / Stopwatch.Frequency).Take(7)];
        TestContext.Current.TestOutputHelper?.WriteLine("heard after handed out, ms: " + string.Join(' ', early.Select(e => e.ToString("0.0"))));
        Assert.InRange(early.Order().ElementAt(3), -60, 60);
        Assert.Equal(0, playback.Underruns);
    }

    private void ATrackGoesOnByTheClockWhenItsOutputIsTakenAway()
    {
        string module = _pulse.Load("module-null-sink", "sink_name=box", "sink_properties=device.description=Box");
        Patience.Until("the new output is listed", () => Audio.Devices.AudioDevices.List().Any(d => d.Name == "Box"));
        using FilePlayback playback = FilePlayback.Start(Clicks(480_000), new FilePlaybackSettings { Device = "box" });
        float[] buffer = new float[8192];
        Patience.Until("it plays", () => playback.Read(buffer) > 0 && playback.Status.State == SoundState.Playing);
        _pulse.Unload(module);
        Patience.Until("the loss is noticed", () => playback.Read(buffer) >= 0 && playback.Status.State == SoundState.PlayingSilently, 3);
        long position = playback.Position;
        Patience.Until("it goes on", () => playback.Read(buffer) >= 0 && playback.Position > position + 12000, 2);
    }

    private static SoundReader Clicks(int frames)
    {
        int at = 0;
        return buffer =>
        {
            int count = Math.Min(buffer.Length / 2, frames - at);
            for (int i = 0; i < count; i++, at++)
                buffer[2 * i] = buffer[(2 * i) + 1] = at % 12000 is >= 6000 and < 6024 ? 0.8f : 0;
            return count;
        };
    }

    private sealed class ClickTimes
    {
        private readonly float[] _buffer = new float[2 * 4096];
        private long _quietUntil;

        internal List<long> Times { get; } = [];

        internal void Read(ISoundSource source)
        {
            int count;
            while ((count = source.Read(_buffer)) > 0)
            {
                for (int i = 0; i < count; i++)
                {
                    long at = source.Position - count + i;
                    if (Math.Abs(_buffer[2 * i]) < 0.4f || at < _quietUntil)
                        continue;
                    _quietUntil = at + 4000;
                    Times.Add(source.Time - SoundFormat.Ticks(count - i));
                }
            }
        }
    }
}
