namespace AInimEngine.Analysis.Evaluation.Genres;

/// <summary>One note of a score.</summary>
/// <param name="Channel">MIDI channel, 9 for drums.</param>
/// <param name="Key">MIDI key 0..127.</param>
/// <param name="Velocity">1..127.</param>
/// <param name="At">Beats from the first bar line; negative in a pickup.</param>
/// <param name="Length">Beats.</param>
/// <param name="Late">Milliseconds by which it is played late; negative early.</param>
public readonly record struct Note(int Channel, int Key, int Velocity, double At, double Length, double Late);
