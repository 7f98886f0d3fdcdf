using System.Diagnostics;
using AInimEngine.Core.Errors;

namespace AInimEngine.Engine.Live;

/// <summary>
/// Sees when presets and shaders are saved, added or taken away. What was saved is told once nothing more has come for a
/// moment: editors write a file in several steps.
/// </summary>
internal sealed class FolderWatch : IDisposable
{
    /// <summary>So long nothing may come before changes are told.</summary>
    internal static readonly TimeSpan Quiet = TimeSpan.FromMilliseconds(120);

    private const int MostChanges = 256;

    private readonly List<FileSystemWatcher> _watchers = [];
    private readonly Dictionary<string, long> _changes = new(StringComparer.Ordinal);
    private readonly Lock _lock = new();
    private readonly Action _wake;
    private readonly IWarningSink _warnings;
    private long _last, _lostAt;

    /// <param name="folders">Those that are not there are left out; folders in the deep ones count too.</param>
    /// <param name="wake">Called on a thread of the system's when something changed.</param>
    /// <param name="warnings">Told of what cannot be watched.</param>
    internal FolderWatch(IEnumerable<(string Path, bool IsDeep)> folders, Action wake, IWarningSink warnings)
    {
        (_wake, _warnings) = (wake, warnings);
        foreach ((string folder, bool isDeep) in folders.GroupBy(folder => Path.GetFullPath(folder.Path), StringComparer.Ordinal)
            .Where(same => Directory.Exists(same.Key)).Select(same => (same.Key, same.Any(folder => folder.IsDeep))))
        {
            var watcher = new FileSystemWatcher(folder)
            {
                IncludeSubdirectories = isDeep,
                NotifyFilter = NotifyFilters.FileName | NotifyFilters.LastWrite | NotifyFilters.Size,
            };
            watcher.Changed += (_, happened) => Note(happened.FullPath);
            watcher.Created += (_, happened) => Note(happened.FullPath);
            watcher.Deleted += (_, happened) => Note(happened.FullPath);
            watcher.Renamed += (_, happened) => Note(happened.FullPath);
            watcher.Error += (_, happened) => Lose(happened.GetException());
            try
            {
                watcher.EnableRaisingEvents = true;
                _watchers.Add(watcher);
            }
            catch (Exception error) when (error is IOException or ArgumentException or UnauthorizedAccessException)
            {
                watcher.Dispose();
                warnings.Warn($"edits in '{folder}' are not seen while it plays: {SystemReason.Of(error)}");
            }
        }
    }

    /// <summary>Files whose edits count.</summary>
    internal static bool Counts(string path) => Path.GetExtension(path) is ".json" or ".frag";

    /// <summary>How long to wait before the changes can be taken; null when there are none.</summary>
    internal TimeSpan? Wait
    {
        get
        {
            lock (_lock)
            {
                if (_changes.Count == 0 && _lostAt == 0)
                    return null;
                TimeSpan left = Quiet - Stopwatch.GetElapsedTime(_last);
                return left > TimeSpan.Zero ? left : TimeSpan.Zero;
            }
        }
    }

    /// <summary>Notes that a file changed. Any thread.</summary>
    internal void Note(string path)
    {
        if (!Counts(path))
            return;
        lock (_lock)
        {
            if (_changes.Count >= MostChanges)
                _changes.Clear(); // somebody copies a library; what plays is saved again when it is edited
            _last = Stopwatch.GetTimestamp();
            _changes[path] = _last;
        }
        _wake();
    }

    /// <summary>Notes that changes may have been lost, so that anything may have changed. Any thread.</summary>
    internal void Lose(Exception reason)
    {
        lock (_lock)
            _last = _lostAt = Stopwatch.GetTimestamp();
        // More at once than the system remembers is no fault; a limit that is reached is.
        if (reason is not InternalBufferOverflowException)
            _warnings.Warn($"some edits are not seen while it plays: {SystemReason.Of(reason)}");
        _wake();
    }

    /// <summary>Whether a file that matters has changed since an instant, or may have.</summary>
    /// <param name="since">Monotonic ticks.</param>
    /// <param name="matters">Asked for each file.</param>
    internal bool Any(long since, Func<string, bool> matters)
    {
        lock (_lock)
        {
            if (_lostAt > since)
                return true;
            foreach ((string path, long at) in _changes)
                if (at > since && matters(path))
                    return true;
            return false;
        }
    }

    /// <summary>Forgets what was noted up to an instant.</summary>
    internal void Forget(long until)
    {
        lock (_lock)
        {
            _lostAt = _lostAt <= until ? 0 : _lostAt;
            foreach (string path in _changes.Where(change => change.Value <= until).Select(change => change.Key).ToArray())
                _changes.Remove(path);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (FileSystemWatcher watcher in _watchers)
            watcher.Dispose();
    }
}
