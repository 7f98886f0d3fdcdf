using AInimEngine.Core.Errors;
using AInimEngine.Engine.Offline;
using AInimEngine.Engine.Tests.Support;

namespace AInimEngine.Engine.Tests.Offline;

/// <summary>Whatever fails ends the run with its own error, without a hang, and the next run goes on to the same pictures.</summary>
[Collection(Pictures.One)]
public sealed class RenderPipelineTests : IDisposable
{
    private static readonly SemaphoreSlim Once = new(1);
    private static string[]? s_unbroken;
    private readonly Track _track;
    private readonly PipelineRig _rig;

    public RenderPipelineTests(Tracks tracks)
    {
        _track = tracks.FlawedTune;
        _rig = new PipelineRig(_track);
    }

    public void Dispose() => _rig.Dispose();

    [Fact]
    public async Task OneThreadGivesThePicturesOfThree()
    {
        await _rig.RunAsync(overlap: false);
        Assert.Equal(await UnbrokenAsync(), _rig.Hashes);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task AFailingSinkEndsTheRun(bool overlap)
    {
        // A folder that is not empty lies where the third segment should go.
        string inTheWay = _rig.Folder.SegmentPath(2, ".mkv");
        Directory.CreateDirectory(Path.Combine(inTheWay, "full"));
        AInimException error = await Assert.ThrowsAsync<AInimException>(() => _rig.RunAsync(overlap));
        Assert.Equal(ExitCode.Output, error.ExitCode);
        Assert.Contains("segment-00002", error.Message, StringComparison.Ordinal);
        Assert.Equal(2, _rig.Whole);

        Directory.Delete(inTheWay, recursive: true);
        await ContinuesAsync(overlap);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task AFailingProducerEndsTheRun(bool overlap)
    {
        var warnings = new Warnings(_ => throw new InvalidOperationException("the sound broke"));
        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => _rig.RunAsync(overlap, warnings));
        Assert.Equal("the sound broke", error.Message);
        Assert.InRange(_rig.Whole, 3, 4);
        await ContinuesAsync(overlap);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task AFailingPainterEndsTheRun(bool overlap)
    {
        await CancelledAtTheEndOfTheSoundAsync(overlap);
        int whole = _rig.Whole;
        ArgumentException error = await Assert.ThrowsAsync<ArgumentException>(() => _rig.RunAsync(overlap, painterWidth: 32));
        Assert.Contains("32x18", error.Message, StringComparison.Ordinal);
        Assert.Equal(whole, _rig.Whole);
        await ContinuesAsync(overlap);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task CancellingEndsTheRun(bool overlap)
    {
        await CancelledAtTheEndOfTheSoundAsync(overlap);
        Assert.InRange(_rig.Whole, 3, 4);
        await ContinuesAsync(overlap);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task ACancelledRunMakesNothing(bool overlap)
    {
        using var stop = new CancellationTokenSource();
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _rig.RunAsync(overlap, stop: stop));
        Assert.Equal(["lock", "manifest.json"], Directory.EnumerateFileSystemEntries(_rig.Folder.FullPath).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task ASegmentThatIsLostIsMadeAgainFromItsState()
    {
        await CancelledAtTheEndOfTheSoundAsync(overlap: true);
        File.Delete(Path.Combine(_rig.Folder.FullPath, $"segment-{_rig.Whole - 1:d5}.json"));
        Assert.InRange(_rig.Whole, 2, 3);
        await ContinuesAsync(overlap: true);
    }

    [Fact]
    public async Task NothingUnfinishedStaysBesideWholeSegments()
    {
        await CancelledAtTheEndOfTheSoundAsync(overlap: true);
        string[] names = [.. Directory.EnumerateFileSystemEntries(_rig.Folder.FullPath).Select(path => Path.GetFileName(path)!)];
        Assert.All(names, name => Assert.Matches(@"^(lock|manifest\.json|segment-\d{5}\.(mkv|json)|state-\d{5}\.bin)$", name));
        Assert.Equal(_rig.Whole, names.Count(name => name.EndsWith(".mkv", StringComparison.Ordinal)));
    }

    // The flawed track warns when its end is met, at frame 48 of 60: a signal at a known place.
    private async Task CancelledAtTheEndOfTheSoundAsync(bool overlap)
    {
        using var stop = new CancellationTokenSource();
        var warnings = new Warnings(_ => stop.Cancel());
        var error = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _rig.RunAsync(overlap, warnings, stop: stop));
        Assert.Equal(stop.Token, error.CancellationToken);
        Assert.Single(warnings.Messages);
    }

    private async Task ContinuesAsync(bool overlap)
    {
        Assert.NotInRange(_rig.Whole, PipelineRig.Manifest.SegmentCount, int.MaxValue);
        await _rig.RunAsync(overlap);
        Assert.Equal(PipelineRig.Manifest.SegmentCount, _rig.Whole);
        Assert.Equal(await UnbrokenAsync(), _rig.Hashes);
    }

    private async Task<string[]> UnbrokenAsync()
    {
        await Once.WaitAsync();
        try
        {
            if (s_unbroken is null)
            {
                using var rig = new PipelineRig(_track);
                await rig.RunAsync(overlap: true);
                s_unbroken = rig.Hashes;
                Assert.Equal(PipelineRig.Frames, s_unbroken.Distinct().Count());
            }
            return s_unbroken;
        }
        finally
        {
            Once.Release();
        }
    }
}
