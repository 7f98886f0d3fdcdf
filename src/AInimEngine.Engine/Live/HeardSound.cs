using AInimEngine.Analysis.Features;
using AInimEngine.Core.Frames;

namespace AInimEngine.Engine.Live;

/// <summary>
/// The newest features, from the hearing thread to the display's. Levels are the newest ones; onsets and peaks are the
/// strongest since they were taken last, so that no picture misses a click. Any thread; allocates nothing.
/// </summary>
internal sealed class HeardSound
{
    private readonly Lock _lock = new();
    private readonly float[] _values = new float[FeatureTable.Layout.Size];
    private readonly bool[] _holds = new bool[FeatureTable.Layout.Size];
    private long _sample, _time;
    private bool _fresh;

    internal HeardSound()
    {
        foreach (FrameField field in FeatureTable.Layout.Fields)
        {
            string name = field.Name.StartsWith("raw.", StringComparison.Ordinal) ? field.Name[4..] : field.Name;
            bool holds = name is "peak" or "flux" || (name.StartsWith("onset", StringComparison.Ordinal) && name != "onset.at");
            _holds.AsSpan(FeatureTable.Layout.OffsetOf(field.Name), field.Length).Fill(holds);
        }
    }

    /// <summary>Gives a hop. The hearing thread.</summary>
    /// <param name="hop">A frame of <see cref="FeatureTable.Layout"/>.</param>
    /// <param name="time">Monotonic time at which its last sample came.</param>
    internal void Give(FeatureFrame hop, long time)
    {
        lock (_lock)
        {
            for (int i = 0; i < _values.Length; i++)
                _values[i] = _fresh && _holds[i] ? Math.Max(_values[i], hop.Values[i]) : hop.Values[i];
            _sample = hop.FirstSample + hop.SampleCount;
            _time = time;
            _fresh = true;
        }
    }

    /// <summary>Takes what is known. Without a new hop since the last time, onsets are over and levels stay.</summary>
    /// <param name="values">Overwritten.</param>
    /// <param name="peeks">Onsets stay, unheard, for the picture that will be seen.</param>
    /// <returns>End of the sound that it speaks of, in samples, and the monotonic time of that.</returns>
    internal (long Sample, long Time) Take(Span<float> values, bool peeks = false)
    {
        lock (_lock)
        {
            _values.CopyTo(values);
            if (!_fresh || peeks)
                for (int i = 0; i < _holds.Length; i++)
                    if (_holds[i])
                        values[i] = 0;
            _fresh &= peeks;
            return (_sample, _time);
        }
    }
}
