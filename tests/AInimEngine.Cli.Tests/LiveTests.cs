using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using AInimEngine.Core.Imaging;
using AInimEngine.Media;
using AInimEngine.Rendering.Tests.Support;

namespace AInimEngine.Cli.Tests;

/// <summary>A show in a real window of an X server: seen on its screen, played by real keys and by another program's OSC.</summary>
public sealed class LiveTests : IDisposable
{
    private readonly XServer _server = new();
    private readonly ScratchFolder _scratch = new();

    public LiveTests() => Assert.SkipWhen(_server.Missing is not null, _server.Missing ?? "");

    public void Dispose()
    {
        _server.Dispose();
        _scratch.Dispose();
    }

    [Fact]
    public void KeysAndOscReachTheScreenAndAKilledShowLeavesItsRecording()
    {
        string recording = Path.Combine(_scratch.Path, "show.mkv");
        int port = FreePort();
        using Process show = Ainim.Start(
            ["live", "aurora", "silk", "--input", Path.Combine(Repository.Root, "demo", "ainim-demo.ogg"), "--size", "320x180", "--fps", "30", "--midi", "none",
                "--osc", port.ToString(CultureInfo.InvariantCulture), "--record", recording],
            Here(), _scratch.Path);
        try
        {
            XServer.Until(() => Brightness() > 10, "a picture on the screen");
            _server.Do("key", "b");
            XServer.Until(() => Brightness() < 0.5, "the blackout by its key");
            _server.Do("key", "b");
            XServer.Until(() => Brightness() > 10, "the picture after the blackout");
            Send(port, "/ainim/blackout", "i", "1");
            XServer.Until(() => Brightness() < 0.5, "the blackout by OSC");
            Send(port, "/ainim/nothing/here", "f", "0.5");
            Send(port, "/ainim/preset/name", "s", "no-such-preset");
            Send(port, "/ainim/blackout", "i", "0");
            XServer.Until(() => Brightness() > 10, "the picture after words that mean nothing");
            Assert.False(show.HasExited);
            XServer.Until(() => File.Exists(recording) && new FileInfo(recording).Length > 50_000, "the recording grows");
        }
        finally
        {
            show.Kill();
            show.WaitForExit();
        }
        Assert.InRange(FramesOf(recording), 10, 100_000);
    }

    [Fact]
    public void AShowOfAGivenLengthEndsWellAndTellsHowItWas()
    {
        Ainim.Result result = Ainim.Run(
            ["live", "silk", "--input", Path.Combine(Repository.Root, "demo", "ainim-demo.ogg"), "--size", "320x180", "--fps", "30", "--midi", "none", "--osc", "0", "--seconds", "3"],
            Here(), _scratch.Path);
        Assert.True(result.ExitCode == 0, result.Error);
        Assert.Contains("frames shown", result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain(" 0 pictures generated", result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("no-such-preset", ":0", "no preset 'no-such-preset'")]
    [InlineData("aurora", ":987", "no display")]
    [InlineData("aurora", "", "no display")]
    public void WhatAShowCannotBeginWithIsOneLine(string preset, string display, string says)
    {
        Dictionary<string, string> here = Here();
        here["DISPLAY"] = display == ":0" ? _server.Name : display;
        if (display.Length == 0)
            here["SDL_VIDEODRIVER"] = ""; // SDL then finds a driver of its own that shows nothing
        Ainim.Result result = Ainim.Run(["live", preset, "--input", Path.Combine(Repository.Root, "demo", "ainim-demo.ogg"), "--midi", "none", "--osc", "0", "--seconds", "3"], here, _scratch.Path);
        Assert.NotEqual(0, result.ExitCode);
        Assert.Contains(says, result.Error, StringComparison.Ordinal);
        Assert.Single(result.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries), line => line.StartsWith("ainim live:", StringComparison.Ordinal));
    }

    private Dictionary<string, string> Here() => new() { ["DISPLAY"] = _server.Name, ["SDL_VIDEODRIVER"] = "x11", ["SDL_AUDIODRIVER"] = "dummy" };

    /// <summary>Mean of the three channels where the show's window stands: the middle of the screen; 0..255.</summary>
    private double Brightness()
    {
        using Image screen = _server.Screen();
        ReadOnlySpan<byte> pixels = screen.Bytes;
        long sum = 0;
        int left = XServer.Width / 2 - 100, top = XServer.Height / 2 - 50;
        for (int y = top; y < top + 100; y++)
            for (int x = left; x < left + 200; x++)
                for (int c = 0; c < 3; c++)
                    sum += pixels[(y * XServer.Width + x) * 4 + c];
        return sum / (3.0 * 100 * 200);
    }

    private static int FreePort()
    {
        using var socket = new UdpClient(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.Client.LocalEndPoint!).Port;
    }

    private static void Send(int port, params string[] message)
    {
        using var oscsend = Process.Start("oscsend", ["localhost", port.ToString(CultureInfo.InvariantCulture), .. message]);
        oscsend.WaitForExit();
        Assert.Equal(0, oscsend.ExitCode);
    }

    private static int FramesOf(string path)
    {
        var start = new ProcessStartInfo(FFmpegTools.Find().FFprobePath,
            ["-v", "quiet", "-count_frames", "-select_streams", "v", "-show_entries", "stream=nb_read_frames", "-of", "csv=p=0", path])
        { RedirectStandardOutput = true };
        using Process probe = Process.Start(start)!;
        string text = probe.StandardOutput.ReadToEnd();
        probe.WaitForExit();
        return int.Parse(text.Trim().TrimEnd(','), CultureInfo.InvariantCulture);
    }
}
