namespace AInimEngine.Core.Frames;

/// <summary>
/// A run of sound: interleaved float32 samples, nominally -1..1, that the caller owns and may overwrite after the call.
/// </summary>
public readonly ref struct AudioBlock
{
    /// <summary>Wraps <paramref name="samples"/>; copies nothing.</summary>
    /// <param name="samples">Interleaved samples; the length is a multiple of <paramref name="channels"/>.</param>
    /// <param name="sampleRate">Hz.</param>
    /// <param name="channels">1 or more.</param>
    /// <param name="firstSample">Position of the first sample (per channel) in the track.</param>
    public AudioBlock(ReadOnlySpan<float> samples, int sampleRate, int channels, long firstSample)
    {
        Samples = samples;
        SampleRate = sampleRate;
        Channels = channels;
        FirstSample = firstSample;
    }

    /// <summary>Interleaved samples.</summary>
    public ReadOnlySpan<float> Samples { get; }

    /// <summary>Hz.</summary>
    public int SampleRate { get; }

    /// <summary>Number of interleaved channels.</summary>
    public int Channels { get; }

    /// <summary>Position of the first sample, per channel, from the start of the track.</summary>
    public long FirstSample { get; }

    /// <summary>Samples per channel.</summary>
    public int Length => Samples.Length / Channels;
}
