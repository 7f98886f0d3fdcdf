namespace AInimEngine.Media.Tests;

/// <summary>Alone, since managed memory is counted for the whole process.</summary>
[CollectionDefinition("alone", DisableParallelization = true)]
public sealed class AloneCollection;

[Collection("alone")]
public sealed class ConstantMemoryTests : IDisposable
{
    private readonly Scratch _scratch = new();

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public void AnHourTakesNoMoreMemoryThanAMinute()
    {
        string path = _scratch.Make("hour.flac", "-f", "lavfi", "-i", "anullsrc=r=8000:cl=mono", "-t", "3600", "-compression_level", "0");
        using AudioFile file = AudioFile.Open(path);
        file.SkipTo(60 * 48000);
        long minute = GC.GetTotalMemory(forceFullCollection: true);
        file.SkipTo(3700L * 48000);
        Assert.Equal(3600L * 48000, file.Position);
        Assert.InRange(GC.GetTotalMemory(forceFullCollection: true), 0, minute + 200_000);
    }
}
