using System.Diagnostics;
using System.Globalization;

namespace AInimEngine.Media.Tests;

public sealed class ConstantMemoryTests : IDisposable
{
    private readonly Scratch _scratch = new();

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public void AnHourTakesNoMoreMemoryThanAMinute()
    {
        // In a process of its own: managed memory is counted for the whole process, runner included.
        string path = _scratch.Make("hour.flac", "-f", "lavfi", "-i", "anullsrc=r=8000:cl=mono", "-t", "3600", "-compression_level", "0");
        var start = new ProcessStartInfo(HostMode.Command[0], HostMode.Command[1..]) { RedirectStandardOutput = true };
        start.Environment[HostMode.MeasureVariable] = path;
        using Process host = Process.Start(start)!;
        string[] words = host.StandardOutput.ReadToEnd().Split();
        host.WaitForExit();
        Assert.Equal("3600", words[0]);

        // The 59 minutes are 1.4 GB of samples; what is allowed is the runtime's own housekeeping (measured: 15 kB).
        Assert.InRange(long.Parse(words[1], CultureInfo.InvariantCulture), 0, 200_000);
    }
}
