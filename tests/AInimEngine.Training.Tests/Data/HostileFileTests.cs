using AInimEngine.Core.Errors;
using AInimEngine.Training.Data;

namespace AInimEngine.Training.Tests.Data;

public sealed class HostileFileTests : IDisposable
{
    private readonly PictureFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void OneBrokenFileInTenIsSkippedAndNamedAndTheOthersAreWhole()
    {
        _folder.Fill(20);
        _folder.Make("whole.jpg", "-f", "lavfi", "-i", "testsrc2=s=64x64", "-frames:v", "1", "-q:v", "2");
        byte[] jpeg = File.ReadAllBytes(_folder["whole.jpg"]);
        _folder.Write("cut.jpg", jpeg[..(jpeg.Length / 2)]);
        byte[] damaged = [.. jpeg];
        for (int i = jpeg.Length / 2; i < jpeg.Length - 2; i++)
            damaged[i] = (byte)(damaged[i] ^ 0x5A) is 0xFF ? (byte)0 : (byte)(damaged[i] ^ 0x5A);
        _folder.Write("damaged.jpg", damaged);
        using TrainingData alone = _folder.Build(32);
        Assert.Equal(["cut.jpg", "damaged.jpg"], alone.Report.Skipped.Select(file => file.Name));
        Assert.Equal("the file is cut off", alone.Report.Skipped[0].Reason);
        Assert.Equal((23, 21), (alone.Report.Found, alone.Report.Used));

        // Those that shared an ffmpeg with the broken ones came out as without them.
        File.Delete(_folder["cut.jpg"]);
        File.Delete(_folder["damaged.jpg"]);
        using TrainingData clean = _folder.Build(32);
        Assert.Empty(clean.Report.Skipped);
        Assert.Equal(clean.Set.Hash, alone.Set.Hash);
    }

    [Fact]
    public void WhatIsNoPictureIsSaidByName()
    {
        _folder.Fill(12);
        var pixels = new ushort[3];
        byte[] huge = PictureBytes.Png(1, 1, 3, pixels);
        (huge[17], huge[18], huge[19], huge[21], huge[22], huge[23]) = (1, 0x86, 0xA0, 1, 0x86, 0xA0); // 100000x100000
        _folder.Write("huge.png", huge);
        _folder.Write("archive.jpg", [.. "PK\x03\x04"u8, .. new byte[100]]);
        _folder.Write("phone.heic", [0, 0, 0, 24, .. "ftypheic"u8, .. new byte[100]]);
        _folder.Write("web.avif", [0, 0, 0, 24, .. "ftypavif"u8, .. new byte[100]]);
        _folder.Write("camera.NEF", [.. "II*\0"u8, .. new byte[100]]);
        _folder.Write("notes.txt", "some words"u8.ToArray());
        _folder.Write("empty.jpg", []);
        _folder.Write(".hidden.jpg", [1, 2, 3]);
        Assert.True(PictureFolder.Run("mkfifo", _folder["pipe.jpg"]));
        File.CreateSymbolicLink(_folder["device.png"], "/dev/zero");
        File.CreateSymbolicLink(_folder["nowhere.png"], "/nowhere/at/all.png");
        Directory.CreateSymbolicLink(_folder["loop"], _folder.Pictures);
        using TrainingData data = _folder.Build(16);
        Dictionary<string, string> reasons = data.Report.Skipped.ToDictionary(file => file.Name, file => file.Reason);
        Assert.Contains("100000x100000 pixels", reasons["huge.png"], StringComparison.Ordinal);
        Assert.StartsWith("a zip archive is not read here", reasons["archive.jpg"], StringComparison.Ordinal);
        Assert.StartsWith("HEIC is not read here: save it as JPEG", reasons["phone.heic"], StringComparison.Ordinal);
        Assert.StartsWith("AVIF is not read here", reasons["web.avif"], StringComparison.Ordinal);
        Assert.StartsWith("a camera's raw format", reasons["camera.NEF"], StringComparison.Ordinal);
        Assert.Equal("no picture", reasons["notes.txt"]);
        Assert.Contains("empty", reasons["empty.jpg"], StringComparison.Ordinal);
        Assert.Contains("pipe or device", reasons["pipe.jpg"], StringComparison.Ordinal);
        Assert.Contains("device.png", reasons.Keys);
        Assert.Contains("nowhere.png", reasons.Keys);
        Assert.StartsWith("a link that leads back", reasons["loop/"], StringComparison.Ordinal);
        Assert.Equal(11, reasons.Count);
        Assert.Equal(12, data.Report.Used);
    }

