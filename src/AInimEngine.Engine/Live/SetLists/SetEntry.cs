namespace AInimEngine.Engine.Live.SetLists;

/// <summary>A place in a set list.</summary>
/// <param name="Preset">The preset's name or path.</param>
public sealed record SetEntry(string Preset)
{
    /// <summary>The transition into it; null for the show's.</summary>
    public string? Transition { get; init; }

    /// <summary>Length of that transition in beats, 0 to 64; null for the show's.</summary>
    public double? Beats { get; init; }

    /// <summary>A word to jump to it with; null for none.</summary>
    public string? Cue { get; init; }

    /// <summary>Words for the performer, shown on the overlay; null for none.</summary>
    public string? Note { get; init; }
}
