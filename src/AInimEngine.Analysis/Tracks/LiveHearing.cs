using AInimEngine.Analysis.Beats;
using AInimEngine.Analysis.Features;
using AInimEngine.Analysis.Onsets;
using AInimEngine.Analysis.Ranges;
using AInimEngine.Core.Frames;

namespace AInimEngine.Analysis.Tracks;

/// <summary>
/// Lets the live analyser hear a track and writes down what it decides at the time: onsets when they are found, beats as
/// they are foreseen. Nothing is corrected afterwards. What only hindsight knows (key, sections, events) stays empty.
/// </summary>
public sealed class LiveHearing
{
    private readonly LiveAnalyzer _analyzer;
    private readonly BeatEar _ear;
    private readonly FeatureFrame _hop = new(FeatureTable.Layout);
    private readonly List<OnsetMark>[] _onsets = [[], [], [], []];
    private long _samples;

    /// <summary>Makes it at the start of a track.</summary>
    public LiveHearing()
    {
        _ear = new BeatEar(Tempo);
        _analyzer = new LiveAnalyzer(Tempo);
    }

    /// <summary>The beats as they are foreseen; hands can tap, nudge, lock and take a clock between two blocks.</summary>
    public LiveBeats Tempo { get; } = new();

    /// <summary>Takes in 48 kHz stereo sound that follows the last block.</summary>
    public void Write(in AudioBlock block)
    {
        _samples += block.Length;
        _analyzer.Write(block);
        while (_analyzer.TryRead(_hop))
        {
            _ear.Note();
            foreach (LiveOnset onset in _analyzer.Onsets)
                _onsets[(int)onset.Band].Add(new OnsetMark((double)onset.Sample / Hop.SampleRate, onset.Strength));
        }
    }

    /// <summary>The track ends here: what was decided, in the form of an analysis.</summary>
    public TrackAnalysis Complete() => new()
    {
        SampleCount = _samples,
        Tempo = _ear.Tempo(),
        Beats = _ear.Beats(_samples),
        Onsets = new OnsetTrack(_onsets[0], _onsets[1], _onsets[2], _onsets[3]),
        Sections = [],
        Key = new KeyTrack(new KeyEstimate(-1, false, 0), [], 0),
        Events = [],
        Novelty = new Curve(1, []),
        Loudness = new LoudnessReport(-70, -70, -70, 0, -200),
        Summary = new TrackScan().Complete() with { SampleCount = _samples },
    };

    /// <summary>Keeps the beats of a track as they are told.</summary>
    private sealed class BeatEar(LiveBeats beats)
    {
        private const double LeastConfidence = 0.3;

        private readonly List<double> _times = [];
        private readonly List<int> _places = [];
        private readonly List<float> _tempi = [], _doubtful = [];
        private double _confidence, _barConfidence;
        private long _frames;
        private int _beatsPerBar = 4;

        /// <summary>Writes down what the last hop has told.</summary>
        internal void Note()
        {
            if (!beats.TryRead(out BeatFrame frame))
                return;
            _frames++;
            _confidence += frame.Confidence;
            _barConfidence += frame.BarConfidence;
            (frame.Confidence >= LeastConfidence ? _tempi : _doubtful).Add(frame.Bpm);
            _beatsPerBar = frame.BeatsPerBar;
            if (!frame.HasBeat || frame.BeatSample < 0)
                return;
            _times.Add((double)frame.BeatSample / Hop.SampleRate);
            _places.Add(frame.BarPosition);
        }

        /// <summary>The median of what was trusted; its confidence is the mean over the track.</summary>
        internal TempoEstimate Tempo()
        {
            List<float> tempi = _tempi.Count > 0 ? _tempi : _doubtful;
            if (tempi.Count == 0)
                return TempoEstimate.None;
            tempi.Sort();
            double bpm = tempi[tempi.Count / 2];
            bool steady = tempi[tempi.Count / 10] > 0.98 * bpm && tempi[tempi.Count * 9 / 10] < 1.02 * bpm;
            return new TempoEstimate(bpm, Math.Clamp(_confidence / _frames, 0, 1), steady, []);
        }

        /// <summary>The beats within the track: the last may have been foreseen beyond its end.</summary>
        internal BeatTrack Beats(long samples)
        {
            int count = _times.FindLastIndex(time => time * Hop.SampleRate < samples) + 1;
            return count == 0
                ? BeatTrack.None
                : new BeatTrack(_times[..count], [.. _places.Take(count).Select(place => Math.Min(place, _beatsPerBar))], _beatsPerBar, Math.Clamp(_confidence / _frames, 0, 1), Math.Clamp(_barConfidence / _frames, 0, 1));
        }
    }
}