    [Fact]
    public void EveryCutOfAFileIsRefusedWithAReasonAndNotWithAFault()
    {
        _folder.Make("a.jpg", "-f", "lavfi", "-i", "testsrc2=s=48x48", "-frames:v", "1");
        _folder.Make("a.webp", "-f", "lavfi", "-i", "testsrc2=s=48x48", "-frames:v", "1", "-c:v", "libwebp", "-f", "webp");
        _folder.Make("a.tiff", "-f", "lavfi", "-i", "testsrc2=s=48x48", "-frames:v", "1");
        byte[] profiled = PictureBytes.Flat(16, 1, 2, 3, PictureBytes.Iccp(PictureBytes.Icc(2, 1, 1, 1, 1, 1, 1, 1, 1, 1)));
        foreach (byte[] whole in new[] { "a.jpg", "a.webp", "a.tiff" }.Select(name => File.ReadAllBytes(_folder[name])).Append(profiled))
        {
            for (int length = 0; length < whole.Length; length += 1 + length / 40)
            {
                // A cut TIFF may keep its head: then the decoder says it. The others are refused at sight.
                Exception? error = Record.Exception(() => AInimEngine.Media.Pictures.PictureInfo.Read(whole.AsSpan(0, length)));
                Assert.True(error is InvalidDataException || error is null && whole[0] == 'I', $"{length} of {whole.Length}: {error}");
            }
        }
    }

    [Fact]
    public void PicturesInsideOrBehindAPictureAreIgnored()
    {
        _folder.Fill(12);
        _folder.Make("plain.jpg", "-f", "lavfi", "-i", "testsrc2=s=64x64", "-frames:v", "1", "-q:v", "2");
        _folder.Make("thumb.jpg", "-f", "lavfi", "-i", "color=red:s=64x64", "-frames:v", "1");
        byte[] plain = File.ReadAllBytes(_folder["plain.jpg"]), other = File.ReadAllBytes(_folder["thumb.jpg"]);
        // A thumbnail in the EXIF block, as cameras write; a second picture behind the end, as phones write.
        _folder.Write("camera.jpg", PictureBytes.WithSegment(plain, 0xE1, [.. "Exif\0\0"u8, .. PictureBytes.Exif(1, bigEndian: false), .. other]));
        _folder.Write("phone.jpg", [.. plain, .. other]);
        using TrainingData data = _folder.Build(32);
        Assert.Equal([new PicturePair("phone.jpg", "camera.jpg"), new PicturePair("plain.jpg", "camera.jpg")], data.Report.Duplicates);
        Assert.Empty(data.Report.Skipped);
    }

    [Fact]
    public void ADecoderThatTakesTooLongIsStopped()
    {
        _folder.Fill(12);
        AInimException error = Assert.Throws<AInimException>(() => _folder.Build(16, s => s with { PictureLimit = TimeSpan.FromMilliseconds(1) }));
        Assert.Contains("takes longer than 0.001 s to decode", error.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(_folder.Cache)); // nothing half made is left
    }

    [Fact]
    public void StoppingLeavesNothingBehind()
    {
        _folder.Fill(12);
        using var stop = new CancellationTokenSource();
        var builder = new TrainingSetBuilder(_folder.Cache);
        Assert.Throws<OperationCanceledException>(() => builder.Build(new DataSettings(_folder.Pictures, 16), new StopAt(DataStage.Reading, stop), stop.Token));
        Assert.Empty(Directory.GetFiles(_folder.Cache));
    }

    private sealed class StopAt(DataStage stage, CancellationTokenSource source) : IProgress<DataProgress>
    {
        public void Report(DataProgress value)
        {
            if (value.Stage == stage)
                source.Cancel();
        }
    }
}
