namespace AInimEngine.Engine.Doctor;

/// <summary>How well something is.</summary>
public enum Health
{
    /// <summary>As it should be.</summary>
    Good,

    /// <summary>Works, but slower or with less choice than it could.</summary>
    Poor,

    /// <summary>Not there, or broken: something will be refused.</summary>
    Missing,
}
