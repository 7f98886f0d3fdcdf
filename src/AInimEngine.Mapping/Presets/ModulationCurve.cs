namespace AInimEngine.Mapping.Presets;

/// <summary>How a modulation shapes its source, 0..1 to 0..1.</summary>
public enum ModulationCurve
{
    /// <summary>x.</summary>
    Linear,

    /// <summary>x to the row's exponent.</summary>
    Power,

    /// <summary>3x² - 2x³: flat at both ends.</summary>
    Smoothstep,

    /// <summary>1 from the row's threshold on, else 0.</summary>
    Threshold,

    /// <summary>0 up to the row's threshold, then straight up to 1.</summary>
    Gate,
}
