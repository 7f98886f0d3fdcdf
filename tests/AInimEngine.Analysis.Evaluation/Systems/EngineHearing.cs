using System.Runtime.CompilerServices;
using AInimEngine.Analysis.Tracks;
using AInimEngine.Core.Frames;

namespace AInimEngine.Analysis.Evaluation.Systems;

/// <summary>What the engine says of a sound, live and in hindsight; each is asked once a sound.</summary>
internal static class EngineHearing
{
    private static readonly ConditionalWeakTable<float[], Lazy<TrackAnalysis>> _live = [], _whole = [];

    /// <summary>The decisions of the live analyser at their time.</summary>
    /// <param name="stereo">Interleaved, 48 kHz.</param>
    internal static TrackAnalysis Live(float[] stereo) => _live.GetValue(stereo, sound => new Lazy<TrackAnalysis>(() =>
    {
        var hearing = new LiveHearing();
        hearing.Write(new AudioBlock(sound, Hop.SampleRate, Hop.Channels, 0));
        return hearing.Complete();
    })).Value;

    /// <summary>The whole-track analysis.</summary>
    /// <param name="stereo">Interleaved, 48 kHz.</param>
    internal static TrackAnalysis Whole(float[] stereo) => _whole.GetValue(stereo, sound => new Lazy<TrackAnalysis>(() =>
    {
        var hearing = new TrackHearing();
        hearing.Write(new AudioBlock(sound, Hop.SampleRate, Hop.Channels, 0));
        return hearing.Complete(new LoudnessReport(-70, -70, -70, 0, -200));
    })).Value;
}
