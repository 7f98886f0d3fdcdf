namespace AInimEngine.Mapping.Presets;

/// <summary>How a modulation meets what its target already has. Rows work in the order of the preset.</summary>
public enum ModulationMode
{
    /// <summary>Target + value.</summary>
    Add,

    /// <summary>Target * value.</summary>
    Multiply,

    /// <summary>Value, whatever the target had.</summary>
    Set,
}
