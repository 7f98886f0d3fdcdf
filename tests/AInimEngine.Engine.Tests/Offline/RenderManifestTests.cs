using AInimEngine.Engine.Offline;

namespace AInimEngine.Engine.Tests.Offline;

public sealed class RenderManifestTests
{
    [Theory]
    [InlineData(1, 150, 1, 1)]
    [InlineData(149, 150, 1, 149)]
    [InlineData(150, 150, 1, 150)]
    [InlineData(151, 150, 1, 151)]
    [InlineData(157, 150, 1, 157)]
    [InlineData(158, 150, 2, 8)]
    [InlineData(307, 150, 2, 157)]
    [InlineData(300, 150, 2, 150)]
    [InlineData(5, 1, 5, 1)]
    [InlineData(25_920_001, 300, 86_400, 301)]
    [InlineData(0, 150, 0, 0)]
    public void SegmentsCoverTheVideoAndTheLastIsNeverTooShortForAnEncoder(long frames, int segmentFrames, int segments, long last)
    {
        var manifest = new RenderManifest("x", frames, segmentFrames, ".mkv", new Dictionary<string, string>());
        Assert.Equal(segments, manifest.SegmentCount);
        long sum = 0;
        for (int i = 0; i < segments; i++)
        {
            Assert.Equal(i == segments - 1 ? last : segmentFrames, manifest.FramesOf(i));
            sum += manifest.FramesOf(i);
        }
        Assert.Equal(frames, sum);
    }
}
