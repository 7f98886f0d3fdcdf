namespace AInimEngine.Core.Parameters;

/// <summary>How a controller's 0..1 spreads over a parameter's range.</summary>
public enum ParameterCurve
{
    /// <summary>min + x (max - min).</summary>
    Linear,

    /// <summary>min (max/min)^x, for times and frequencies; min is positive.</summary>
    Exponential,

    /// <summary>Whole numbers.</summary>
    Integer,
}
