namespace AInimEngine.Engine.Benchmarks;

/// <summary>What a show holds at one moment, after the collector ran and free memory was given back.</summary>
/// <param name="Seconds">Since the start.</param>
/// <param name="Managed">Bytes of managed objects.</param>
/// <param name="Resident">Bytes of the whole process in memory.</param>
/// <param name="Threads">Threads of the process.</param>
/// <param name="Frames">Frames shown so far.</param>
public readonly record struct SoakSample(double Seconds, long Managed, long Resident, int Threads, long Frames)
{
    /// <summary>Looks at this process.</summary>
    internal static SoakSample Take(double seconds, long frames)
    {
        long managed = GC.GetTotalMemory(forceFullCollection: true);
        Live.Interop.NativeHeap.Trim();
        using var process = System.Diagnostics.Process.GetCurrentProcess();
        return new SoakSample(seconds, managed, process.WorkingSet64, process.Threads.Count, frames);
    }
}
