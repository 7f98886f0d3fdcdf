using AInimEngine.Core.Frames;
using AInimEngine.Core.Time;

namespace AInimEngine.Core.Tests.Frames;

public sealed class FrameLayoutTests
{
    private static FrameField Field(string name, int length) => new(name, length, "", 0, 1, "A field.");

    private static FrameLayout Layout() => new([Field("bass", 1), Field("latent", 12), Field("post.bloom.strength", 1)]);

    [Fact]
    public void FieldsLieOneAfterAnother()
    {
        FrameLayout layout = Layout();
        Assert.Equal(14, layout.Size);
        Assert.Equal((0, 1, 13), (layout.OffsetOf("bass"), layout.OffsetOf("latent"), layout.OffsetOf("post.bloom.strength")));
    }

    [Fact]
    public void AnUnknownFieldIsRefusedWithAListOfThoseThereAre()
    {
        KeyNotFoundException error = Assert.Throws<KeyNotFoundException>(() => Layout().OffsetOf("treble"));
        Assert.Contains("'treble'", error.Message, StringComparison.Ordinal);
        Assert.Contains("bass, latent, post.bloom.strength", error.Message, StringComparison.Ordinal);
        Assert.False(Layout().TryGetOffset("treble", out _));
    }

    [Fact]
    public void TwoFieldsOfOneNameAreRefused() =>
        Assert.Throws<ArgumentException>(() => new FrameLayout([Field("bass", 1), Field("bass", 2)]));

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public void AFieldWithoutLengthIsRefused(int length) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new FrameLayout([Field("bass", length)]));

    [Fact]
    public void LookingUpAnOffsetAllocatesNothing()
    {
        FrameLayout layout = Layout();
        layout.TryGetOffset("latent", out _);
        long before = GC.GetAllocatedBytesForCurrentThread();
        layout.TryGetOffset("latent", out int offset);
        layout.TryGetOffset("nothing", out _);
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
        Assert.Equal(1, offset);
    }

    [Fact]
    public void FramesCopyValuesAndInstants()
    {
        FrameLayout layout = Layout();
        var source = new ControlFrame(layout) { Time = new FrameTime(7, new Rational(30000, 1001)) };
        source.Values[13] = 0.5f;
        var copy = new ControlFrame(layout);
        copy.CopyFrom(source);
        source.Values[13] = 0;
        Assert.Equal((0.5f, source.Time), (copy.Values[13], copy.Time));

        var heard = new FeatureFrame(layout) { FirstSample = 1602, SampleCount = 1601 };
        var kept = new FeatureFrame(layout);
        kept.CopyFrom(heard);
        Assert.Equal((1602L, 1601), (kept.FirstSample, kept.SampleCount));
    }

    [Fact]
    public void AnAudioBlockCountsSamplesPerChannel()
    {
        var block = new AudioBlock(new float[12], 48000, 2, 96000);
        Assert.Equal((6, 2, 48000, 96000L), (block.Length, block.Channels, block.SampleRate, block.FirstSample));
    }
}
