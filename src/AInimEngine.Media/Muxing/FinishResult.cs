namespace AInimEngine.Media.Muxing;

/// <summary>What was made.</summary>
/// <param name="Path">The finished file.</param>
/// <param name="FrameCount">Frames in it, counted.</param>
/// <param name="ByteCount">Its size.</param>
/// <param name="SoundCodec">"aac"; null without sound.</param>
/// <param name="SoundCopied">The original stream, bit for bit; otherwise it was encoded.</param>
/// <param name="WhyEncoded">Why it was encoded rather than copied; null when copied or silent.</param>
public sealed record FinishResult(string Path, long FrameCount, long ByteCount, string? SoundCodec, bool SoundCopied, string? WhyEncoded)
{
    /// <summary>What became of the sound, fit to show.</summary>
    public SoundPlan Sound => new(SoundCodec, SoundCopied, WhyEncoded);
}
