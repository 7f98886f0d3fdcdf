namespace AInimEngine.Neural.Workers;

/// <summary>A generator's worker process crashed, hung or ended: one line for people that says how.</summary>
/// <param name="reason">"it was killed by SIGSEGV": how the process ended, without a full stop.</param>
public sealed class GeneratorLostException(string reason)
    : Exception($"the generator's process is lost: {reason}. Run the same command again; if it is lost again, report it.")
{
    /// <summary>How the process ended, without a full stop.</summary>
    public string Reason { get; } = reason;
}
