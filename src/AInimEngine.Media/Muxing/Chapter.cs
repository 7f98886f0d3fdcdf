namespace AInimEngine.Media.Muxing;

/// <summary>A mark in a video that players list.</summary>
/// <param name="Start">Seconds.</param>
/// <param name="Title">What it is called.</param>
public sealed record Chapter(double Start, string Title);
