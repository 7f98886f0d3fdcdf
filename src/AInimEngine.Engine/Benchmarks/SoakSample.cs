namespace AInimEngine.Engine.Benchmarks;

/// <summary>What a show holds at one moment, after the collector ran and free memory was given back.</summary>
/// <param name="Seconds">Since the start.</param>
/// <param name="Managed">Bytes of managed objects.</param>
/// <param name="Resident">Bytes of the whole process in memory.</param>
/// <param name="Threads">Threads of the process.</param>
/// <param name="Frames">Frames shown so far.</param>
/// <param name="Workers">Processes that this one has started and that still run.</param>
/// <param name="WorkersResident">Bytes of those in memory.</param>
public readonly record struct SoakSample(double Seconds, long Managed, long Resident, int Threads, long Frames, int Workers, long WorkersResident)
{
    /// <summary>Looks at this process.</summary>
    internal static SoakSample Take(double seconds, long frames)
    {
        long managed = GC.GetTotalMemory(forceFullCollection: true);
        Live.Interop.NativeHeap.Trim();
        using var process = System.Diagnostics.Process.GetCurrentProcess();
        (int workers, long workersResident) = Children();
        return new SoakSample(seconds, managed, process.WorkingSet64, process.Threads.Count, frames, workers, workersResident);
    }

    // None where the system does not tell.
    private static (int Count, long Resident) Children()
    {
        if (!OperatingSystem.IsLinux())
            return default;
        int count = 0;
        long resident = 0;
        foreach (string task in Directory.GetDirectories("/proc/self/task"))
        {
            try
            {
                foreach (string id in File.ReadAllText(Path.Combine(task, "children")).Split(' ', StringSplitOptions.RemoveEmptyEntries))
                {
                    using var child = System.Diagnostics.Process.GetProcessById(int.Parse(id, System.Globalization.CultureInfo.InvariantCulture));
                    resident += child.WorkingSet64;
                    count++;
                }
            }
            catch (Exception error) when (error is IOException or ArgumentException or InvalidOperationException)
            {
                // The thread or the process has ended meanwhile.
            }
        }
        return (count, resident);
    }
}
