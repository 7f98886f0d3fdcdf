using AInimEngine.Core.Frames;

namespace AInimEngine.Analysis.Stems;

/// <summary>A run of the four stems; their sum is the mix. Owned by the caller, overwritten by each read.</summary>
public sealed class StemBlock
{
    /// <summary>Most samples per channel in a block.</summary>
    public const int Capacity = StemSeparator.HopSize;

    private readonly float[][] _samples = [.. Enum.GetValues<StemKind>().Select(_ => new float[Capacity * Hop.Channels])];

    /// <summary>Position of the first sample in the track.</summary>
    public long FirstSample { get; internal set; }

    /// <summary>Samples per channel.</summary>
    public int Length { get; internal set; }

    /// <summary>One stem, 48 kHz stereo, at the positions of the mix.</summary>
    public AudioBlock this[StemKind kind] =>
        new(_samples[(int)kind].AsSpan(0, Length * Hop.Channels), Hop.SampleRate, Hop.Channels, FirstSample);

    /// <summary>Room for one stem.</summary>
    internal Span<float> Room(StemKind kind) => _samples[(int)kind];
}
