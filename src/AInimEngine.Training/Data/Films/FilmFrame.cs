namespace AInimEngine.Training.Data.Films;

/// <summary>What is remembered of a frame that was looked at.</summary>
/// <param name="Change">How much it differs from the one before, 0 to 1.</param>
/// <param name="IsDark">Whether there is nothing to see.</param>
/// <param name="IsCut">Whether a scene begins with it.</param>
internal readonly record struct FilmFrame(float Change, bool IsDark, bool IsCut);
