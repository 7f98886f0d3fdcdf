namespace AInimEngine.DemoTrack.Composition;

/// <summary>A part of the song.</summary>
/// <param name="Name">"intro", "build", "drop", "break" or "outro".</param>
/// <param name="FirstBar">From 0.</param>
/// <param name="EndBar">The bar after the last.</param>
public sealed record Section(string Name, int FirstBar, int EndBar);
