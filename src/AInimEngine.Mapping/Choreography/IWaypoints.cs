namespace AInimEngine.Mapping.Choreography;

/// <summary>Where paths lead: an endless row of points for each, in both directions.</summary>
internal interface IWaypoints
{
    /// <summary>Which point is waypoint <paramref name="index"/>, of either sign, of a path.</summary>
    int Waypoint(int path, long index);

    /// <summary>A point relative to the prior's mean, [Layers, Width].</summary>
    ReadOnlySpan<float> Point(int index);
}
