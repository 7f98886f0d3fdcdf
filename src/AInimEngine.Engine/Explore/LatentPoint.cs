namespace AInimEngine.Engine.Explore;

/// <summary>A point that somebody named: a seed or a favourite.</summary>
/// <param name="Name">"12", or the favourite's name.</param>
/// <param name="W">[layers, w_dim], truncated, row by row.</param>
/// <param name="Seed">The seed; null for favourites.</param>
public sealed record LatentPoint(string Name, float[] W, ulong? Seed);
