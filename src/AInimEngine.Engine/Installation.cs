using AInimEngine.Core.Errors;

namespace AInimEngine.Engine;

/// <summary>Where the engine's own files are: presets, shaders and the demo track.</summary>
public static class Installation
{
    /// <summary>
    /// The folder that holds <c>presets/</c> and <c>shaders/</c>: AINIM_HOME, or the nearest one above the program.
    /// </summary>
    /// <exception cref="AInimException">There is none.</exception>
    public static string Root => s_root ??= Find();

    private static string? s_root;

    /// <summary>The presets that come with the engine.</summary>
    public static string Presets => Path.Combine(Root, "presets");

    /// <summary>The finishing shaders that come with the engine.</summary>
    public static string Shaders => Path.Combine(Root, "shaders", "post");

    /// <summary>The bundled track.</summary>
    public static string DemoTrack => Path.Combine(Root, "demo", "ainim-demo.ogg");

    /// <summary>The user's own files: presets/ and shaders/ in here win over those that come with the engine.</summary>
    public static string UserFolder { get; } = Path.Combine(
        Environment.GetEnvironmentVariable("XDG_CONFIG_HOME") is { Length: > 0 } configured && Path.IsPathRooted(configured) // the XDG specification: a relative one is to be ignored
            ? configured
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".config"),
        "ainim");

    /// <summary>What can be made again: analyses of tracks.</summary>
    public static string CacheFolder { get; } = Path.Combine(
        Environment.GetEnvironmentVariable("XDG_CACHE_HOME") is { Length: > 0 } configured
            ? configured
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache"),
        "ainim");

    private static string Find()
    {
        if (Environment.GetEnvironmentVariable("AINIM_HOME") is { Length: > 0 } home)
            return Directory.Exists(Path.Combine(home, "presets")) && Directory.Exists(Path.Combine(home, "shaders"))
                ? Path.GetFullPath(home)
                : throw new AInimException(ExitCode.Environment, $"AINIM_HOME names '{home}', which does not hold presets/ and shaders/. Name the folder that does, or unset it.");
        for (string? folder = AppContext.BaseDirectory; folder is not null; folder = Path.GetDirectoryName(folder))
            if (Directory.Exists(Path.Combine(folder, "presets")) && Directory.Exists(Path.Combine(folder, "shaders")))
                return folder;
        throw new AInimException(ExitCode.Environment, $"presets/ and shaders/ are not above {AppContext.BaseDirectory}; set AINIM_HOME to the folder that holds them.");
    }
}
