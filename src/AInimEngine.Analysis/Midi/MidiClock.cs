namespace AInimEngine.Analysis.Midi;

/// <summary>
/// Says for any stretch of sound what one track of a MIDI file does in it: fills <see cref="MidiTable.Layout"/>. The
/// values depend on file and samples alone, in whatever order frames are asked for; rising order is quickest. Allocates
/// nothing. One thread.
/// </summary>
public sealed class MidiClock
{
    private enum Kind : byte
    {
        // Ends come before beginnings of the same instant, so that a repeated note is heard again.
        Off,
        On,
        Control,
    }

    private readonly record struct Change(double Sample, Kind Kind, byte Channel, byte Number, byte Value);

    private const int Keys = 16 * 128;

    private readonly Change[] _changes;
    private readonly byte[] _velocities = new byte[Keys];
    private readonly short[] _held = new short[Keys];
    private readonly float[] _controllers = new float[128];
    private int _next, _sounding;
    private double _position;
    private byte _newestPitch, _newestVelocity;

    /// <summary>Lays a track out in time.</summary>
    /// <param name="file">The file, for its tempo map.</param>
    /// <param name="track">One of its tracks.</param>
    public MidiClock(MidiFile file, MidiTrack track)
    {
        var changes = new List<Change>(2 * track.Notes.Count + track.Controllers.Count);
        foreach (MidiNote note in track.Notes)
        {
            changes.Add(new Change(Sample(note.Start), Kind.On, note.Channel, note.Pitch, note.Velocity));
            changes.Add(new Change(Sample(Math.Max(note.End, note.Start + 1)), Kind.Off, note.Channel, note.Pitch, 0));
        }
        foreach (MidiController controller in track.Controllers)
            changes.Add(new Change(Sample(controller.Tick), Kind.Control, controller.Channel, controller.Number, controller.Value));
        _changes = [.. changes.OrderBy(change => change.Sample).ThenBy(change => change.Kind)];

        double Sample(long tick) => file.Tempo.SecondsAt(tick) * Hop.SampleRate;
    }

    /// <summary>Fills the sources of the samples [<paramref name="firstSample"/>, +<paramref name="sampleCount"/>).</summary>
    /// <param name="firstSample">Position in the sound; the file begins at 0.</param>
    /// <param name="sampleCount">Length of the frame, 1 or more.</param>
    /// <param name="values">Overwritten; as many floats as <see cref="MidiTable.Layout"/>.</param>
    public void Fill(long firstSample, int sampleCount, Span<float> values)
    {
        if (firstSample < _position)
            Rewind();
        double end = firstSample + sampleCount;
        int pulse = 0;
        for (; _next < _changes.Length && _changes[_next].Sample < end; _next++)
        {
            Change change = _changes[_next];
            if (change.Kind == Kind.On && change.Sample >= firstSample)
                pulse = Math.Max(pulse, change.Value);
            Take(change);
        }
        _position = end;
        Give(values, pulse);
    }

    private void Rewind()
    {
        Array.Clear(_velocities);
        Array.Clear(_held);
        Array.Clear(_controllers);
        (_next, _sounding, _position) = (0, 0, 0);
        _newestPitch = _newestVelocity = 0;
    }

    private void Take(Change change)
    {
        int key = change.Channel * 128 + change.Number;
        switch (change.Kind)
        {
            case Kind.On:
                _held[key]++;
                _sounding++;
                _velocities[key] = _newestVelocity = change.Value;
                _newestPitch = change.Number;
                break;
            case Kind.Off:
                _sounding--;
                if (--_held[key] == 0)
                    _velocities[key] = 0;
                break;
            default:
                _controllers[change.Number] = change.Value / 127f;
                break;
        }
    }

    private void Give(Span<float> values, int pulse)
    {
        values.Clear();
        values[MidiTable.Pulse] = pulse / 127f;
        values[MidiTable.Gate] = _sounding > 0 || pulse > 0 ? 1 : 0;
        values[MidiTable.Note] = _newestPitch;
        values[MidiTable.Velocity] = _sounding > 0 || pulse > 0 ? _newestVelocity / 127f : 0;
        values[MidiTable.Count] = Math.Min(_sounding, 128);
        Span<float> classes = values.Slice(MidiTable.Classes, 12);
        if (_sounding > 0)
        {
            for (int key = 0; key < Keys; key++)
                classes[key % 128 % 12] = Math.Max(classes[key % 128 % 12], _velocities[key] / 127f);
        }
        _controllers.CopyTo(values[MidiTable.Controllers..]);
    }
}
