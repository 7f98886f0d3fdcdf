namespace AInimEngine.Engine.Live;

/// <summary>A preset that could not be made ready.</summary>
/// <param name="Preset">Its name.</param>
/// <param name="Problem">Why: file, line, what.</param>
/// <param name="IsEdit">It plays, and an edit of it is broken.</param>
internal readonly record struct LoadFailure(string Preset, string Problem, bool IsEdit);
