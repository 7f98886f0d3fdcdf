namespace AInimEngine.Engine.Offline;

/// <summary>Where a render stands. A snapshot; take one as often as you like, from any thread.</summary>
/// <param name="Stage">"listening", "rendering", "joining" or "done".</param>
/// <param name="FramesDone">Pictures handed to the encoder, those of earlier runs included.</param>
/// <param name="FrameCount">Pictures in the whole video.</param>
/// <param name="FramesPerSecond">Speed of this run since its first picture; 0 before.</param>
/// <param name="SecondsLeft">Estimate from that speed; NaN before there is one.</param>
public readonly record struct RenderProgress(string Stage, long FramesDone, long FrameCount, double FramesPerSecond, double SecondsLeft);
