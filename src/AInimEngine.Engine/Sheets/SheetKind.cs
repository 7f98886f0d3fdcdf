namespace AInimEngine.Engine.Sheets;

/// <summary>What varies over a contact sheet.</summary>
public enum SheetKind
{
    /// <summary>Every picture is another universe.</summary>
    Universes,

    /// <summary>One universe; every picture is another point of its prior.</summary>
    Points,

    /// <summary>One universe; even steps from one point of its prior to the next, four to a stretch.</summary>
    Walk,
}
