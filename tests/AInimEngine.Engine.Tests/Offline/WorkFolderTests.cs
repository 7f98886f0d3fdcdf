using AInimEngine.Core.Errors;
using AInimEngine.Engine.Offline;
using AInimEngine.Engine.Tests.Support;

namespace AInimEngine.Engine.Tests.Offline;

/// <summary>A folder of five segments of ten frames, the last of four, that is damaged in one way after another.</summary>
public sealed class WorkFolderTests : IDisposable
{
    private static readonly RenderManifest Manifest = new("abc", 48, 10, ".mkv", new Dictionary<string, string> { ["size"] = "64x36" });
    private readonly ScratchFolder _scratch = new();

    private string Output => _scratch["film.mp4"];

    public void Dispose()
    {
        _held?.Dispose();
        _scratch.Dispose();
    }

    [Fact]
    public void ANewFolderHoldsNothing()
    {
        WorkFolder folder = Open(out bool discarded);
        Assert.False(discarded);
        Assert.Equal(0, folder.CompleteSegments(Manifest));
        Assert.Equal(Output + ".ainim-work", folder.FullPath);
        Assert.Equal(0, WorkFolder.CompleteSegments(_scratch["other.mp4"], Manifest));
        Assert.False(Directory.Exists(_scratch["other.mp4.ainim-work"]));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(5)]
    public void WholeSegmentsCountAndAreFoundAgain(int count)
    {
        WorkFolder folder = Filled(count);
        Assert.Equal(count, folder.CompleteSegments(Manifest));
        Assert.Equal(count, WorkFolder.CompleteSegments(Output, Manifest));
        WorkFolder again = Open(out bool discarded);
        Assert.False(discarded);
        Assert.Equal(count, again.CompleteSegments(Manifest));
        Assert.Equal(["h0", "h1"], again.ReadRecord(0)!.Hashes);
    }

    [Theory]
    [InlineData("segment-00002.json", null)]
    [InlineData("segment-00002.json", "")]
    [InlineData("segment-00002.json", "{\"FrameCount\":10,\"Byt")]
    [InlineData("segment-00002.json", "{}")]
    [InlineData("segment-00002.json", "null")]
    [InlineData("segment-00002.json", "[1]")]
    [InlineData("segment-00002.json", "{\"FrameCount\":9,\"Bytes\":7,\"Hashes\":[]}")]
    [InlineData("segment-00002.mkv", null)]
    [InlineData("segment-00002.mkv", "six by")]
    [InlineData("segment-00002.mkv", "eight by")]
    public void ADamagedSegmentAndThoseAfterItDoNotCount(string file, string? content)
    {
        WorkFolder folder = Filled(4);
        Replace(folder, file, content);
        Assert.Equal(2, folder.CompleteSegments(Manifest));
    }

    [Fact]
    public void ASegmentWithoutTheStateAfterItIsMadeAgain()
    {
        WorkFolder folder = Filled(3);
        Replace(folder, "state-00003.bin", null);
        Assert.Equal(2, folder.CompleteSegments(Manifest));
        Replace(folder, "state-00002.bin", null);
        Assert.Equal(1, folder.CompleteSegments(Manifest));
        Replace(folder, "state-00001.bin", null);
        Assert.Equal(0, folder.CompleteSegments(Manifest));
    }

    [Fact]
    public void ALastSegmentNeedsNoStateAfterIt()
    {
        WorkFolder folder = Filled(5);
        for (int i = 0; i < 5; i++)
            Replace(folder, $"state-{i:d5}.bin", null);
        Assert.Equal(5, folder.CompleteSegments(Manifest));
    }

    [Fact]
    public void ALastSegmentOfTheWrongLengthDoesNotCount()
    {
        WorkFolder folder = Filled(5);
        folder.CompleteSegment(4, new SegmentRecord(10, 7, []));
        Assert.Equal(4, folder.CompleteSegments(Manifest));
    }

    [Fact]
    public void WhatHasATemporaryNameDoesNotCount()
    {
        WorkFolder folder = Filled(2);
        foreach (string name in (string[])["segment-00001.json", "segment-00001.mkv", "state-00002.bin"])
        {
            string path = Path.Combine(folder.FullPath, name);
            File.Move(path, path + ".partial");
            Assert.Equal(1, folder.CompleteSegments(Manifest));
            File.Move(path + ".partial", path);
        }
        Assert.Equal(2, folder.CompleteSegments(Manifest));
    }

    [Fact]
    public void WritingLeavesNoTemporaryNamesAndReplacesWhatWasThere()
    {
        WorkFolder folder = Filled(2);
        folder.WriteState(2, new byte[100]);
        folder.WriteState(2, [1, 2, 3]);
        Assert.Equal([1, 2, 3], folder.ReadState(2));
        Assert.DoesNotContain(Directory.EnumerateFiles(folder.FullPath), path => path.EndsWith(".partial", StringComparison.Ordinal));
    }

