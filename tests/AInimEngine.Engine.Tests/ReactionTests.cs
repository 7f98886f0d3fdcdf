using AInimEngine.Engine.Tests.Support;

namespace AInimEngine.Engine.Tests;

/// <summary>What is heard reaches the picture.</summary>
[Collection(Pictures.One)]
public sealed class ReactionTests(Tracks tracks)
{
    private const int Width = 64, Height = 36, Fps = 30, Count = 45;

    /// <summary>Preset, and how many times more it moves with the tune than in silence; measured, then about halved towards 1.</summary>
    public static TheoryData<string, double> Presets
    {
        get
        {
            var data = new TheoryData<string, double>();
            foreach (string name in Scene.Presets().List().Select(entry => entry.Name))
                data.Add(name, name == "drift" ? 1.25 : 2); // drift is made to be slow whatever is heard
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Presets))]
    public void SoundMovesThePictureMoreThanSilence(string preset, double factor)
    {
        Film sound = Film.Render(preset, tracks.TheTune, Width, Height, Count, Fps);
        Film silence = Film.Render(preset, tracks.Silence, Width, Height, Count, Fps);
        double moved = sound.Movement(1), rested = silence.Movement(1), apart = sound.DifferenceFrom(silence);
        TestContext.Current.TestOutputHelper?.WriteLine($"{preset}: {moved:f2} and {rested:f2} a frame, {apart:f1} apart");
        Assert.True(moved > factor * rested, $"{moved:f2} a frame with sound, {rested:f2} in silence");
        Assert.True(rested > 0.05, $"{rested:f2} a frame in silence: it lives even then");
        Assert.True(apart > 6, $"the two films differ by {apart:f1}");
    }
}
