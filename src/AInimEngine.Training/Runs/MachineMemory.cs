using System.Globalization;

namespace AInimEngine.Training.Runs;

/// <summary>What Linux says of memory; 0 where it does not say.</summary>
public static class MachineMemory
{
    /// <summary>Memory that this process occupies, bytes.</summary>
    public static long Used => Read("/proc/self/status", "VmRSS:");

    /// <summary>The most that it ever did, bytes.</summary>
    public static long Peak => Read("/proc/self/status", "VmHWM:");

    /// <summary>Memory that the machine can still give, bytes.</summary>
    public static long Available => Read("/proc/meminfo", "MemAvailable:");

    // "VmRSS:     12345 kB".
    private static long Read(string path, string key)
    {
        try
        {
            foreach (string line in File.ReadLines(path))
                if (line.StartsWith(key, StringComparison.Ordinal) && long.TryParse(line.AsSpan(key.Length).Trim().TrimEnd("kB").Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out long kilobytes))
                    return kilobytes * 1024;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // Not Linux, or not ours to know.
        }
        return 0;
    }
}
