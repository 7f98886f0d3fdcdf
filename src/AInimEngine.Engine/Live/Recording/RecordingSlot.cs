namespace AInimEngine.Engine.Live.Recording;

/// <summary>A picture or a piece of sound on its way to the encoder. Made once, used again and again.</summary>
internal sealed class RecordingSlot
{
    /// <summary>A picture's bytes; null for sound.</summary>
    internal byte[]? Picture { get; init; }

    /// <summary>Sound, interleaved; empty for a picture.</summary>
    internal float[] Sound { get; init; } = [];

    /// <summary>Values of <see cref="Sound"/> in use.</summary>
    internal int Length { get; set; }

    /// <summary>Seconds since the recording began.</summary>
    internal double Seconds { get; set; }
}
