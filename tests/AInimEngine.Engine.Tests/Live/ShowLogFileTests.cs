using System.Diagnostics;
using System.Runtime.InteropServices;
using AInimEngine.Analysis;
using AInimEngine.Core.Errors;
using AInimEngine.Core.Time;
using AInimEngine.Engine.Live.Shows;
using AInimEngine.Engine.Tests.Support;
using AInimEngine.Media;

namespace AInimEngine.Engine.Tests.Live;

public sealed class ShowLogFileTests : IDisposable
{
    private static readonly LogHead s_head = new("1.0", "driver", "screen", 320, 180, new Rational(30, 1), true);

    private readonly ScratchFolder _scratch = new();

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public void RecordsComeInOrderAlsoRoundTheEndOfTheBufferAndWhatFindsNoRoomIsCounted()
    {
        using var buffer = new LogBuffer(100);
        byte[] record = new byte[1];
        for (int i = 0; i < 50; i++)
        {
            Assert.True(buffer.TryWrite(LogKind.Sound, [(byte)i], [1, 2, 3]));
            Assert.True(buffer.TryWrite(LogKind.Event, new byte[i % 40]));
            Assert.True(buffer.TryRead(ref record, out LogKind kind, out int length));
            Assert.Equal((LogKind.Sound, 4), (kind, length));
            Assert.Equal([(byte)i, 1, 2, 3], record[..4]);
            Assert.True(buffer.TryRead(ref record, out kind, out length));
            Assert.Equal((LogKind.Event, i % 40), (kind, length));
        }
        Assert.False(buffer.TryRead(ref record, out _, out _));
        Assert.True(buffer.TryWrite(LogKind.Frame, new byte[60]));
        Assert.False(buffer.TryWrite(LogKind.Frame, new byte[60]));
        Assert.Equal(1, buffer.Lost);
        record = new byte[60];
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 1000; i++)
        {
            buffer.TryRead(ref record, out _, out _);
            buffer.TryWrite(LogKind.Frame, record.AsSpan(0, 60));
        }
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
        buffer.Close();
        Assert.False(buffer.TryWrite(LogKind.Frame, default));
    }

    [Fact]
    public void ALogThatIsCutAnywhereGivesItsWholeRecordsAndSaysWhatIsLeft()
    {
        byte[] whole = Make(Frame(3), Frame(5), Frame(6));
        int[] ends = Ends(whole);
        string path = _scratch["cut.log"];
        for (int length = ends[0]; length < whole.Length; length++)
        {
            File.WriteAllBytes(path, whole[..length]);
            using LogReader reader = LogReader.Open(path);
            int frames = 0;
            while (reader.Read(out LogKind kind, out ReadOnlySpan<byte> content))
            {
                Assert.Equal(LogKind.Frame, kind);
                Assert.Equal(frames switch { 0 => 3, 1 => 5, _ => 6 }, LogFrame.FrameOf(content));
                frames++;
            }
            int records = ends.Count(end => end <= length);
            Assert.Equal(records - 1, frames);
            Assert.Equal(length - ends[records - 1], reader.Broken);
        }
    }

    [Fact]
    public void NoSpoiltByteIsTakenForSomethingElse()
    {
        byte[] whole = Make(Frame(3), (LogKind.Event, new byte[5000]), Frame(5));
        string path = _scratch["spoilt.log"];
        var random = new Random(5);
        for (int i = 0; i < 400; i++)
        {
            byte[] spoilt = [.. whole];
            spoilt[random.Next(spoilt.Length)] ^= (byte)random.Next(1, 256);
            File.WriteAllBytes(path, spoilt);
            try
            {
                using LogReader reader = LogReader.Open(path);
                Assert.Equal(s_head, reader.Head);
                while (reader.Read(out LogKind kind, out ReadOnlySpan<byte> content))
                    if (kind == LogKind.Frame)
                        Assert.True(LogFrame.FrameOf(content) is 3 or 5);
                Assert.True(reader.Broken > 0);
            }
            catch (AInimException error)
            {
                Assert.Equal(ExitCode.Input, error.ExitCode);
            }
        }
    }

    public static TheoryData<string, byte[][]> Lies => new()
    {
        { "picture 4 comes after picture 4", [Frame(4).Content, Frame(4).Content] },
        { "there is no frame -7", [Frame(-7).Content] },
        { "a record is shorter than it says", [[1, 2, 3]] },
        { "longer than 48 hours", [Frame(0).Content, Frame(1L << 39).Content] },
    };

    [Theory]
    [MemberData(nameof(Lies))]
    public void AWholeRecordThatLiesIsRefused(string says, byte[][] frames)
    {
        string path = _scratch["lie.log"];
        File.WriteAllBytes(path, Make([.. frames.Select(frame => (LogKind.Frame, frame))]));
        AInimException error = Assert.Throws<AInimException>(() => ShowIndex.Read(path, CancellationToken.None));
        Assert.Equal(ExitCode.Input, error.ExitCode);
        Assert.Contains(says, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void CountsThatNoRecordCouldHoldAreRefusedBeforeAnythingIsMadeForThem()
    {
        byte[] head = new byte[LogPicture.HeadSize];
        LogPicture.PackHead(head, 1, 2, 2, LogDeck.MostControls);
        Assert.Throws<InvalidDataException>(() => LogPicture.Unpack(head));
        LogPicture.PackHead(head, 1, 2, 2, int.MaxValue);
        Assert.Throws<InvalidDataException>(() => LogPicture.Unpack(head));
        Assert.Throws<InvalidDataException>(() => LogDeck.Unpack([1, 0, 0, 0, 255, 255, 255, 127]));
        Assert.Throws<InvalidDataException>(() => new LogFrame().Unpack(Frame(7).Content));
        Assert.Throws<InvalidDataException>(() => LogHead.Unpack([]));
    }

    [Fact]
    public void WhatIsNoShowIsRefusedInALine()
    {
        Assert.Contains("no such show", Assert.Throws<AInimException>(() => LogReader.Open(_scratch["nothing"])).Message, StringComparison.Ordinal);
        File.WriteAllText(_scratch["text"], "this is not a show, but long enough to be one");
        Assert.Contains("no show log", Assert.Throws<AInimException>(() => LogReader.Open(_scratch["text"])).Message, StringComparison.Ordinal);
        File.WriteAllBytes(_scratch["empty.log"], Make());
        Assert.Contains("nothing to render", Assert.Throws<AInimException>(() => ShowIndex.Read(_scratch["empty.log"], CancellationToken.None)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void SoundLiesWhereItWasAndHolesAreSilent()
    {
        string path = _scratch["sound.caf"];
        var bytes = new byte[480 * Hop.Channels * 3];
        var samples = new float[480 * Hop.Channels];
        samples.AsSpan().Fill(0.5f);
        ShowSound.Pack(samples, bytes);
        using (var sound = new ShowSound(path, 48_000))
        {
            sound.Add(0.1, bytes);
            sound.Add(0.11, bytes);
            sound.Add(0.3, bytes);
            sound.Add(0.3, bytes); // the same again has no place
            sound.Add(99, bytes);
            sound.Finish();
        }
        using var file = AudioFile.Open(path, new Warnings());
        var read = new float[2 * 96_000];
        int count = 0;
        for (int more; (more = file.Read(read.AsSpan(2 * count))) > 0;)
            count += more;
        Assert.Equal(48_000, count);
        Assert.All(Enumerable.Range(0, count), i => Assert.Equal(i is >= 4800 and < 5760 or >= 14400 and < 14880 ? 0.5 : 0, read[2 * i], 1e-5));
    }

    [Fact]
    public void SoundOfAClockThatDriftsIsStretchedWithoutGapOrClick()
    {
        const int Block = 512, Blocks = 40 * Hop.SampleRate / Block;
        const double Drift = 200e-6, Turn = 2 * Math.PI * 100 / Hop.SampleRate;
        foreach (double drift in (ReadOnlySpan<double>)[Drift, -Drift])
        {
            string path = _scratch["drift.caf"];
            long length = (long)(Blocks * Block * (1 + drift));
            var samples = new float[Block * Hop.Channels];
            var bytes = new byte[samples.Length * 3];
            using (var sound = new ShowSound(path, length))
            {
                for (int block = 0; block < Blocks; block++)
                {
                    for (int i = 0; i < samples.Length; i++)
                        samples[i] = 0.5f * (float)Math.Sin(Turn * (block * Block + i / 2));
                    ShowSound.Pack(samples, bytes);
                    sound.Add((double)block * Block * (1 + drift) / Hop.SampleRate, bytes);
                }
                sound.Finish();
            }
            using var file = AudioFile.Open(path, new Warnings());
            var read = new float[2 * (int)length + 2];
            int count = 0;
            for (int more; (more = file.Read(read.AsSpan(2 * count))) > 0;)
                count += more;
            Assert.Equal(length, count);
            double steepest = 0, loudest = 0;
            for (int i = 1; i < count - 8; i++)
                steepest = Math.Max(steepest, Math.Abs(read[2 * i] - read[2 * (i - 1)]));
            for (int i = count - Hop.SampleRate; i < count - 8; i++)
                loudest = Math.Max(loudest, Math.Abs(read[2 * i] - 0.5 * Math.Sin(Turn * i / (1 + drift))));
            Assert.InRange(steepest, 0, 0.5 * Turn * 1.1); // a joint repeats half a step at most
            Assert.InRange(loudest, 0, 0.5 * Turn * 8);
        }
    }

    [Fact]
    public void AFullDiskIsToldByFlushingAndClosesQuietly()
    {
        string disk = _scratch["disk"];
        Directory.CreateDirectory(disk);
        if (!OperatingSystem.IsLinux() || !Run("mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", disk))
            Assert.Skip("a small disk cannot be mounted here (needs root on Linux)");
        try
        {
            var noise = new byte[200_000];
            new Random(1).NextBytes(noise);
            var file = new LogFile(Path.Combine(disk, LogFile.Name));
            Assert.Throws<IOException>(() =>
            {
                for (int i = 0; i < noise.Length; i += 1000)
                    file.Write(LogKind.Sound, noise.AsSpan(i, 1000));
                file.Flush(toDisk: true);
            });
            file.Dispose();
        }
        finally
        {
            Run("umount", disk);
        }
    }

    [Fact]
    public void ANameThatIsTakenGetsANumber()
    {
        string first = LogFile.MakeFolder(_scratch["night.show"]), second = LogFile.MakeFolder(_scratch["night.show"]);
        Assert.Equal(["night.show", "night-2.show"], [Path.GetFileName(first), Path.GetFileName(second)]);
    }

    private static (LogKind Kind, byte[] Content) Frame(long number) => (LogKind.Frame, MemoryMarshal.AsBytes(new ReadOnlySpan<long>(in number)).ToArray());

    private byte[] Make(params (LogKind Kind, byte[] Content)[] records)
    {
        string path = _scratch["made.log"];
        File.Delete(path);
        var packer = new LogPacker(new byte[64]);
        s_head.Pack(packer);
        using (var file = new LogFile(path))
        {
            file.Write(LogKind.Head, packer.Written);
            foreach ((LogKind kind, byte[] content) in records)
                file.Write(kind, content);
            file.Flush(toDisk: false);
        }
        return File.ReadAllBytes(path);
    }

    private static bool Run(string program, params string[] words)
    {
        using Process process = Process.Start(new ProcessStartInfo(program, words) { RedirectStandardError = true })!;
        process.StandardError.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0;
    }

    private static int[] Ends(byte[] log)
    {
        List<int> ends = [];
        for (int at = LogFile.Magic.Length; at < log.Length;)
            ends.Add(at += 5 + BitConverter.ToInt32(log, at) + 4);
        return [.. ends];
    }
}
