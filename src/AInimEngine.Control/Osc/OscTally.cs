namespace AInimEngine.Control.Osc;

/// <summary>What became of messages.</summary>
internal readonly record struct OscTally(long Received, long Malformed, long Unknown, long Superseded, long Dropped)
{
    public static OscTally operator +(OscTally a, OscTally b) =>
        new(a.Received + b.Received, a.Malformed + b.Malformed, a.Unknown + b.Unknown, a.Superseded + b.Superseded, a.Dropped + b.Dropped);
}
