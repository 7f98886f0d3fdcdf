namespace AInimEngine.Engine.Live.Recording;

/// <summary>Names of a show's recordings: night.mkv, night-2.mkv, night-3.mkv. None is given twice. Any thread; asks the disk.</summary>
/// <param name="path">What was asked for.</param>
internal sealed class RecordingNames(string path)
{
    private readonly HashSet<string> _given = [];

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
