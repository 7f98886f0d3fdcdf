using AInimEngine.Core.Frames;
using AInimEngine.Core.Imaging;
using AInimEngine.Engine.Live;
using AInimEngine.Engine.Tests.Support;

namespace AInimEngine.Engine.Tests.Live;

/// <summary>What leaves the stage is not waited for.</summary>
[Collection(Pictures.One)]
public sealed class LeavingTests
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);
    private static readonly FrameLayout s_layout = new([new FrameField("latent", 1, "", -1, 1, "")]);

    [Fact]
    public void AGeneratorThatLeavesInTheMiddleOfAPictureFreesItsSceneAfterwardsOnItsOwnThread()
    {
        using var begun = new SemaphoreSlim(0);
        using var go = new SemaphoreSlim(0);
        var scene = new Freed();
        using var relay = new PictureRelay(
            (_, _) =>
            {
                begun.Release();
                go.Wait(s_patience);
                Assert.Null(scene.Thread);
            },
            s_layout, 8, 8);
        relay.Ask(new ControlFrame(s_layout), 1);
        Assert.True(begun.Wait(s_patience));
        relay.Leave(scene);
        Assert.False(relay.HasLeft);
        Assert.Null(scene.Thread);
        go.Release();
        Assert.True(SpinWait.SpinUntil(() => relay.HasLeft, s_patience));
        Assert.Equal("generator", scene.Thread);
        Assert.Null(relay.Failure);
    }

    [Fact]
    public void APresetEndsWhileItsGeneratorIsInThePictureThatNeverComes()
    {
        using var go = new ManualResetEventSlim();
        bool blocks = false;
        long blocked = 0;
        using (var rig = new StageRig(StageRig.Settings with
        {
            Presets = ["aurora", "silk"],
            Decoder = scene => scene.Preset.Name != "Aurora" ? scene.Decode : (frame, picture) =>
            {
                if (Volatile.Read(ref blocks))
                {
                    Interlocked.Increment(ref blocked);
                    go.Wait();
                }
                scene.Decode(frame, picture);
            },
        }))
        {
            rig.PlayUntil(() => rig.Stage.Pictures > 0, "the first picture");
            Volatile.Write(ref blocks, true);
            rig.PlayUntil(() => Interlocked.Read(ref blocked) == 1, "the picture that does not end");
            rig.Stage.GoTo("silk");
            rig.PlayUntil(() => rig.Stage.Current == "silk" && !rig.Stage.IsChanging, "the change");
            for (int i = 0; i < 20; i++)
                rig.Play();
            Assert.True(rig.Stage.IsFreeing); // the generator is still in its picture
            go.Set();
            rig.PlayUntil(() => !rig.Stage.IsFreeing, "the end of what has left");
        }
    }

    private sealed class Freed : IDisposable
    {
        internal string? Thread { get; private set; }

        public void Dispose() => Thread = System.Threading.Thread.CurrentThread.Name;
    }
}
