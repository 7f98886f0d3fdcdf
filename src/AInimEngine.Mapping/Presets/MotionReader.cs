using AInimEngine.Core.Parameters;
using AInimEngine.Mapping.Json;

namespace AInimEngine.Mapping.Presets;

/// <summary>Reads the "motion" block of a preset.</summary>
internal static class MotionReader
{
    public const int MaxPlaces = 64, MaxAnchors = 12;

    public static readonly string[] Keys =
        ["energy", "onset", "waypoints", "places", "anchors", .. MappingParameters.Motion.Select(row => row.Id["motion.".Length..])];

    public static readonly string[] AnchorKeys = ["groups", "points"];

    /// <summary>Reads it.</summary>
    /// <param name="node">The block.</param>
    /// <param name="source">Reads a source by key, with its default.</param>
    /// <param name="fail">Makes the exception.</param>
    public static MotionSettings Read(JsonNode node, Func<ObjectReader, string, string, string> source, Func<TextPosition, string, Exception> fail)
    {
        var reader = new ObjectReader(node, "motion", Keys, fail);
        IReadOnlyList<LatentPoint> places = ReadPoints(reader.List("places", MaxPlaces), fail);
        (WaypointMode mode, IReadOnlyList<LatentPoint>? listed) = ReadWaypoints(reader, fail);
        if (listed is not null && places.Count > 0)
            throw fail(reader.Require("places").At, "'waypoints' is a list already; leave 'places' out, or set waypoints to \"places\" or \"sections\"");
        places = listed ?? places;
        if (mode == WaypointMode.Places && places.Count == 0)
            throw fail(reader.Require("waypoints").At, "waypoints along places need at least one; list favourites or seeds, e.g. \"places\": [3, 14]");
        (IReadOnlyList<string> groups, IReadOnlyList<LatentPoint> anchors) = ReadAnchors(reader, fail);
        var motion = new MotionSettings
        {
            EnergySource = source(reader, "energy", MotionSettings.Default.EnergySource),
            OnsetSource = source(reader, "onset", MotionSettings.Default.OnsetSource),
            EnergyAt = reader.Find("energy")?.At ?? reader.At,
            OnsetAt = reader.Find("onset")?.At ?? reader.At,
            Waypoints = mode,
            Places = places,
            AnchorGroups = groups,
            Anchors = anchors,
        };
        foreach (Parameter row in MappingParameters.Motion)
            motion = motion.With(row.Id, reader.Number(row.Id["motion.".Length..], row));
        return motion;
    }

    private static (WaypointMode Mode, IReadOnlyList<LatentPoint>? Listed) ReadWaypoints(ObjectReader reader, Func<TextPosition, string, Exception> fail) =>
        reader.Find("waypoints") is { Kind: JsonKind.Array }
            ? (WaypointMode.Places, ReadPoints(reader.List("waypoints", MaxPlaces), fail))
            : (reader.Word("waypoints", WaypointMode.Free), null);

    private static (IReadOnlyList<string> Groups, IReadOnlyList<LatentPoint> Anchors) ReadAnchors(ObjectReader reader, Func<TextPosition, string, Exception> fail)
    {
        if (reader.Find("anchors") is not { } node)
            return (MotionSettings.Default.AnchorGroups, []);
        var block = new ObjectReader(node, "anchors", AnchorKeys, fail);
        var groups = new List<string>();
        foreach (JsonNode group in block.List("groups", GeneratorReader.Groups.Length))
        {
            if (group.Kind != JsonKind.Text || !GeneratorReader.Groups.Contains(group.Text))
                throw fail(group.At, $"unknown group {JsonText.Quote(group.Text)}{Suggestion.For(group.Text, GeneratorReader.Groups)}");
            if (!groups.Contains(group.Text))
                groups.Add(group.Text);
        }
        return (groups.Count > 0 ? groups : MotionSettings.Default.AnchorGroups, ReadPoints(block.List("points", MaxAnchors), fail));
    }

    private static List<LatentPoint> ReadPoints(IReadOnlyList<JsonNode> nodes, Func<TextPosition, string, Exception> fail)
    {
        var points = new List<LatentPoint>();
        foreach (JsonNode node in nodes)
        {
            points.Add(node switch
            {
                { Kind: JsonKind.Text, Text.Length: > 0 and <= 200 } => new LatentPoint(node.Text, 0, node.At),
                { Kind: JsonKind.Number, Number: >= 0 and <= 9007199254740992 } when node.Number == Math.Floor(node.Number) => new LatentPoint(null, (ulong)node.Number, node.At),
                _ => throw fail(node.At, "a point is the name of a favourite or a seed, a whole number from 0"),
            });
        }
        return points;
    }
}
