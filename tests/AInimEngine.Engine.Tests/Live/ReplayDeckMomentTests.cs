using AInimEngine.Engine.Live.Shows;

namespace AInimEngine.Engine.Tests.Live;

public sealed class ReplayDeckMomentTests
{
    [Fact]
    public void ABlendGoesOnToItsEndBeforeANewPictureAndBeginsAnewWithIt()
    {
        // A picture every three frames, painted at four times the rate: from one picture to the next is one even way.
        LogDeckState[] states = [State(0, isFresh: true), State(1 / 3f), State(2 / 3f), State(0, isFresh: true), State(1 / 3f)];
        var moment = new ReplayDeckMoment();
        for (int i = 0; i < 16; i++)
        {
            moment.Set(states[i / 4]);
            moment.Approach(states[i / 4 + 1], i % 4 / 4f, [1]);
            Assert.Equal(i / 12f % 1, moment.Blend, 1e-5f);
        }
    }

    private static LogDeckState State(float blend, bool isFresh = false)
    {
        var packer = new LogPacker(new byte[256]);
        packer.Clear().Add(1).Add(1).Add(isFresh ? 1 : 0).Add(5L).Add(blend).Add(1f).AddMany<double>([0.5]).AddMany<float>([0.5f]);
        var state = new LogDeckState();
        var from = new LogUnpacker(packer.Written);
        state.Unpack(ref from);
        return state;
    }
}
