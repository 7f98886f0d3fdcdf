using System.Diagnostics;
using System.Globalization;
using System.Net.Http;
using System.Net.Sockets;
using System.Net;
using System.Text;
using AInimEngine.Core.Errors;
using AInimEngine.Core.Time;
using AInimEngine.Engine.Live.Outputs;
using AInimEngine.Engine.Tests.Support;
using AInimEngine.Media;
using AInimEngine.Rendering;
using AInimEngine.Rendering.Presenting;

namespace AInimEngine.Engine.Tests.Live;

/// <summary>Pictures to other programs, taken by real ones: ffmpeg, ffprobe, sockets and an HTTP client.</summary>
[Collection(Pictures.One)]
public sealed class ShowOutputsTests : IDisposable
{
    private const int Width = 320, Height = 180;
    private static readonly Rational s_fps = new(30, 1);

    private readonly string _folder = Directory.CreateTempSubdirectory("ainim-outputs-").FullName;
    private readonly GlContext _context = GlContext.CreateHeadless();
    private readonly TestPattern _pattern;
    private long _frame;

    public ShowOutputsTests() => _pattern = new TestPattern(_context, Width, Height);

    public void Dispose()
    {
        _pattern.Dispose();
        _context.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Theory]
    [InlineData("show.nut")]
    [InlineData("show.y4m")]
    public void AFileHoldsEveryPictureWithItsTime(string name)
    {
        string path = Path.Combine(_folder, name);
        ShowOutputs outputs = Open(new OutputSettings { Pipe = path });
        using (outputs)
            Pump(outputs, () => outputs.Written >= 30);
        string[] times = [.. Probe(path).Split('\n', StringSplitOptions.RemoveEmptyEntries)];
        // NUT says when each was; in a form of even rate the one before stands in for one that was dropped.
        Assert.InRange(times.Length, outputs.Written, name.EndsWith("nut", StringComparison.Ordinal) ? outputs.Written : _frame);
        double last = double.Parse(times[^1].TrimEnd(','), CultureInfo.InvariantCulture);
        Assert.InRange(last, 29 / 30.0 - 0.002, _frame / 30.0);
        Assert.Throws<AInimException>(() => new OutputSettings { Pipe = path }.Check(Width, Height));
        Assert.Equal(Path.Combine(_folder, Path.GetFileNameWithoutExtension(name) + "-2" + Path.GetExtension(name)), new OutputSettings { Pipe = path }.Anew().Pipe);
    }

    [Fact]
    public void AFifoWithoutAReaderDropsPicturesAndServesOneReaderAfterAnother()
    {
        string path = Path.Combine(_folder, "fifo");
        using (var made = Process.Start("mkfifo", [path]))
            made.WaitForExit();
        using ShowOutputs outputs = Open(new OutputSettings { Pipe = path });
        Pump(outputs, () => outputs.Dropped > 20);
        for (int reader = 0; reader < 2; reader++)
        {
            using Process ffmpeg = Start(FFmpegTools.Find().FFmpegPath, "-v", "error", "-nostdin", "-f", "nut", "-i", path, "-frames:v", "5", "-f", "framemd5", "-");
            Task<string> hashes = ffmpeg.StandardOutput.ReadToEndAsync();
            Pump(outputs, () => ffmpeg.HasExited);
            Pump(outputs, () => hashes.IsCompleted);
            Assert.Equal(5, Of(hashes).Split('\n').Count(line => line.StartsWith("0,", StringComparison.Ordinal)));
            bool told = false;
            Pump(outputs, () => told |= outputs.TryTakeMessage(out string message) && message.Contains("another reader", StringComparison.Ordinal));
        }
        // Without the FIFO it ends, and makes no ordinary file in its place.
        Task<FileStream> reading = Task.Run(() => new FileStream(path, FileMode.Open, FileAccess.Read));
        Pump(outputs, () => reading.IsCompleted);
        File.Delete(path);
        Of(reading).Dispose();
        string? end = null;
        Pump(outputs, () => outputs.TryTakeMessage(out string message) && (end = message).Length > 0);
        Assert.DoesNotContain("another reader", end, StringComparison.Ordinal);
        Assert.False(File.Exists(path));
    }

