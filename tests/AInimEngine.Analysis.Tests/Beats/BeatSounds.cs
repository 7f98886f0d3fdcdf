using AInimEngine.Analysis.Beats;
using AInimEngine.Analysis.Ranges;
using AInimEngine.Analysis.Spectrum;
using AInimEngine.Analysis.Tracks;

namespace AInimEngine.Analysis.Tests.Beats;

/// <summary>Sounds whose beats are known, and their way through the trackers.</summary>
internal static class BeatSounds
{
    /// <summary>Times of beats in seconds, from <paramref name="first"/> on.</summary>
    internal static double[] Beats(double bpm, double seconds, double first = 0.5)
    {
        var beats = new List<double>();
        for (int i = 0; first + i * 60 / bpm < seconds - 0.1; i++)
            beats.Add(first + i * 60 / bpm);
        return [.. beats];
    }

    /// <summary>A short burst of noise at each time, the first of every bar with a kick.</summary>
    internal static float[] Clicks(IReadOnlyList<double> beats, double seconds, int beatsPerBar = 0)
    {
        float[] sound = Signals.Noise(3, 1e-4f, (int)(seconds * Hop.SampleRate));
        for (int i = 0; i < beats.Count; i++)
        {
            long at = (long)Math.Round(beats[i] * Hop.SampleRate);
            Signals.AddHat(sound, at, 0.3f, 7);
            if (beatsPerBar > 0 && i % beatsPerBar == 0)
                Signals.AddKick(sound, at, 0.7f);
        }
        return sound;
    }

    /// <summary>Likelihoods per frame of a mono sound.</summary>
    internal static (float[] Beat, float[] Downbeat) Likelihoods(float[] mono)
    {
        var activation = new FluxBeatActivation();
        var spectrum = new StereoSpectrum();
        int frames = mono.Length / BeatClock.FrameSize;
        float[] beat = new float[frames], downbeat = new float[frames], window = new float[Hop.WindowSize];
        for (int frame = 0; frame < frames; frame++)
        {
            int start = (int)BeatClock.Centre(frame) - Hop.WindowSize / 2;
            for (int i = 0; i < window.Length; i++)
                window[i] = start + i >= 0 && start + i < mono.Length ? mono[start + i] : 0;
            spectrum.Transform(window, window);
            activation.Hear(spectrum.Amplitude, out beat[frame], out downbeat[frame]);
        }
        return (beat, downbeat);
    }

    /// <summary>What the live tracker says of each frame.</summary>
    internal static List<BeatFrame> Live(float[] mono, CausalBeatTracker? tracker = null)
    {
        tracker ??= Tracker();
        (float[] beat, float[] downbeat) = Likelihoods(mono);
        var frames = new List<BeatFrame>(beat.Length);
        for (int i = 0; i < beat.Length; i++)
            frames.Add(tracker.Hear(beat[i], downbeat[i]));
        return frames;
    }

    internal static CausalBeatTracker Tracker() => new(BeatModel.Causal, BeatCalibration.Flux, 0);

    /// <summary>Through the scan of a track, as a render does it.</summary>
    internal static (TempoEstimate Tempo, BeatTrack Beats) WholeTrack(float[] mono)
    {
        var listener = new BeatListener();
        var scan = new TrackScan([listener]);
        float[] stereo = Signals.Stereo(mono);
        for (int at = 0; at < mono.Length; at += 4096)
            scan.Write(Hearing.Block(stereo, at, 4096));
        scan.Complete();
        return listener.Complete();
    }

    /// <summary>Seconds from the nearest true beat to each found one, after a time.</summary>
    internal static double[] Errors(IEnumerable<double> found, double[] truth, double after = 0) =>
        [.. found.Where(t => t >= after && t <= truth[^1] + 0.2).Select(t => truth.Select(b => t - b).MinBy(Math.Abs))];

    internal static double[] Times(IEnumerable<BeatFrame> frames) =>
        [.. frames.Where(f => f.HasBeat).Select(f => (double)f.BeatSample / Hop.SampleRate)];
}
