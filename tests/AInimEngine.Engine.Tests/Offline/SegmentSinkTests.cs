using AInimEngine.Core.Time;
using AInimEngine.Engine.Offline;
using AInimEngine.Engine.Tests.Support;
using AInimEngine.Media.Video;

namespace AInimEngine.Engine.Tests.Offline;

public sealed class SegmentSinkTests : IDisposable
{
    private const int Width = 64, Height = 36;
    private static readonly RenderManifest Manifest = new("sink", 150, 100, ".mkv", new Dictionary<string, string>());
    private readonly ScratchFolder _scratch = new();
    private readonly VideoSlot _slot = new(Width, Height);

    public void Dispose()
    {
        _slot.Dispose();
        _scratch.Dispose();
    }

    [Theory]
    [InlineData(VideoCodec.Ffv1)]
    [InlineData(VideoCodec.H264)]
    public void AFrameWithinASegmentAllocatesNothing(VideoCodec codec)
    {
        using SegmentSink sink = Sink(codec, hash: false, out _);
        Write(sink, 20);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Write(sink, 60);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void ASegmentIsRecordedWithItsLastFrameAndNotBefore()
    {
        using SegmentSink sink = Sink(VideoCodec.Ffv1, hash: true, out WorkFolder folder);
        Write(sink, 99);
        Assert.Null(folder.ReadRecord(0));
        Assert.False(File.Exists(folder.SegmentPath(0, ".mkv")));
        Write(sink, 1);
        SegmentRecord record = folder.ReadRecord(0)!;
        Assert.Equal((100, new FileInfo(folder.SegmentPath(0, ".mkv")).Length), (record.FrameCount, record.Bytes));
        Assert.Equal(100, record.Hashes.Count);
        Write(sink, 50);
        Assert.Equal(50, folder.ReadRecord(1)!.FrameCount);
        Assert.Equal(2, folder.CompleteSegments(Manifest));
    }

    [Fact]
    public void AnUnfinishedSegmentIsDropped()
    {
        WorkFolder folder;
        using (SegmentSink sink = Sink(VideoCodec.Ffv1, hash: false, out folder))
            Write(sink, 130);
        Assert.Null(folder.ReadRecord(1));
        Assert.Single(Directory.EnumerateFiles(folder.FullPath), path => Path.GetFileName(path).Contains(".mkv", StringComparison.Ordinal));
    }

    private SegmentSink Sink(VideoCodec codec, bool hash, out WorkFolder folder)
    {
        folder = WorkFolder.Open(_scratch["film.mkv"], Manifest, overwrite: false, out _);
        return new SegmentSink(folder, Manifest, new EncoderSettings(Width, Height, new Rational(30, 1), codec), hash, 0, new StageTimes());
    }

    private void Write(SegmentSink sink, int frames)
    {
        for (int i = 0; i < frames; i++)
            sink.Write(_slot);
    }
}
