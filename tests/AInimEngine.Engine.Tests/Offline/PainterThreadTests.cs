using AInimEngine.Core.Errors;
using AInimEngine.Engine.Offline;
using AInimEngine.Engine.Tests.Support;
using AInimEngine.Mapping;

namespace AInimEngine.Engine.Tests.Offline;

[Collection(Pictures.One)]
public sealed class PainterThreadTests
{
    [Fact]
    public async Task WhatMakingThePainterThrowsIsThrown()
    {
        var error = await Assert.ThrowsAsync<AInimException>(() => PainterThread.StartAsync(() => throw new AInimException(ExitCode.Environment, "no EGL")));
        Assert.Equal("no EGL", error.Message);
    }

    [Fact]
    public async Task JobsRunInOrderOnOneNamedThreadAndAFailureEndsOnlyItsJob()
    {
        using Scene scene = Scene.Load("drift", 64, 36, null);
        Mapper mapper = scene.CreateMapper();
        Thread? made = null;
        var order = new List<(int Job, Thread Thread)>();
        using (PainterThread painter = await PainterThread.StartAsync(() =>
        {
            made = Thread.CurrentThread;
            return new FramePainter(scene, mapper.Layout, 64, 36, new StageTimes());
        }))
        {
            Task[] jobs = [.. Enumerable.Range(0, 20).Select(i => painter.RunAsync(_ =>
            {
                order.Add((i, Thread.CurrentThread));
                if (i == 5)
                    throw new InvalidOperationException("five");
            }))];
            Assert.Equal("five", (await Assert.ThrowsAsync<InvalidOperationException>(() => Task.WhenAll(jobs))).Message);
            Assert.Equal(19, jobs.Count(job => job.IsCompletedSuccessfully));
        }
        Assert.Equal(Enumerable.Range(0, 20), order.Select(entry => entry.Job));
        Assert.All(order, entry => Assert.Same(made, entry.Thread));
        Assert.Equal("ainim render", made!.Name);
        Assert.False(made.IsAlive);
    }
}
