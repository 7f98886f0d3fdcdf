namespace AInimEngine.Core.Control;

/// <summary>How an event's value is meant.</summary>
public enum ControlMode
{
    /// <summary>The new position, 0..1 of the row's range; 1 and 0 for a switch or a button.</summary>
    Absolute,

    /// <summary>A step from where it is, in 0..1 of the row's range: an endless encoder.</summary>
    Relative,

    /// <summary>The other state of a switch.</summary>
    Toggle,
}
