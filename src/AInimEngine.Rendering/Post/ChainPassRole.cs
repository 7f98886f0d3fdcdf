namespace AInimEngine.Rendering.Post;

/// <summary>What a pass does beside its stages.</summary>
[Flags]
internal enum ChainPassRole
{
    /// <summary>Linear light in, linear light out.</summary>
    None = 0,

    /// <summary>Resamples the generator's picture along x.</summary>
    Across = 1,

    /// <summary>Resamples along y and turns display values into linear light.</summary>
    Down = 2,

    /// <summary>Turns linear light into display values after its linear stages.</summary>
    Encode = 4,

    /// <summary>Runs the finish stages, fades, dithers and writes 8 bits.</summary>
    Output = 8,

    /// <summary>Mixes the generator's last two pictures.</summary>
    Blend = 16,
}
