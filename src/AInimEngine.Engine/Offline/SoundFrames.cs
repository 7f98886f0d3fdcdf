using AInimEngine.Analysis.Features;
using AInimEngine.Analysis.Ranges;
using AInimEngine.Analysis.Spectrum;
using AInimEngine.Core.Frames;
using AInimEngine.Core.State;
using AInimEngine.Core.Time;
using AInimEngine.Media;

namespace AInimEngine.Engine.Offline;

/// <summary>A sound file as normalised feature frames, one a picture. Owns the file. One thread; allocates nothing per frame.</summary>
internal sealed class SoundFrames : IDisposable
{
    private const int BlockLength = 2048;
    private readonly AudioFile _track;
    private readonly FrameFeatures _heard;
    private readonly Normalizer _normalizer;
    private readonly float[] _block = new float[BlockLength * AudioFile.Channels];
    private readonly long _lastFrame;
    private long _fed;

    /// <summary>Nothing is decoded yet.</summary>
    /// <param name="track">The sound, at its beginning. Ownership passes here.</param>
    /// <param name="summary">Its ranges.</param>
    /// <param name="timeline">Of the pictures.</param>
    /// <param name="offset">Samples by which pictures come later than the sound they show.</param>
    /// <param name="bands">Bands that the preset asks for.</param>
    /// <param name="lastFrame">Frames that will be read; behind the end of the sound there is silence.</param>
    internal SoundFrames(AudioFile track, TrackSummary summary, FrameTimeline timeline, long offset, long lastFrame, FreeBands bands)
    {
        _track = track;
        _heard = new FrameFeatures(timeline, offset, bands);
        _normalizer = new Normalizer(new TrackRanges(summary));
        _lastFrame = lastFrame;
    }

    /// <summary>Reads the next frame, raw and normalised.</summary>
    internal void Read(FeatureFrame frame)
    {
        while (!_heard.TryRead(frame))
            Feed();
        _normalizer.Apply(frame);
    }

    internal void Save(StateWriter writer)
    {
        _heard.Save(writer);
        _normalizer.Save(writer);
    }

    /// <summary>Only before the first frame, because the track does not rewind.</summary>
    internal void Restore(StateReader reader)
    {
        _heard.Restore(reader);
        _fed = _heard.NextSample;
        _normalizer.Restore(reader);
    }

    public void Dispose() => _track.Dispose();

    private void Feed()
    {
        if (_track.Position < _fed)
            _track.SkipTo(_fed);
        int read = _track.Read(_block);

        // A stem may end before the place where a render goes on.
        if (read == 0 || _track.Position - read < _fed)
        {
            _heard.Complete(_lastFrame);
            return;
        }
        _heard.Write(new AudioBlock(_block.AsSpan(0, read * AudioFile.Channels), AudioFile.SampleRate, AudioFile.Channels, _fed));
        _fed += read;
    }
}
