using AInimEngine.Core.Frames;

namespace AInimEngine.Engine.Live.Latency;

/// <summary>Is told what the hearing thread does, on that thread, to measure it.</summary>
internal interface IEarProbe
{
    /// <summary>Sound was taken, before anything was heard in it.</summary>
    /// <param name="samples">Interleaved, 48 kHz, after the gain.</param>
    /// <param name="arrived">Monotonic time at which the last of them came.</param>
    void Took(ReadOnlySpan<float> samples, long arrived);

    /// <summary>A hop was heard and the display may take it.</summary>
    void Told(FeatureFrame hop);
}
