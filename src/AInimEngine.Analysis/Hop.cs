namespace AInimEngine.Analysis;

/// <summary>The fixed grid of the analysis. Sound comes in as 48 kHz stereo; anything else is refused.</summary>
/// <remarks>
/// A hop of 256 gives 187.5 hops a second: three to eight in a frame, and an onset is found within 13 ms when live
/// (a hop of 512 misses 15 ms). The whole chain costs about a fifth of a percent of a core at that rate, so a longer hop
/// would save nothing that anyone could notice.
/// </remarks>
public static class Hop
{
    /// <summary>Samples a second.</summary>
    public const int SampleRate = 48000;

    /// <summary>Interleaved channels.</summary>
    public const int Channels = 2;

    /// <summary>New samples per hop, 5.33 ms.</summary>
    public const int Size = 256;

    /// <summary>Samples under the Hann window of one spectrum, 42.7 ms.</summary>
    public const int WindowSize = 2048;

    /// <summary>Distance of two spectral bins, 23.4 Hz.</summary>
    public const double BinHertz = (double)SampleRate / WindowSize;

    /// <summary>Half a hop: the step in which samples are taken, so that windows lie centred on hops.</summary>
    internal const int Half = Size / 2;
}
