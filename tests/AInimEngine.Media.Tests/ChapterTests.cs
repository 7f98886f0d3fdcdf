using System.Diagnostics;
using AInimEngine.Core.Time;
using AInimEngine.Media.Muxing;

namespace AInimEngine.Media.Tests;

public sealed class ChapterTests : IDisposable
{
    private readonly Scratch _scratch = new();

    public void Dispose() => _scratch.Dispose();

    [Theory]
    [InlineData("o.mp4")]
    [InlineData("o.mov")]
    [InlineData("o.mkv")]
    public void ChaptersAreInTheFileWithTheirTitles(string output)
    {
        FinishSettings film = Films.Make(_scratch, output, null, 3, 10, new Rational(10, 1), "seg") with
        {
            Chapters = [new Chapter(0, "Intro"), new Chapter(0.5, "A = B; #1 \\ \"x\"")],
        };
        Finisher.Finish(film);
        Assert.Equal(["0.000000|0.500000|Intro", "0.500000|3.000000|A = B; #1 \\ \"x\""], Read(film.Output));
        Assert.Empty(Directory.GetFiles(_scratch.Folder, "*chapters*"));
    }

    [Fact]
    public void AContainerWithoutChaptersIgnoresThem()
    {
        FinishSettings film = Films.Make(_scratch, "o.gif", null, 1, 10, new Rational(10, 1), "seg") with { Chapters = [new Chapter(0, "Intro")] };
        Assert.Equal(10, Finisher.Finish(film).FrameCount);
    }

    private static string[] Read(string path)
    {
        var start = new ProcessStartInfo("ffprobe") { RedirectStandardOutput = true };
        foreach (string word in (string[])["-v", "error", "-show_entries", "chapter=start_time,end_time:chapter_tags=title", "-of", "compact=p=0:nk=1:e=none", path])
            start.ArgumentList.Add(word);
        using Process process = Process.Start(start)!;
        string text = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
