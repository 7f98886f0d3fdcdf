using System.Runtime.CompilerServices;
using AInimEngine.Analysis.Features;
using AInimEngine.Core.Frames;

namespace AInimEngine.Analysis.Tests;

public sealed class DocumentTests
{
    [Fact]
    public void FeaturesMdIsWhatTheTableSays()
    {
        string path = Path.Combine(Root(), "docs", "features.md");
        string rendered = FeatureDocument.Render();
        if (Environment.GetEnvironmentVariable("AINIM_WRITE_DOCS") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, rendered);
        }
        Assert.True(File.Exists(path) && File.ReadAllText(path) == rendered, "docs/features.md is out of date: run these tests with AINIM_WRITE_DOCS=1");
    }

    [Fact]
    public void EveryFieldSaysWhatItIsAndItsRange()
    {
        foreach (FrameField field in FeatureTable.Layout.Fields)
        {
            Assert.True(field.Description.Length > 20, field.Name);
            Assert.True(field.Min < field.Max, field.Name);
        }
    }

    private static string Root([CallerFilePath] string path = "")
    {
        // A deterministic build may have mapped the source path away; the output folder lies in the repository too.
        foreach (string start in new[] { Path.GetDirectoryName(path)!, AppContext.BaseDirectory })
        {
            for (DirectoryInfo? folder = new(start); folder is not null; folder = folder.Parent)
            {
                if (File.Exists(Path.Combine(folder.FullName, "AInimEngine.sln")))
                    return folder.FullName;
            }
        }
        throw new DirectoryNotFoundException("no AInimEngine.sln above the tests");
    }
}
