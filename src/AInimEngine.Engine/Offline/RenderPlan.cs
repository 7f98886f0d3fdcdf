using AInimEngine.Core.Time;

namespace AInimEngine.Engine.Offline;

/// <summary>What a render will make, known before its first picture.</summary>
/// <param name="Output">The final file.</param>
/// <param name="FrameCount">round(duration*fps).</param>
/// <param name="FirstFrame">Where this run starts; above 0 when it continues an unfinished one.</param>
/// <param name="DurationSeconds">Decoded samples over their rate.</param>
/// <param name="Width">Pixels across.</param>
/// <param name="Height">Pixels down.</param>
/// <param name="Fps">Frames a second.</param>
/// <param name="Codec">Video codec.</param>
/// <param name="Sound">"copied (mp3)", "AAC 320k" or "none".</param>
/// <param name="Preset">Name of the preset.</param>
/// <param name="Generator">Name of the generator.</param>
/// <param name="EstimatedSeconds">Wall time from a short measurement on this machine.</param>
/// <param name="EstimatedBytes">Size of the final file, within a factor of two or so.</param>
/// <param name="FreeBytes">Free space where the output goes; -1 if unknown.</param>
/// <param name="Details">What else went into the fingerprint.</param>
public sealed record RenderPlan(
    string Output,
    long FrameCount,
    long FirstFrame,
    double DurationSeconds,
    int Width,
    int Height,
    Rational Fps,
    string Codec,
    string Sound,
    string Preset,
    string Generator,
    double EstimatedSeconds,
    long EstimatedBytes,
    long FreeBytes,
    IReadOnlyDictionary<string, string> Details);
