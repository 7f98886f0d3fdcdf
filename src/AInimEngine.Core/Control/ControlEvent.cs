namespace AInimEngine.Core.Control;

/// <summary>Something that a hand, a sender or a schedule did.</summary>
/// <param name="Row">Index in <see cref="ControlSurface.Rows"/>.</param>
/// <param name="Value">0..1, or a step; finite. A trigger happens at values above 0.5.</param>
/// <param name="Mode">How the value is meant.</param>
/// <param name="Text">Of a row of kind <see cref="ControlKind.Text"/>; null otherwise.</param>
/// <param name="Timestamp">When it happened, in monotonic ticks of <see cref="System.Diagnostics.Stopwatch"/>; 0 where nobody noted it. A tap counts from here, not from the frame that takes it.</param>
public readonly record struct ControlEvent(int Row, float Value, ControlMode Mode = ControlMode.Absolute, string? Text = null, long Timestamp = 0);
