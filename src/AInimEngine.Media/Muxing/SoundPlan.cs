namespace AInimEngine.Media.Muxing;

/// <summary>What becomes of the sound of a video. Immutable.</summary>
/// <param name="Codec">"mp3", "aac"; null without sound.</param>
/// <param name="Copied">The original stream, bit for bit; otherwise it is encoded.</param>
/// <param name="WhyEncoded">Why it is encoded rather than copied; null when copied or silent.</param>
public sealed record SoundPlan(string? Codec, bool Copied, string? WhyEncoded)
{
    /// <summary>Fit to show: "mp3, copied", "aac 320k", "opus 256k", "flac", "pcm_s24le" or "none".</summary>
    public string Text => Codec is null ? "none" : Copied ? $"{Codec}, copied" : $"{Codec} {BitRate(Codec)}".TrimEnd();

    /// <summary>Bits a second of our own encoding, in ffmpeg's words; null for lossless codecs.</summary>
    internal static string? BitRate(string codec) => codec switch
    {
        "aac" => "320k",
        "opus" => "256k",
        _ => null,
    };
}
