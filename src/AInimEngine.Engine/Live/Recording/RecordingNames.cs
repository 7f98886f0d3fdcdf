namespace AInimEngine.Engine.Live.Recording;

/// <summary>Names of a show's recordings: night.mkv, night-2.mkv, night-3.mkv. None is given twice. Any thread; asks the disk.</summary>
/// <param name="path">What was asked for.</param>
internal sealed class RecordingNames(string path)
{
    private readonly HashSet<string> _given = [];

    /// <summary>Recordings that lie there without the copy in MP4 that was asked for: a show that was killed makes none.</summary>
    /// <returns>The .mkv, and the .mp4 that is missing.</returns>
    internal IReadOnlyList<(string File, string Copy)> Uncopied()
    {
        string folder = Path.GetDirectoryName(Path.GetFullPath(path))!, name = Path.GetFileNameWithoutExtension(path), extension = Path.GetExtension(path);
        if (!extension.Equals(".mp4", StringComparison.OrdinalIgnoreCase))
            return [];
        var found = new List<(string, string)>();
        for (int number = 1; ; number++)
        {
            string copy = Path.Combine(folder, number == 1 ? name + extension : $"{name}-{number}{extension}"), file = Path.ChangeExtension(copy, ".mkv");
            if (!File.Exists(file))
                return found;
            if (!File.Exists(copy))
                found.Add((file, copy));
        }
    }

    /// <summary>The first name that is free, a full path.</summary>
    internal string Take()
    {
        string folder = Path.GetDirectoryName(Path.GetFullPath(path))!, name = Path.GetFileNameWithoutExtension(path), extension = Path.GetExtension(path);
        lock (_given)
        {
            for (int number = 1; ; number++)
            {
                string candidate = Path.Combine(folder, number == 1 ? name + extension : $"{name}-{number}{extension}");
                if (!File.Exists(candidate) && !File.Exists(Path.ChangeExtension(candidate, ".mkv")) && _given.Add(candidate))
                    return candidate;
            }
        }
    }
}
