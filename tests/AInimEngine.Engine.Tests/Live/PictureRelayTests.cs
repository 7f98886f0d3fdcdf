using AInimEngine.Core.Frames;
using AInimEngine.Core.Imaging;
using AInimEngine.Engine.Live;

namespace AInimEngine.Engine.Tests.Live;

public sealed class PictureRelayTests
{
    private static readonly FrameLayout s_layout = new([new FrameField("latent", 1, "", -1, 1, "")]);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [Fact]
    public void TheNewestWishIsMadeAndThoseBetweenAreNot()
    {
        using var begun = new SemaphoreSlim(0);
        using var go = new SemaphoreSlim(0);
        using var made = new SemaphoreSlim(0);
        var seen = new List<float>();
        using (var relay = new PictureRelay(Decode, s_layout, 8, 8))
        {
            Ask(relay, 1);
            Assert.True(begun.Wait(Patience));
            for (int i = 2; i <= 5; i++)
                Ask(relay, i);
            go.Release(2);
            Assert.True(made.Wait(Patience) && made.Wait(Patience));
        }
        Assert.Equal([1, 5], seen);

        void Decode(ControlFrame frame, Image picture)
        {
            begun.Release();
            go.Wait(Patience, TestContext.Current.CancellationToken);
            seen.Add(frame.Values[0]);
            made.Release();
        }
    }

    [Fact]
    public void AThreadThatFailedStillFreesWhatItIsLeftWith()
    {
        using var relay = new PictureRelay((_, _) => { }, s_layout, 8, 8) { Made = (_, _) => throw new InvalidOperationException("broken") };
        Ask(relay, 1);
        Wait(() => relay.Failure == "broken");
        using var rest = new Rest();
        relay.Leave(rest);
        Wait(() => relay.HasLeft);
        Assert.True(rest.IsFreed);
    }

    [Fact]
    public void AFailureKeepsTheLastPictureAndIsToldUntilOneSucceeds()
    {
        using var made = new SemaphoreSlim(0);
        using var relay = new PictureRelay(Decode, s_layout, 8, 8);
        Ask(relay, 1);
        Wait(() => relay.Pictures == 1);
        Assert.True(relay.TryTake(out Image first));
        Assert.Equal(1, first.Bytes[0]);
        Ask(relay, -1);
        Wait(() => relay.Failures == 1);
        Assert.Equal("no", relay.Failure);
        Assert.False(relay.TryTake(out Image still));
        Assert.Equal(1, still.Bytes[0]);
        Ask(relay, 2);
        Wait(() => relay.Pictures == 2);
        Assert.Null(relay.Failure);
        Assert.True(relay.TryTake(out Image second));
        Assert.Equal(2, second.Bytes[0]);

        static void Decode(ControlFrame frame, Image picture)
        {
            if (frame.Values[0] < 0)
                throw new InvalidOperationException("no");
            picture.Bytes.Fill((byte)frame.Values[0]);
        }
    }

    private static void Wait(Func<bool> until) => Assert.True(SpinWait.SpinUntil(until, Patience));

    private static void Ask(PictureRelay relay, float value)
    {
        var frame = new ControlFrame(s_layout);
        frame.Values[0] = value;
        relay.Ask(frame, (long)value);
    }

    private sealed class Rest : IDisposable
    {
        public bool IsFreed { get; private set; }

        public void Dispose() => IsFreed = true;
    }
}
