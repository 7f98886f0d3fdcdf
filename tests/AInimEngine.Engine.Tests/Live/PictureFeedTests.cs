using AInimEngine.Core.Errors;
using AInimEngine.Core.Time;
using AInimEngine.Engine.Live.Outputs;
using AInimEngine.Engine.Tests.Support;
using AInimEngine.Media;
using AInimEngine.Media.Streaming;

namespace AInimEngine.Engine.Tests.Live;

/// <summary>Programs that take no pictures, make nonsense, or do not even start.</summary>
public sealed class PictureFeedTests
{
    private const int Width = 64, Height = 64;

    private readonly PicturePool _pool = new(4, Width * Height * 3 / 2);

    [Fact]
    public void AReaderThatHangsIsNotWaitedForWithoutEnd()
    {
        using var gate = new ManualResetEventSlim();
        using var hangs = new ManualResetEventSlim();
        using var left = new ManualResetEventSlim();
        using (var feed = new PictureFeed("hangs", _pool, Raw, read: _ =>
        {
            hangs.Set();
            gate.Wait(TestContext.Current.CancellationToken);
            left.Set();
        }))
        {
            Offer(feed);
            hangs.Wait(TestContext.Current.CancellationToken);
        }
        // It has ended with the reader still inside.
        Assert.False(left.IsSet);
        gate.Set();
        left.Wait(TestContext.Current.CancellationToken);
    }

    [Fact]
    public void AReaderThatFailsEndsTheFeedAndNothingElse()
    {
        using var feed = new PictureFeed("fails", _pool, Raw, read: _ => throw new AInimException(ExitCode.Internal, "nonsense"));
        Waiting.Until(() =>
        {
            Offer(feed);
            return feed.IsOver;
        }, "the end of the feed");
        Assert.NotNull(feed.TakeMessage());
    }

    [Fact]
    public void WhatDoesNotStartIsTriedAgainWhileThatIsWantedAndNotAtOnce()
    {
        int starts = 0;
        bool again = true;
        using var feed = new PictureFeed("starts", _pool, () =>
        {
            Interlocked.Increment(ref starts);
            throw new AInimException(ExitCode.Environment, "no such program");
        }, () => Volatile.Read(ref again));
        string? said = null;
        Waiting.Until(() => (said = feed.TakeMessage()) is not null, "the first failure");
        Assert.Equal("no such program; waiting for another reader", said);
        // Told after the rest, so that there is one more at most.
        Assert.InRange(Volatile.Read(ref starts), 1, 2);
        Volatile.Write(ref again, false);
        Waiting.Until(() => feed.IsOver, "the end");
    }

    private static PictureStream Raw() => PictureStream.Start(PictureStreamKind.Raw, null, Width, Height, new Rational(30, 1), FFmpegTools.Find());

    private void Offer(PictureFeed feed)
    {
        if (!_pool.TryTake(out OutputPicture? picture))
            return;
        feed.Offer(picture!);
        _pool.Release(picture!);
    }
}
