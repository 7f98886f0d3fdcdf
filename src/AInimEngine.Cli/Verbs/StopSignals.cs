using System.Runtime.InteropServices;

namespace AInimEngine.Cli.Verbs;

/// <summary>Ctrl-C and termination cancel what runs, as long as this lives; a second one ends the process.</summary>
public sealed class StopSignals : IDisposable
{
    private readonly PosixSignalRegistration _interrupt, _terminate;

    /// <summary>Starts to listen.</summary>
    /// <param name="stop">Is cancelled.</param>
    public StopSignals(CancellationTokenSource stop)
    {
        _interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, context => Stop(context, stop));
        _terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, context => Stop(context, stop));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _interrupt.Dispose();
        _terminate.Dispose();
    }

    private static void Stop(PosixSignalContext context, CancellationTokenSource stop)
    {
        // A second Ctrl-C ends the process at once: what is finished is safe on disk anyway.
        context.Cancel = !stop.IsCancellationRequested;
        stop.Cancel();
    }
}
