namespace AInimEngine.Mapping.Presets;

/// <summary>Where the latents travel.</summary>
public enum WaypointMode
{
    /// <summary>Every group on a path of its own through seeded points, without end.</summary>
    Free,

    /// <summary>Around a place of the section that plays; a section that comes back returns to its place.</summary>
    Sections,

    /// <summary>All layers together through the points that the preset lists, round and round.</summary>
    Places,
}
