namespace AInimEngine.Engine.Sheets;

/// <summary>What somebody wants to see on a contact sheet.</summary>
public sealed record SheetRequest
{
    /// <summary>The PNG to write.</summary>
    public required string Output { get; init; }

    /// <summary>A preset whose generator is used; null for the generator's own defaults.</summary>
    public string? Preset { get; init; }

    /// <summary>Seed of the first picture; the others count up.</summary>
    public ulong FirstSeed { get; init; }

    /// <summary>Number of pictures.</summary>
    public int Count { get; init; } = 64;

    /// <summary>Pictures in a row.</summary>
    public int Columns { get; init; } = 8;

    /// <summary>Width of one picture in pixels.</summary>
    public int Width { get; init; } = 160;

    /// <summary>Height of one picture in pixels; null for 16:9.</summary>
    public int? Height { get; init; }

    /// <summary>Name or path of a model that makes the pictures; null for the preset's generator.</summary>
    public string? Model { get; init; }

    /// <summary>Truncation of a model's pictures; null for the generator's default.</summary>
    public float? Truncation { get; init; }

    /// <summary>What varies.</summary>
    public SheetKind Kind { get; init; }

    /// <summary>The universe where it does not vary; null for the preset's.</summary>
    public ulong? Universe { get; init; }

    /// <summary>Replace the output if it exists.</summary>
    public bool Overwrite { get; init; }
}