    [Fact]
    public void ABrowserSeesTheShowAndOneThatDoesNotReadHindersNobody()
    {
        using ShowOutputs outputs = Open(new OutputSettings { StreamPort = 0 });
        using var http = new HttpClient { BaseAddress = new Uri($"http://localhost:{outputs.Port}/") };
        using var stalled = new TcpClient("localhost", outputs.Port!.Value);
        stalled.Client.Send("GET /preview.mjpg HTTP/1.1\r\n\r\n"u8);

        Task<byte[]> frame = http.GetByteArrayAsync(new Uri("frame.jpg", UriKind.Relative), TestContext.Current.CancellationToken);
        Pump(outputs, () => frame.IsCompleted);
        string picture = Path.Combine(_folder, "frame.jpg");
        File.WriteAllBytes(picture, Of(frame));
        Assert.Equal($"{Width},{Height}", Run(FFmpegTools.Find().FFprobePath, "-v", "error", "-show_entries", "stream=width,height", "-of", "csv=p=0", picture).Trim());

        Task<int> moving = CountParts(http, 10);
        Pump(outputs, () => moving.IsCompleted);
        Assert.Equal(10, Of(moving));

        Assert.Contains("preview.mjpg", Of(http.GetStringAsync(new Uri("/", UriKind.Relative), TestContext.Current.CancellationToken)), StringComparison.Ordinal);
        using HttpResponseMessage nothing = Of(http.GetAsync(new Uri("nothing", UriKind.Relative), TestContext.Current.CancellationToken));
        Assert.Equal(HttpStatusCode.NotFound, nothing.StatusCode);
        Assert.Equal(0, outputs.Dropped);
    }

    [Fact]
    public void TakingPicturesAllocatesNothing()
    {
        using ShowOutputs outputs = Open(new OutputSettings { Pipe = Path.Combine(_folder, "show.yuv"), StreamPort = 0 });
        Pump(outputs, () => outputs.Written > 20);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 200; i++)
            outputs.Take(_pattern.Draw(null, _frame, _frame / 30.0, ""), _frame++);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void WhatCannotWorkIsToldBeforeTheShow()
    {
        Assert.Contains("modprobe v4l2loopback", Assert.Throws<AInimException>(() => new OutputSettings { Device = "/dev/video987" }.Check(Width, Height)).Message, StringComparison.Ordinal);
        Assert.Contains("even size", Assert.Throws<AInimException>(() => new OutputSettings { StreamPort = 1 }.Check(321, Height)).Message, StringComparison.Ordinal);
        Assert.Contains("does not exist", Assert.Throws<AInimException>(() => new OutputSettings { Pipe = Path.Combine(_folder, "no", "where.nut") }.Check(Width, Height)).Message, StringComparison.Ordinal);
        using ShowOutputs first = Open(new OutputSettings { StreamPort = 0 });
        Assert.Contains("--stream", Assert.Throws<AInimException>(() => Open(new OutputSettings { StreamPort = first.Port })).Message, StringComparison.Ordinal);
    }

    private ShowOutputs Open(OutputSettings settings) => ShowOutputs.Open(_context, settings, Width, Height, s_fps)!;

    /// <summary>Shows pictures until it is so.</summary>
    private void Pump(ShowOutputs outputs, Func<bool> so)
    {
        long start = Stopwatch.GetTimestamp();
        while (!so())
        {
            Assert.True(Stopwatch.GetElapsedTime(start).TotalSeconds < 30, "what was waited for did not happen");
            outputs.Take(_pattern.Draw(null, _frame, _frame / 30.0, ""), _frame++);
            Deadline.Wait(Stopwatch.GetTimestamp() + Stopwatch.Frequency / 100);
        }
    }

    private static async Task<int> CountParts(HttpClient http, int wanted)
    {
        using Stream stream = await http.GetStreamAsync(new Uri("preview.mjpg", UriKind.Relative)).ConfigureAwait(false);
        using var reader = new StreamReader(stream, Encoding.Latin1);
        int parts = 0;
        while (parts < wanted && await reader.ReadLineAsync().ConfigureAwait(false) is { } line)
            parts += line == "Content-Type: image/jpeg" ? 1 : 0;
        return parts;
    }

    private static string Probe(string path) => Run(FFmpegTools.Find().FFprobePath, "-v", "error", "-select_streams", "v", "-show_entries", "packet=pts_time", "-of", "csv=p=0", path);

    private static T Of<T>(Task<T> task) => task.GetAwaiter().GetResult();

    private static string Run(string program, params string[] words)
    {
        using Process process = Start(program, words);
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
        return output;
    }

    private static Process Start(string program, params string[] words) => Process.Start(new ProcessStartInfo(program, words) { RedirectStandardOutput = true })!;
}
