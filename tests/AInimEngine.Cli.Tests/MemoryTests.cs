namespace AInimEngine.Cli.Tests;

/// <summary>A long render needs no more memory than a short one.</summary>
public sealed class MemoryTests : IDisposable
{
    private readonly ScratchFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void PeakMemoryOfTenMinutesIsWithinTenPercentOfOneMinute()
    {
        long minute = Peak(60), tenMinutes = Peak(600);
        Assert.True(tenMinutes <= minute * 1.1, $"one minute {minute / 1e6:f0} MB, ten minutes {tenMinutes / 1e6:f0} MB");
    }

    // The first generation may take as much as the processor's cache before it is collected, which a minute does not fill; that is not
    // what is asked here.
    private static readonly Dictionary<string, string> s_steady = new() { ["DOTNET_GCgen0size"] = "0x400000" };

    private long Peak(double seconds)
    {
        string wav = TestSound.WriteWav(_folder[$"{seconds}.wav"], TestSound.Tune(seconds));
        Ainim.Result result = Ainim.Run(["render", wav, "-o", _folder[$"{seconds}.mp4"], "--size", "160x90"], s_steady, null);
        Assert.True(result.ExitCode == 0, result.Error);
        return result.PeakBytes;
    }
}
