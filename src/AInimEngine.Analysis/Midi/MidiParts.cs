namespace AInimEngine.Analysis.Midi;

/// <summary>The parts of a MIDI file as presets address them: by number from 1, or by name.</summary>
/// <remarks>A file of format 0 has everything in one track; there each channel that plays is a part.</remarks>
public sealed class MidiParts
{
    private readonly MidiFile _file;
    private readonly IReadOnlyList<MidiTrack> _parts;

    /// <summary>Finds the parts of a file.</summary>
    public MidiParts(MidiFile file)
    {
        _file = file;
        _parts = file is { Format: 0, Tracks: [var all] } ? Channels(all) : file.Tracks;
    }

    /// <summary>Number and name of each part, the name as presets spell it; empty where a track has none.</summary>
    public IReadOnlyList<(int Number, string Name)> Names => [.. _parts.Select((part, i) => (i + 1, Spell(part.Name)))];

    /// <summary>Makes the clock of a part.</summary>
    /// <param name="key">"2", or the name in lower case with '-' for what is neither letter nor digit: "lead-synth".</param>
    /// <returns>Null when there is no such part.</returns>
    public MidiClock? Find(string key)
    {
        for (int i = 0; i < _parts.Count; i++)
            if (key == (i + 1).ToString(System.Globalization.CultureInfo.InvariantCulture) || key == Spell(_parts[i].Name))
                return new MidiClock(_file, _parts[i]);
        return null;
    }

    /// <summary>A track's name as presets spell it.</summary>
    public static string Spell(string name) =>
        string.Concat(name.ToLowerInvariant().Select(c => char.IsAsciiLetterOrDigit(c) ? c : '-')).Trim('-');

    private static List<MidiTrack> Channels(MidiTrack all)
    {
        var parts = new List<MidiTrack>();
        for (int channel = 0; channel < 16; channel++)
        {
            MidiNote[] notes = [.. all.Notes.Where(note => note.Channel == channel)];
            if (notes.Length > 0)
                parts.Add(new MidiTrack(FormattableString.Invariant($"channel {channel + 1}"), notes, [.. all.Controllers.Where(c => c.Channel == channel)], all.EndTick));
        }
        return parts;
    }
}
