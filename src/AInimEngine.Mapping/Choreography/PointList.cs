namespace AInimEngine.Mapping.Choreography;

/// <summary>Waypoints that a preset lists, round and round.</summary>
/// <param name="points">Relative to the prior's mean, [Layers, Width] each; at least one.</param>
internal sealed class PointList(float[][] points) : IWaypoints
{
    public int Waypoint(int path, long index)
    {
        int place = (int)(index % points.Length);
        return place < 0 ? place + points.Length : place;
    }

    public ReadOnlySpan<float> Point(int index) => points[index];
}
