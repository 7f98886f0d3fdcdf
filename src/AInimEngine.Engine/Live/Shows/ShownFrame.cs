namespace AInimEngine.Engine.Live.Shows;

/// <summary>What the display's loop knows of a picture that it shows, beside the stage.</summary>
/// <param name="Frame">Number on the clock.</param>
/// <param name="Due">Monotonic time of that frame.</param>
/// <param name="Light">0 is a blackout, 1 all light.</param>
/// <param name="Level">The governor's.</param>
/// <param name="IsLimited">The flash limiter changed it.</param>
/// <param name="IsPattern">The test pattern is shown.</param>
internal readonly record struct ShownFrame(long Frame, long Due, float Light, int Level, bool IsLimited, bool IsPattern);
