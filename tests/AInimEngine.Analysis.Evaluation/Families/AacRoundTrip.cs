namespace AInimEngine.Analysis.Evaluation.Families;

/// <summary>A track as a listener gets it: through ffmpeg's AAC encoder at 96 kb/s and back.</summary>
internal static class AacRoundTrip
{
    /// <summary>Why it cannot be made here; null: it can.</summary>
    internal static string? Missing => Tool.Exists("ffmpeg") ? null : "ffmpeg is not installed";

    internal static Heard Of(Heard track)
    {
        using var plain = new ScratchFile(".wav");
        using var coded = new ScratchFile(".m4a");
        using var decoded = new ScratchFile(".wav");
        WavFile.Write(plain.Path, track.Stereo);
        Tool.Run("ffmpeg", "-v", "error", "-nostdin", "-i", plain.Path, "-c:a", "aac", "-b:a", "96k", coded.Path);
        Tool.Run("ffmpeg", "-v", "error", "-nostdin", "-i", coded.Path, "-c:a", "pcm_s16le", "-ar", $"{Hop.SampleRate}", decoded.Path);
        return track with { Stereo = WavFile.Read(decoded.Path) };
    }
}
