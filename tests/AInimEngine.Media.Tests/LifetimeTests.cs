using System.Diagnostics;
using System.Globalization;

namespace AInimEngine.Media.Tests;

public sealed class LifetimeTests : IDisposable
{
    private readonly Scratch _scratch = new();

    public void Dispose() => _scratch.Dispose();

    private Process StartHost()
    {
        WavFile.Write(_scratch["long.wav"], WavFile.Sine(100, 60, 44100, channels: 2), 2, 44100);
        // In a session of its own, so that its process group is what a terminal would interrupt.
        var start = new ProcessStartInfo("setsid", HostMode.Command)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        start.Environment[HostMode.FolderVariable] = _scratch.Folder;
        return Process.Start(start)!;
    }

    private static int[] ReadIds(Process host) =>
        [.. host.StandardOutput.ReadLine()!.Split(' ').Select(id => int.Parse(id, CultureInfo.InvariantCulture))];

    /// <summary>Whether it still runs; one that nobody has collected yet does not.</summary>
    private static bool Runs(int id)
    {
        try
        {
            return File.ReadAllText($"/proc/{id}/stat").Split(')')[^1].TrimStart()[0] is not ('Z' or 'X');
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException or IOException)
        {
            return false;
        }
    }

    [Fact]
    public void NoProgramOutlivesAKilledParent()
    {
        using Process host = StartHost();
        int[] ids = ReadIds(host);
        Assert.Equal(3, ids.Length);
        Assert.All(ids, id => Assert.True(Runs(id)));
        host.Kill();
        host.WaitForExit();
        SpinWait.SpinUntil(() => !ids.Any(Runs), TimeSpan.FromSeconds(30));
        Assert.All(ids, id => Assert.False(Runs(id), $"process {id} still runs"));
        Assert.False(File.Exists(_scratch["s.mp4"]));
    }

    [Fact]
    public void CtrlCInTheTerminalDoesNotReachTheEncoder()
    {
        using Process host = StartHost();
        int[] ids = ReadIds(host);
        using (Process kill = Process.Start("kill", ["-INT", "--", $"-{host.Id}"]))
            kill.WaitForExit();
        Assert.Equal("interrupted", host.StandardOutput.ReadLine());
        Assert.All(ids, id => Assert.True(Runs(id)));
        host.StandardInput.WriteLine("finish");
        Assert.Equal("finished", host.StandardOutput.ReadLine());
        host.WaitForExit();
        Assert.Equal(2, MediaInfo.Probe(_scratch["s.mp4"], countPackets: true).RequireVideo().PacketCount);
    }
}
