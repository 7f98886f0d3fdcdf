using AInimEngine.Core.Errors;

namespace AInimEngine.Rendering.Overlay;

/// <summary>Finds the font that overlays are written in: one whose digits are equally wide, so that numbers stand still.</summary>
public static class FontFile
{
    /// <summary>Environment variable that names another font file.</summary>
    public const string PathVariable = "AINIM_FONT";

    private static readonly string[] Candidates =
    [
        "/usr/share/fonts/truetype/dejavu/DejaVuSansMono.ttf",
        "/usr/share/fonts/dejavu-sans-mono-fonts/DejaVuSansMono.ttf",
        "/usr/share/fonts/TTF/DejaVuSansMono.ttf",
        "/usr/share/fonts/dejavu/DejaVuSansMono.ttf",
        "/System/Library/Fonts/Menlo.ttc",
        @"C:\Windows\Fonts\consola.ttf",
    ];

    /// <summary>Checks that letters can be drawn at all.</summary>
    /// <returns>The font's path.</returns>
    /// <exception cref="AInimException">FreeType or the font is missing, and the message says what to install.</exception>
    public static string Check()
    {
        try
        {
            _ = Interop.FreeType.Api;
        }
        catch (DllNotFoundException missing)
        {
            throw new AInimException(ExitCode.Environment, $"cannot write text: {missing.Message}. Install libfreetype6 (apt-get install libfreetype6).", missing);
        }
        return Find();
    }

    /// <summary>The font's path.</summary>
    /// <exception cref="AInimException">There is none, and the message says what to install.</exception>
    public static string Find()
    {
        if (Environment.GetEnvironmentVariable(PathVariable) is { Length: > 0 } chosen)
            return File.Exists(chosen) ? chosen : throw new AInimException(ExitCode.Environment, $"cannot write text: there is no font file '{chosen}' ({PathVariable}).");
        return Array.Find(Candidates, File.Exists) ?? throw new AInimException(ExitCode.Environment,
            $"cannot write text: DejaVuSansMono.ttf was not found. Install fonts-dejavu-core (apt-get install fonts-dejavu-core), or set {PathVariable} to a .ttf file.");
    }
}
