using AInimEngine.Analysis.Spectrum;
using AInimEngine.Analysis.Tracks;

namespace AInimEngine.Analysis.Beats;

/// <summary>
/// Hears the spectra of a whole track and gives its beats at the end. Keeps four bytes a frame: 4 MB for three hours.
/// </summary>
/// <param name="activation">Hears every second spectrum.</param>
internal sealed class BeatListener(IBeatActivation activation) : ISpectrumListener
{
    private readonly List<Half> _beats = [], _downbeats = [];

    /// <summary>With the reasoned likelihood.</summary>
    internal BeatListener()
        : this(new FluxBeatActivation())
    {
    }

    /// <inheritdoc/>
    public void Hear(long hop, ReadOnlySpan<float> power, ReadOnlySpan<float> amplitude)
    {
        if (hop % 2 != 0)
            return;
        activation.Hear(amplitude, out float beat, out float downbeat);
        _beats.Add((Half)beat);
        _downbeats.Add((Half)downbeat);
    }

    /// <summary>Tempo and beats of what was heard.</summary>
    internal (TempoEstimate Tempo, BeatTrack Beats) Complete()
    {
        // What is said of a frame is said some frames later; the last ones are never said.
        int delay = Math.Min(activation.Delay, _beats.Count);
        var beat = new float[_beats.Count];
        var downbeat = new float[_beats.Count];
        for (int i = 0; i + delay < beat.Length; i++)
        {
            beat[i] = (float)_beats[i + delay];
            downbeat[i] = (float)_downbeats[i + delay];
        }
        return new WholeTrackBeatTracker(activation.Calibration).Track(beat, downbeat);
    }
}
