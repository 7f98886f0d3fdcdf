using AInimEngine.Core.Errors;

namespace AInimEngine.Media.Tests;

/// <summary>Alone, since its tests change the environment of the process.</summary>
[CollectionDefinition("alone", DisableParallelization = true)]
public sealed class AloneCollection;

[Collection("alone")]
public sealed class FFmpegToolsTests
{
    [Fact]
    public void BothProgramsAreFoundAndSayWhatTheyAre()
    {
        FFmpegTools tools = FFmpegTools.Find();
        Assert.True(File.Exists(tools.FFmpegPath) && File.Exists(tools.FFprobePath));
        Assert.Matches(@"^n?\d+\.\d", tools.Version);
        Assert.True(tools.HasEncoder("libx264") && tools.HasEncoder("aac"));
        Assert.DoesNotContain("=", tools.Encoders);
    }

    [Fact]
    public void WhatIsMissingIsNamedWithTheRemedy()
    {
        string? path = Environment.GetEnvironmentVariable("PATH");
        try
        {
            Environment.SetEnvironmentVariable("PATH", "/nonexistent");
            AInimException error = Assert.Throws<AInimException>(FFmpegTools.Find);
            Assert.Equal(ExitCode.Environment, error.ExitCode);
            Assert.StartsWith("ffmpeg not found: install it with 'apt-get install ffmpeg'", error.Message, StringComparison.Ordinal);
        }
        finally
        {
            Environment.SetEnvironmentVariable("PATH", path);
        }
    }

    [Fact]
    public void TheFolderVariableGoesBeforePath()
    {
        using var scratch = new Scratch();
        FFmpegTools usual = FFmpegTools.Find();
        try
        {
            Environment.SetEnvironmentVariable(FFmpegTools.FolderVariable, scratch.Folder);
            Assert.Contains(FFmpegTools.FolderVariable, Assert.Throws<AInimException>(FFmpegTools.Find).Message, StringComparison.Ordinal);
            File.CreateSymbolicLink(scratch["ffmpeg"], usual.FFmpegPath);
            File.CreateSymbolicLink(scratch["ffprobe"], usual.FFprobePath);
            Assert.Equal((scratch["ffmpeg"], usual.Version), (FFmpegTools.Find().FFmpegPath, FFmpegTools.Find().Version));

            // Something that does not run is a matter of the machine, too.
            File.Delete(scratch["ffmpeg"]);
            File.WriteAllText(scratch["ffmpeg"], "no program");
            Assert.Equal(ExitCode.Environment, Assert.Throws<AInimException>(() => FFmpegTools.Find().Version).ExitCode);
        }
        finally
        {
            Environment.SetEnvironmentVariable(FFmpegTools.FolderVariable, null);
        }
    }
}
