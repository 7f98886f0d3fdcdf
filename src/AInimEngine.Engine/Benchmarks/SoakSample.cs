namespace AInimEngine.Engine.Benchmarks;

/// <summary>What a show holds at one moment, after the collector ran and free memory was given back.</summary>
/// <param name="Seconds">Since the start.</param>
/// <param name="Managed">Bytes of managed objects.</param>
/// <param name="Resident">Bytes of the whole process in memory.</param>
/// <param name="Threads">Threads of the process.</param>
/// <param name="Frames">Frames shown so far.</param>
/// <param name="Workers">Workers of this process that run.</param>
/// <param name="WorkersResident">Bytes of those in memory.</param>
public readonly record struct SoakSample(double Seconds, long Managed, long Resident, int Threads, long Frames, int Workers, long WorkersResident)
{
    /// <summary>Looks at this process.</summary>
    /// <param name="seconds">Since the start.</param>
    /// <param name="frames">Shown so far.</param>
    /// <param name="worker">Program and arguments of a worker; null where there are none.</param>
    internal static SoakSample Take(double seconds, long frames, IReadOnlyList<string>? worker)
    {
        // What GC.GetTotalMemory tells goes by the threads' allocation regions too, and was once 3 MB less than what lived.
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Forced, blocking: true, compacting: true);
        GCMemoryInfo heap = GC.GetGCMemoryInfo(GCKind.FullBlocking);
        long managed = heap.HeapSizeBytes - heap.FragmentedBytes;
        Live.Interop.NativeHeap.Trim();
        using var process = System.Diagnostics.Process.GetCurrentProcess();
        (int workers, long workersResident) = worker is null ? default : Children(worker);
        return new SoakSample(seconds, managed, process.WorkingSet64, process.Threads.Count, frames, workers, workersResident);
    }

    // None where the system does not tell.
    private static (int Count, long Resident) Children(IReadOnlyList<string> command)
    {
        if (!OperatingSystem.IsLinux())
            return default;
        string words = string.Join('\0', command);
        int count = 0;
        long resident = 0;
        foreach (string task in Directory.GetDirectories("/proc/self/task"))
        {
            try
            {
                foreach (string id in File.ReadAllText(Path.Combine(task, "children")).Split(' ', StringSplitOptions.RemoveEmptyEntries))
                {
                    if (!File.ReadAllText($"/proc/{id}/cmdline").Contains(words, StringComparison.Ordinal))
                        continue;
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
