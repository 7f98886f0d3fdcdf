using System.Text.RegularExpressions;

namespace AInimEngine.Media.Processes;

/// <summary>The first and last lines that a child wrote to stderr, and the one that tells people most. Thread-safe.</summary>
internal sealed partial class StandardErrorLog
{
    private const int KeptAtEachEnd = 20;

    // In this order: what the system said beats what a codec said about the consequences.
    private static readonly string[] SystemReasons =
    [
        "No space left on device", "Disk quota exceeded", "File too large", "Read-only file system", "Permission denied",
        "Cannot allocate memory", "Input/output error", "File name too long", "Is a directory", "No such file or directory",
    ];

    private readonly Lock _gate = new();
    private readonly List<string> _first = [];
    private readonly Queue<string> _last = [];

    /// <summary>The kept lines, oldest first, cleaned of addresses.</summary>
    public string[] Lines
    {
        get
        {
            lock (_gate)
                return [.. _first, .. _last];
        }
    }

    /// <summary>"No space left on device" and the like when a line says so, else null.</summary>
    public string? SystemReason
    {
        get
        {
            string[] lines = Lines;
            return SystemReasons.FirstOrDefault(reason => lines.Any(line => line.Contains(reason, StringComparison.Ordinal)));
        }
    }

    /// <summary>The system's own reason when there is one, else the first line; null when nothing was said.</summary>
    public string? Reason => SystemReason ?? Lines.FirstOrDefault();

    /// <summary>Takes one line; null (the end) and noise are dropped.</summary>
    public void Add(string? line)
    {
        if (string.IsNullOrWhiteSpace(line))
            return;
        string clean = Clean(line);
        lock (_gate)
        {
            if (_first.Count < KeptAtEachEnd)
            {
                _first.Add(clean);
                return;
            }
            _last.Enqueue(clean);
            if (_last.Count > KeptAtEachEnd)
                _last.Dequeue();
        }
    }

    /// <summary>"[libx264 @ 0x55d8] what" becomes "libx264: what"; long lines are cut.</summary>
    private static string Clean(string line)
    {
        line = Address().Replace(line.Trim(), "$1: ");
        return line.Length <= 300 ? line : string.Concat(line.AsSpan(0, 300), "...");
    }

    [GeneratedRegex(@"^(?:\[([^\]@]+) @ 0x[0-9a-f]+\] )+")]
    private static partial Regex Address();
}
