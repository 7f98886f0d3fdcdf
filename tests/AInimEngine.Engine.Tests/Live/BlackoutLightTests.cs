using AInimEngine.Engine.Live;

namespace AInimEngine.Engine.Tests.Live;

public sealed class BlackoutLightTests
{
    private const int Fps = 60;

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(7)]
    [InlineData(25)]
    public void ASwitchThatTremblesMakesAtMostOneReturnOfLightASecond(int framesEach)
    {
        var dark = new BlackoutLight();
        var returns = new List<int>();
        float before = 1;
        bool rises = true;
        for (int frame = 0; frame < 10 * Fps; frame++)
        {
            float light = dark.Step(frame / framesEach % 2 == 1, frame / (double)Fps, 1.0 / Fps);
            if (light > before && !rises)
                returns.Add(frame);
            rises = light > before || (rises && light == before);
            before = light;
        }
        Assert.InRange(returns.Count, 5, 10);
        Assert.All(returns.Zip(returns.Skip(1)), pair => Assert.True(pair.Second - pair.First >= Fps, $"{pair}"));
    }

    [Fact]
    public void ItIsDarkWithinFourFramesAndTheFirstReturnIsAtOnce()
    {
        var dark = new BlackoutLight();
        for (int frame = 0; frame < 4; frame++)
            dark.Step(true, frame / (double)Fps, 1.0 / Fps);
        Assert.Equal(0, dark.Light);
        for (int frame = 4; frame < 8; frame++)
            dark.Step(false, frame / (double)Fps, 1.0 / Fps);
        Assert.Equal(1, dark.Light);
    }
}
