using AInimEngine.Core.Errors;

namespace AInimEngine.Media.Muxing;

/// <summary>The sound that a finished video gets, and which part of it. Positions are samples per channel at 48 kHz.</summary>
/// <param name="Path">The original file.</param>
public sealed record SoundTrack(string Path)
{
    /// <summary>Where it begins (--from).</summary>
    public long FirstSample { get; init; }

    /// <summary>How much of it is used (--to); null for all that is left.</summary>
    public long? SampleCount { get; init; }

    /// <summary>Seconds over which it rises from silence.</summary>
    public double FadeIn { get; init; }

    /// <summary>Seconds over which it falls to silence at its end; needs <see cref="SampleCount"/> or a known length.</summary>
    public double FadeOut { get; init; }

    /// <summary>Whether the original stream may be copied. False when it was mended (<see cref="AudioScan.IsMended"/>).</summary>
    public bool MayCopy { get; init; } = true;

    /// <summary>It goes into the video as a whole and unchanged.</summary>
    public bool IsWhole => FirstSample == 0 && SampleCount is null && FadeIn <= 0 && FadeOut <= 0;

    internal void Check()
    {
        if (FirstSample < 0 || SampleCount is <= 0)
            throw new AInimException(ExitCode.Usage, "the part of the sound is empty: --to must lie after --from");
        if (!(FadeIn is >= 0 and < 3600 && FadeOut is >= 0 and < 3600))
            throw new AInimException(ExitCode.Usage, "a fade takes 0 to 3600 seconds");
    }
}
