using AInimEngine.DemoTrack.Output;

namespace AInimEngine.DemoTrack.Tests;

/// <summary>The track, played once for all tests, and the files in demo/.</summary>
public sealed class RenderedTrack
{
    public Track Track { get; } = Track.Render();

    public string Folder { get; } = FindFolder();

    public string Sound => Path.Combine(Folder, "ainim-demo.ogg");

    public BeatSheet Sheet => BeatSheet.Parse(File.ReadAllText(Path.Combine(Folder, "ainim-demo.beats.json")));

    private static string FindFolder()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "AInimEngine.sln")))
            folder = folder.Parent;
        return Path.Combine(folder?.FullName ?? throw new DirectoryNotFoundException("no AInimEngine.sln above the tests"), "demo");
    }
}
