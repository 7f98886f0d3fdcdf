using AInimEngine.DemoTrack.Synthesis;

namespace AInimEngine.DemoTrack.Mixing;

/// <summary>Echoes three sixteenths apart that go from side to side and lose bass and treble.</summary>
public static class PingPong
{
    /// <summary>The wet sound of <paramref name="input"/>.</summary>
    /// <param name="input">Sends.</param>
    /// <param name="feedback">Below 1.</param>
    public static Bus Of(Bus input, double feedback)
    {
        var wet = new Bus();
        int delay = (int)Math.Round(Song.StepLength * 3);
        Svf lowLeft = default, lowRight = default, highLeft = default, highRight = default;
        lowLeft.Set(3800, 0.65);
        lowRight.Set(3800, 0.65);
        highLeft.Set(320, 0.65);
        highRight.Set(320, 0.65);
        for (int i = delay; i < Song.Samples; i++)
        {
            lowLeft.Process(0.5 * (input.Left[i - delay] + input.Right[i - delay]) + wet.Right[i - delay] * feedback);
            highLeft.Process(lowLeft.Low);
            lowRight.Process(wet.Left[i - delay] * feedback + 0.2 * input.Right[i - delay]);
            highRight.Process(lowRight.Low);
            wet.Left[i] = (float)highLeft.High;
            wet.Right[i] = (float)highRight.High;
        }
        return wet;
    }
}