    [Fact]
    public void OldStatesAreDroppedButNotTheOneThatASegmentStartsFrom()
    {
        WorkFolder folder = Filled(3);
        folder.DropStateBefore(2);
        folder.DropStateBefore(2);
        Assert.False(File.Exists(Path.Combine(folder.FullPath, "state-00001.bin")));
        Assert.True(File.Exists(Path.Combine(folder.FullPath, "state-00002.bin")));
        Assert.Equal(3, folder.CompleteSegments(Manifest));
    }

    [Theory]
    [InlineData(2, true)]
    [InlineData(0, false)]
    public void AnotherFingerprintStartsOverAndSaysWhetherWorkWasLost(int whole, bool lost)
    {
        Filled(whole);
        RenderManifest other = Manifest with { Fingerprint = "abd" };
        Assert.Equal(0, WorkFolder.CompleteSegments(Output, other));
        if (lost)
            Assert.Contains("20 of 48", Assert.Throws<AInimException>(() => Open(out _, other)).Message, StringComparison.Ordinal);
        WorkFolder folder = Open(out bool discarded, other, overwrite: true);
        Assert.Equal(lost, discarded);
        Assert.Equal(["lock", "manifest.json"], Directory.EnumerateFileSystemEntries(folder.FullPath).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.Equal(0, WorkFolder.CompleteSegments(Output, Manifest));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("{\"Fingerprint\":\"abc\",")]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("{\"Fingerprint\":\"abd\",\"FrameCount\":48,\"SegmentFrames\":0}")]
    public void AManifestThatCannotBeTrustedStartsOver(string? content)
    {
        WorkFolder folder = Filled(3);
        Replace(folder, "manifest.json", content);
        Assert.Equal(0, WorkFolder.CompleteSegments(Output, Manifest));
        Assert.Equal(0, Open(out bool discarded).CompleteSegments(Manifest));
        Assert.False(discarded);
        Assert.Equal(0, WorkFolder.CompleteSegments(Output, Manifest));
    }

    [Fact]
    public void WhatSomebodyElsePutThereStays()
    {
        WorkFolder folder = Filled(2);
        string theirs = Path.Combine(folder.FullPath, "notes.txt");
        File.WriteAllText(theirs, "mine");
        folder.Delete();
        Assert.Equal([theirs], Directory.EnumerateFileSystemEntries(folder.FullPath));
    }

    [Fact]
    public void AFolderInUseIsRefused()
    {
        WorkFolder folder = Filled(1);
        AInimException error = Assert.Throws<AInimException>(() => WorkFolder.Open(Output, Manifest, overwrite: true, out _));
        Assert.Equal(ExitCode.Output, error.ExitCode);
        Assert.Equal(1, folder.CompleteSegments(Manifest));
    }

    [Fact]
    public void WhereNothingCanBeWrittenTheErrorSaysWhere()
    {
        File.WriteAllText(_scratch["file"], "");
        string inFile = Path.Combine(_scratch["file"], "film.mp4");
        AInimException error = Assert.Throws<AInimException>(() => WorkFolder.Open(inFile, Manifest, overwrite: false, out _));
        Assert.Equal(ExitCode.Output, error.ExitCode);
        Assert.Contains(inFile, error.Message, StringComparison.Ordinal);

        File.WriteAllText(Output + ".ainim-work", "in the way");
        Assert.Equal(ExitCode.Output, Assert.Throws<AInimException>(() => Open(out _)).ExitCode);
    }

    [Fact]
    public void AFolderThatVanishesIsAnErrorForPeople()
    {
        WorkFolder folder = Filled(1);
        folder.Delete();
        AInimException error = Assert.Throws<AInimException>(() => folder.WriteState(2, [1]));
        Assert.Equal(ExitCode.Output, error.ExitCode);
        Assert.Contains(folder.FullPath, error.Message, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Output, Assert.Throws<AInimException>(() => folder.CompleteSegment(1, new SegmentRecord(10, 7, []))).ExitCode);
        folder.Delete();
    }

    private WorkFolder? _held;

    // As another run would: the one before has ended.
    private WorkFolder Open(out bool discarded, RenderManifest? manifest = null, bool overwrite = false)
    {
        _held?.Dispose();
        return _held = WorkFolder.Open(Output, manifest ?? Manifest, overwrite, out discarded);
    }

    // Writes as a render does: a state, its segment, the next state, ...
    private WorkFolder Filled(int segments)
    {
        WorkFolder folder = Open(out _);
        for (int i = 0; i < segments; i++)
        {
            folder.WriteState(i, [(byte)i]);
            File.WriteAllText(folder.SegmentPath(i, ".mkv"), "7 bytes");
            folder.CompleteSegment(i, new SegmentRecord(Manifest.FramesOf(i), 7, ["h0", "h1"]));
        }
        if (segments < Manifest.SegmentCount)
            folder.WriteState(segments, [(byte)segments]);
        return folder;
    }

    private static void Replace(WorkFolder folder, string name, string? content)
    {
        string path = Path.Combine(folder.FullPath, name);
        if (content is null)
            File.Delete(path);
        else
            File.WriteAllText(path, content);
    }
}
