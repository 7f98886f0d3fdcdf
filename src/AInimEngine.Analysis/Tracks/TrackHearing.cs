using AInimEngine.Analysis.Beats;
using AInimEngine.Analysis.Beats.Learned;
using AInimEngine.Analysis.Harmony;
using AInimEngine.Analysis.Ranges;
using AInimEngine.Analysis.Structure;
using AInimEngine.Core.Frames;

namespace AInimEngine.Analysis.Tracks;

/// <summary>
/// The whole-track analysis: takes the sound of a track once, from its start to its end, and says everything about it.
/// All parts share one short-time transform, but for the chroma of key and sections, which needs a longer one. Memory grows
/// by some 15 MB an hour. One thread.
/// </summary>
public sealed class TrackHearing
{
    private const double SlowestBpm = 50, FastestBpm = 220;

    private readonly LearnedBeatCurve _beats = new();
    private readonly StructureListener _structure = new();
    private readonly ChromaMeter _chroma = new();
    private readonly TrackScan _scan;
    private long _samples;

    /// <summary>Makes it at the start of a track.</summary>
    public TrackHearing() => _scan = new TrackScan([_beats, _structure]);

    /// <summary>Takes in 48 kHz stereo sound that follows the last block.</summary>
    public void Write(in AudioBlock block)
    {
        _scan.Write(block);
        _chroma.Write(block);
        _samples += block.Length;
    }

    /// <summary>The track ends here.</summary>
    /// <param name="loudness">Loudness of the file's own channels.</param>
    public TrackAnalysis Complete(LoudnessReport loudness)
    {
        TrackSummary summary = _scan.Complete();
        double duration = (double)_samples / Hop.SampleRate;
        _beats.End();
        (TempoEstimate tempo, BeatTrack beats) = Within(new WholeTrackBeatTracker(BeatCalibration.Learned).Track(_beats.Beats, _beats.Downbeats), duration);
        ChromaTrack chroma = _chroma.Complete();
        StructureReport structure = StructureAnalyzer.Analyze(_structure.Complete(), chroma, beats, duration);
        return new TrackAnalysis
        {
            SampleCount = _samples,
            Tempo = WithHalfAndDouble(tempo),
            Beats = beats,
            Onsets = _scan.Onsets,
            Sections = structure.Sections,
            SectionConfidence = structure.Confidence,
            Key = KeyFinder.Find(chroma),
            Events = structure.Events,
            Novelty = structure.Novelty,
            Loudness = loudness,
            Summary = summary,
        };
    }

    /// <summary>Half and double are always among the alternatives where they are tempi at all, with weight 0 when nothing speaks for them.</summary>
    private static TempoEstimate WithHalfAndDouble(TempoEstimate tempo)
    {
        var alternatives = new List<TempoCandidate>(tempo.Alternatives);
        foreach (double bpm in (double[])[tempo.Bpm / 2, tempo.Bpm * 2])
        {
            bool isKnown = alternatives.Exists(other => Math.Abs(other.Bpm / bpm - 1) < 0.03);
            if (tempo.Bpm > 0 && !isKnown && bpm is >= SlowestBpm and <= FastestBpm)
                alternatives.Add(new TempoCandidate(bpm, 0));
        }
        return tempo with { Alternatives = alternatives };
    }

    /// <summary>Spectra reach over both ends of the track; no beat does.</summary>
    private static (TempoEstimate, BeatTrack) Within((TempoEstimate Tempo, BeatTrack Beats) found, double duration)
    {
        BeatTrack beats = found.Beats;
        int first = 0, end = beats.Times.Count;
        while (first < end && beats.Times[first] < 0)
            first++;
        while (end > first && beats.Times[end - 1] >= duration)
            end--;
        if (end - first == beats.Times.Count)
            return found;
        return (found.Tempo, beats with { Times = [.. beats.Times.Take(end).Skip(first)], Positions = [.. beats.Positions.Take(end).Skip(first)] });
    }
}
