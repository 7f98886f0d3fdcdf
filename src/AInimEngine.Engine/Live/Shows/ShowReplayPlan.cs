using AInimEngine.Core.Time;

namespace AInimEngine.Engine.Live.Shows;

/// <summary>What is made of a logged show.</summary>
/// <param name="Width">Of the pictures.</param>
/// <param name="Height">Of the pictures.</param>
/// <param name="Fps">Pictures a second.</param>
/// <param name="First">Number of the first one at that rate.</param>
/// <param name="Frames">How many frames the video has.</param>
/// <param name="IsExact">They are what was shown.</param>
internal sealed record ShowReplayPlan(int Width, int Height, Rational Fps, long First, long Frames, bool IsExact);
