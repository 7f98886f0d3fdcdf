using AInimEngine.Core.Errors;

namespace AInimEngine.Training.Data.Sources;

/// <summary>All files below a folder in the order of their names, which does not depend on the machine. Hidden ones do not count.</summary>
internal sealed class FolderListing
{
    private const int MostDepth = 32;

    private static readonly HashSet<string> s_rawExtensions = new(StringComparer.OrdinalIgnoreCase)
    {
        ".nef", ".nrw", ".arw", ".srf", ".sr2", ".cr2", ".cr3", ".crw", ".dng", ".raf", ".orf", ".rw2", ".pef", ".srw", ".3fr", ".iiq", ".raw",
    };

    private readonly List<SourceFile> _files = [];
    private readonly List<SkippedFile> _skipped = [];

    private FolderListing()
    {
    }

    /// <summary>What is to be read.</summary>
    public IReadOnlyList<SourceFile> Files => _files;

    /// <summary>What is not even tried.</summary>
    public IReadOnlyList<SkippedFile> Skipped => _skipped;

    /// <summary>Classes in order; empty without classes.</summary>
    public string[] ClassNames { get; private set; } = [];

    /// <summary>Lists a folder.</summary>
    /// <param name="folder">Which; it exists.</param>
    /// <param name="classesFromFolders">Whether each folder right below is a class.</param>
    /// <exception cref="AInimException">It cannot be looked into, or has fewer than two folders where they are to be classes.</exception>
    public static FolderListing Of(string folder, bool classesFromFolders)
    {
        var listing = new FolderListing();
        try
        {
            if (classesFromFolders)
                listing.AddClasses(folder);
            else
                listing.AddAll(folder, string.Empty, -1, 0);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new AInimException(ExitCode.Input, $"cannot look into '{folder}': {SystemReason.Of(error)} Make the folder readable, or pass another.", error);
        }
        return listing;
    }

    private void AddClasses(string folder)
    {
        string[] classes = [.. Children(Directory.GetDirectories(folder))];
        if (classes.Length < 2)
            throw new AInimException(ExitCode.Input, $"cannot make classes from '{folder}': it holds {classes.Length} folder{(classes.Length == 1 ? "" : "s")}, and each class is one. Sort the pictures into two or more folders.");
        foreach (string file in Children(Directory.GetFiles(folder)))
            _skipped.Add(new SkippedFile(Path.GetFileName(file), "in none of the folders that are classes"));
        ClassNames = [.. classes.Select(path => Path.GetFileName(path))];
        for (int i = 0; i < classes.Length; i++)
            AddBelow(classes[i], ClassNames[i] + "/", i, 1);
    }

    private void AddAll(string folder, string prefix, int label, int depth)
    {
        foreach (string file in Children(Directory.GetFiles(folder)))
        {
            string name = prefix + Path.GetFileName(file);
            if (s_rawExtensions.Contains(Path.GetExtension(file)))
                _skipped.Add(new SkippedFile(name, "a camera's raw format is not read here: save it as JPEG, PNG or TIFF"));
            else
                _files.Add(new SourceFile(name, file, label));
        }
        foreach (string below in Children(Directory.GetDirectories(folder)))
            AddBelow(below, prefix + Path.GetFileName(below) + "/", label, depth + 1);
    }

    private void AddBelow(string folder, string prefix, int label, int depth)
    {
        if (depth > MostDepth) // a link that leads back up
        {
            _skipped.Add(new SkippedFile(prefix, "folders inside folders without end"));
            return;
        }
        // A link to a folder above would list everything again and again.
        if (new DirectoryInfo(folder).ResolveLinkTarget(returnFinalTarget: true) is { } target
            && (Path.GetFullPath(folder) + "/").StartsWith(target.FullName.TrimEnd('/') + "/", StringComparison.Ordinal))
        {
            _skipped.Add(new SkippedFile(prefix, "a link that leads back to a folder above"));
            return;
        }
        try
        {
            AddAll(folder, prefix, label, depth);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            _skipped.Add(new SkippedFile(prefix, "the folder cannot be looked into: " + SystemReason.Of(error).TrimEnd('.')));
        }
    }

    private static IEnumerable<string> Children(string[] paths) => paths
        .Where(path => !Path.GetFileName(path).StartsWith('.'))
        .OrderBy(path => Path.GetFileName(path), StringComparer.Ordinal);
}
