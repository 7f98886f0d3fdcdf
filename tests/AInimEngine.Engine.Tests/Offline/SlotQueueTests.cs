using AInimEngine.Engine.Offline;

namespace AInimEngine.Engine.Tests.Offline;

public sealed class SlotQueueTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private sealed class Box
    {
        public int Value { get; set; }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void WhatIsPublishedIsTakenInOrderAndSlotsAreReused(int slots)
    {
        const int count = 20_000;
        Box[] boxes = [.. Enumerable.Range(0, slots).Select(_ => new Box())];
        using var queue = new SlotQueue<Box>(boxes);
        int returned = 0, ahead = 0;
        var producer = Start(() =>
        {
            for (int i = 0; i < count; i++)
            {
                queue.Rent(default).Value = i;

                // Counted before a slot is given back, so that a queue that keeps its bound can never seem to break it.
                ahead = Math.Max(ahead, i + 1 - Volatile.Read(ref returned));
                queue.Publish();
            }
        });
        for (int i = 0; i < count; i++)
        {
            Box taken = queue.Take(default);
            Assert.Equal(i, taken.Value);
            Assert.Same(boxes[i % slots], taken);
            Volatile.Write(ref returned, i + 1);
            queue.Return();
        }
        Assert.True(producer.Join(Patience));
        Assert.InRange(ahead, 1, slots);
    }

    [Fact]
    public void AProducerWaitsWhenAllSlotsAreFilledAndGoesOnWhenOneIsReturned()
    {
        using var queue = new SlotQueue<Box>(new Box(), new Box());
        using var full = new ManualResetEventSlim();
        int rented = 0;
        var producer = Start(() =>
        {
            for (int i = 0; i < 3; i++)
            {
                if (i == 2)
                    full.Set();
                queue.Rent(default);
                Interlocked.Increment(ref rented);
                queue.Publish();
            }
        });
        Assert.True(full.Wait(Patience));
        WaitUntilBlocked(producer);
        Assert.Equal(2, Volatile.Read(ref rented));

        queue.Take(default);
        Assert.Equal(2, Volatile.Read(ref rented));
        queue.Return();
        Assert.True(producer.Join(Patience));
        Assert.Equal(3, rented);
    }

    [Fact]
    public void AConsumerWaitsUntilSomethingIsPublished()
    {
        using var queue = new SlotQueue<Box>(new Box());
        int seen = -1;
        var consumer = Start(() => seen = queue.Take(default).Value);
        WaitUntilBlocked(consumer);
        queue.Rent(default).Value = 7;
        Assert.False(consumer.Join(0));
        queue.Publish();
        Assert.True(consumer.Join(Patience));
        Assert.Equal(7, seen);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void CancellingWakesWhoeverWaitsAndLosesNoSlot(bool producer)
    {
        using var queue = new SlotQueue<Box>(new Box());
        using var stop = new CancellationTokenSource();
        if (producer)
        {
            queue.Rent(default).Value = 1;
            queue.Publish();
        }
        Exception? thrown = null;
        var waiting = Start(() => thrown = Record.Exception(() => producer ? queue.Rent(stop.Token) : queue.Take(stop.Token)));
        WaitUntilBlocked(waiting);
        stop.Cancel();
        Assert.True(waiting.Join(Patience));
        Assert.Equal(stop.Token, Assert.IsType<OperationCanceledException>(thrown).CancellationToken);

        if (!producer)
        {
            queue.Rent(default).Value = 1;
            queue.Publish();
        }
        Assert.Equal(1, queue.Take(default).Value);
        queue.Return();
        queue.Rent(default).Value = 2;
        queue.Publish();
        Assert.Equal(2, queue.Take(default).Value);
    }

    [Fact]
    public void HandingOverAllocatesNothingOnceWarm()
    {
        const int warm = 2_000, count = 20_000;
        using var queue = new SlotQueue<Box>(new Box(), new Box());
        using var stop = new CancellationTokenSource();
        CancellationToken token = stop.Token;
        long producerBytes = -1;
        var producer = Start(() =>
        {
            long before = 0;
            for (int i = 0; i < count; i++)
            {
                if (i == warm)
                    before = GC.GetAllocatedBytesForCurrentThread();
                queue.Rent(token).Value = i;
                queue.Publish();
            }
            producerBytes = GC.GetAllocatedBytesForCurrentThread() - before;
        });
        long start = 0;
        for (int i = 0; i < count; i++)
        {
            if (i == warm)
                start = GC.GetAllocatedBytesForCurrentThread();
            queue.Take(token);
            queue.Return();
        }
        long consumerBytes = GC.GetAllocatedBytesForCurrentThread() - start;
        Assert.True(producer.Join(Patience));
        Assert.Equal((0L, 0L), (producerBytes, consumerBytes));
    }

    [Fact]
    public void AQueueWithoutSlotsIsRefused() => Assert.Throws<ArgumentOutOfRangeException>(() => new SlotQueue<Box>());

    private static Thread Start(Action work)
    {
        var thread = new Thread(() => work()) { IsBackground = true };
        thread.Start();
        return thread;
    }

    private static void WaitUntilBlocked(Thread thread) =>
        Assert.True(SpinWait.SpinUntil(() => (thread.ThreadState & ThreadState.WaitSleepJoin) != 0, Patience), "it waits");
}
