namespace AInimEngine.Neural.Field;

/// <summary>What a <see cref="FieldGenerator"/> is made from.</summary>
public sealed record FieldSettings
{
    /// <summary>Which universe: every number is another network, style and palette.</summary>
    public ulong Universe { get; init; }

    /// <summary>Width that pictures will mostly have, pixels. Other sizes work and are prepared when first asked for.</summary>
    public int Width { get; init; } = 320;

    /// <summary>Height that pictures will mostly have, pixels.</summary>
    public int Height { get; init; } = 180;

    /// <summary>How it is drawn; null leaves it to the universe, which also mixes two styles.</summary>
    public FieldStyle? Style { get; init; }

    /// <summary>Name of a <see cref="FieldPalette"/>; null leaves it to the universe.</summary>
    public string? Palette { get; init; }
}
