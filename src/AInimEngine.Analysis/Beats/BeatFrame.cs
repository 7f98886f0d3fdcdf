namespace AInimEngine.Analysis.Beats;

/// <summary>Where the music is, as a live tracker foresees it.</summary>
/// <param name="Sample">Sample of the sound that the frame speaks of: not yet heard by the window's half and the caller's lead.</param>
/// <param name="Phase">Place in the beat, 0..1, 0 on it.</param>
/// <param name="Bpm">Beats a minute; 0 before anything was heard.</param>
/// <param name="Confidence">0..1: below 0.3 the beats should not be shown.</param>
/// <param name="BeatsPerBar">3 or 4.</param>
/// <param name="BarPosition">Number of the beat in its bar, 1..<paramref name="BeatsPerBar"/>.</param>
/// <param name="BarPhase">Place in the bar, 0..1, 0 on the downbeat.</param>
/// <param name="BarConfidence">Of the place in the bar, 0..1.</param>
/// <param name="HasBeat">A beat falls between this frame and the next.</param>
/// <param name="BeatSample">Its sample; 0 when there is none.</param>
public readonly record struct BeatFrame(
    long Sample,
    float Phase,
    float Bpm,
    float Confidence,
    int BeatsPerBar,
    int BarPosition,
    float BarPhase,
    float BarConfidence,
    bool HasBeat,
    long BeatSample);
