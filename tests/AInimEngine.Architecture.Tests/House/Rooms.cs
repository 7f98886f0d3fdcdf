using System.Xml.Linq;

namespace AInimEngine.Architecture.Tests.House;

/// <summary>The rooms and the only arrows between them, as docs/architecture.md draws them.</summary>
internal static class Rooms
{
    private const string Prefix = "AInimEngine.";

    /// <summary>Room, and what it may use. "*" is every room.</summary>
    public static IReadOnlyDictionary<string, string[]> Allowed { get; } = new Dictionary<string, string[]>
    {
        ["Core"] = [],
        ["Media"] = ["Core"],
        ["Audio"] = ["Core"],
        ["Analysis"] = ["Core"],
        ["Mapping"] = ["Core"],
        ["Neural"] = ["Core"],
        ["Training"] = ["Core", "Neural", "Media"],
        ["Rendering"] = ["Core"],
        ["Control"] = ["Core"],
        ["Engine"] = ["Core", "Media", "Audio", "Analysis", "Mapping", "Neural", "Rendering", "Control"],
        ["Editions"] = ["Core", "Engine", "Media"],
        ["Studio"] = ["Core", "Engine", "Control", "Training"],
        ["Cli"] = ["*"],
    };

    /// <summary>What is wrong with a project, one line each.</summary>
    /// <param name="path">"src/AInimEngine.Media/AInimEngine.Media.csproj".</param>
    /// <param name="project">Its content.</param>
    public static IEnumerable<string> Violations(string path, XDocument project)
    {
        string name = Path.GetFileNameWithoutExtension(path);
        string room = name.StartsWith(Prefix, StringComparison.Ordinal) ? name[Prefix.Length..] : name;
        if (path != $"src/{name}/{name}.csproj")
            yield return $"{path}: a project lies in a folder of its name";
        if (!Allowed.TryGetValue(room, out string[]? allowed))
        {
            yield return $"{path}: there is no room '{room}' in the house";
            yield break;
        }

        foreach (XElement reference in project.Descendants("ProjectReference"))
        {
            string target = Path.GetFileNameWithoutExtension(((string?)reference.Attribute("Include") ?? "").Replace('\\', '/'));
            string targetRoom = target.StartsWith(Prefix, StringComparison.Ordinal) ? target[Prefix.Length..] : target;
            bool known = Allowed.ContainsKey(targetRoom);
            if (!known || targetRoom == "Cli" || !(allowed.Contains("*") || allowed.Contains(targetRoom)))
                yield return $"{path}: {room} may not use {targetRoom}";
        }

        if (project.Descendants("DisableTransitiveProjectReferences").Any())
            yield return $"{path}: DisableTransitiveProjectReferences is set once, in Directory.Build.props";
        if (room == "Core" && project.Descendants().Any(e => e.Name.LocalName is "PackageReference" or "Reference" or "FrameworkReference"))
            yield return $"{path}: Core uses the BCL only";
        if (((string?)project.Descendants("OutputType").FirstOrDefault() == "Exe") != (room == "Cli"))
            yield return $"{path}: Cli is the only executable";
    }
}
