using AInimEngine.Analysis.Features;
using AInimEngine.Analysis.Midi;
using AInimEngine.Analysis.Music;
using AInimEngine.Core.Errors;
using AInimEngine.Core.Frames;
using AInimEngine.Core.State;
using AInimEngine.Engine.Hearing;
using AInimEngine.Media;

namespace AInimEngine.Engine.Offline;

/// <summary>
/// Everything that a preset listens to, frame after frame: the track, where its music is, stems and MIDI. Owns the open
/// files. One thread; <see cref="Read"/> allocates nothing.
/// </summary>
public sealed class SoundSources : IDisposable
{
    private readonly SourceLayout _layout;
    private readonly SoundFrames _track;
    private readonly MusicClock _music;
    private readonly SoundFrames?[] _stems;
    private readonly MidiClock?[] _parts;
    private readonly FeatureFrame _frame = new(FeatureTable.Layout);

    private SoundSources(RenderRange range, SourceLayout layout, HeardTrack heard, IReadOnlyDictionary<string, HeardTrack> stems, MidiParts? midi, IWarningSink? warnings, CancellationToken cancellation)
    {
        // A cut is heard and travelled from the start of the track, so that it shows what the whole video shows there and a sync
        // offset reaches over the cut. Frames of the track count from its start; the cut begins within one of them.
        FirstFrame = range.Timeline.FrameOf(range.FirstSample);
        long offset = range.SyncOffsetSamples - (range.FirstSample - range.Timeline.FirstSample(FirstFrame));
        _layout = layout;
        _music = new MusicClock(heard.Analysis);
        _parts = [.. layout.Parts.Select(part => midi?.Find(part))];
        _stems = new SoundFrames?[layout.Stems.Count];
        _track = Open(heard, warnings);
        try
        {
            for (int i = 0; i < _stems.Length; i++)
                if (stems.TryGetValue(layout.Stems[i], out HeardTrack? stem))
                    _stems[i] = Open(stem, null);
        }
        catch
        {
            Dispose();
            throw;
        }

        SoundFrames Open(HeardTrack sound, IWarningSink? told) =>
            new(AudioFile.Open(sound.Path, told, tools: null, cancellation), sound.Summary, range.Timeline, offset, FirstFrame + range.FrameCount, layout.Bands);
    }

    /// <summary>The frame of the track in which the rendered part begins; frames before it are read and not shown.</summary>
    internal long FirstFrame { get; }

    /// <summary>Opens the files.</summary>
    /// <param name="range">Which part of the track, and its timing.</param>
    /// <param name="layout">What is listened to.</param>
    /// <param name="heard">The track.</param>
    /// <param name="stems">Stems by name; those that the layout lacks are ignored, those that are missing are silent.</param>
    /// <param name="midi">Parts of a MIDI file; null for none.</param>
    /// <param name="warnings">Told, at the end of the track, what was mended.</param>
    /// <param name="cancellation">Ends every later read, one that waits for ffmpeg included.</param>
    public static SoundSources Open(
        RenderRange range, SourceLayout layout, HeardTrack heard, IReadOnlyDictionary<string, HeardTrack>? stems = null, MidiParts? midi = null, IWarningSink? warnings = null,
        CancellationToken cancellation = default) =>
        new(range, layout, heard, stems ?? new Dictionary<string, HeardTrack>(), midi, warnings, cancellation);

    /// <summary>Reads the next frame of <see cref="SourceLayout.Layout"/>.</summary>
    public void Read(FeatureFrame frame)
    {
        Span<float> values = frame.Values;
        _track.Read(_frame);
        (frame.FirstSample, frame.SampleCount) = (_frame.FirstSample, _frame.SampleCount);
        _frame.Values.CopyTo(values);
        _music.Fill(frame.FirstSample, frame.SampleCount, values.Slice(SourceLayout.MusicOffset, MusicTable.Layout.Size));
        for (int i = 0; i < _stems.Length; i++)
        {
            Span<float> stem = values.Slice(SourceLayout.StemOffset(i), FeatureTable.RawOffset);
            stem.Clear();
            if (_stems[i] is not { } sound)
                continue;
            sound.Read(_frame);
            _frame.Values.AsSpan(0, FeatureTable.RawOffset).CopyTo(stem);
        }
        for (int i = 0; i < _parts.Length; i++)
        {
            Span<float> part = values.Slice(_layout.PartOffset(i), MidiTable.Layout.Size);
            if (_parts[i] is { } clock)
                clock.Fill(frame.FirstSample, frame.SampleCount, part);
            else
                part.Clear();
        }
    }

    /// <summary>Writes the state before the next frame. Music and MIDI have none: they are functions of time.</summary>
    public void Save(StateWriter writer)
    {
        writer.Section("sources", 1);
        _track.Save(writer);
        foreach (SoundFrames? stem in _stems)
            stem?.Save(writer);
    }

    /// <summary>Puts back a state; only before the first frame.</summary>
    public void Restore(StateReader reader)
    {
        reader.Section("sources", 1);
        _track.Restore(reader);
        foreach (SoundFrames? stem in _stems)
            stem?.Restore(reader);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _track.Dispose();
        foreach (SoundFrames? stem in _stems)
            stem?.Dispose();
    }
}
