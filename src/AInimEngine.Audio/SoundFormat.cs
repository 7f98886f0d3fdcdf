using System.Diagnostics;

namespace AInimEngine.Audio;

/// <summary>The one form of sound in here: interleaved stereo float32 at 48 kHz, nominally -1..1.</summary>
public static class SoundFormat
{
    /// <summary>Samples a second, per channel.</summary>
    public const int SampleRate = 48000;

    /// <summary>Left, right.</summary>
    public const int Channels = 2;

    /// <summary>How long samples last, in ticks of <see cref="Stopwatch.Frequency"/>.</summary>
    /// <param name="frames">Samples per channel; may be negative.</param>
    public static long Ticks(long frames) => (long)((Int128)frames * Stopwatch.Frequency / SampleRate);

    /// <summary>How many whole samples per channel fit into a time.</summary>
    /// <param name="ticks">In ticks of <see cref="Stopwatch.Frequency"/>; may be negative.</param>
    public static long Frames(long ticks) => (long)((Int128)ticks * SampleRate / Stopwatch.Frequency);
}
