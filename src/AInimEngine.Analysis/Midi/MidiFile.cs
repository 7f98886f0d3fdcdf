using AInimEngine.Core.Errors;
using AInimEngine.Core.Files;

namespace AInimEngine.Analysis.Midi;

/// <summary>
/// A Standard MIDI File (RP-001, formats 0 and 1), read whole: notes, controllers, tempi, time and key signatures.
/// Immutable. What pictures cannot follow (system exclusive, programs, pitch bend, aftertouch, lyrics) is skipped.
/// </summary>
/// <remarks>
/// Bounded in size (<see cref="MaximumBytes"/>, <see cref="MaximumEvents"/>, <see cref="MaximumHours"/>), so that a hostile
/// file costs one line of error and no more memory than the file deserves. Lenient where players are: unknown chunks, a
/// RIFF wrapper, missing ends of tracks, running status across meta events, note-offs without a note.
/// </remarks>
public sealed class MidiFile
{
    /// <summary>Larger files are refused.</summary>
    public const int MaximumBytes = 16 << 20;

    /// <summary>Files of more events, over all tracks, are refused.</summary>
    public const int MaximumEvents = 1_000_000;

    /// <summary>Longer files are refused.</summary>
    public const double MaximumHours = 24;

    internal MidiFile(
        int format, TempoMap tempo, IReadOnlyList<MidiTrack> tracks,
        IReadOnlyList<TimeSignature> timeSignatures, IReadOnlyList<KeySignature> keySignatures)
    {
        Format = format;
        Tempo = tempo;
        Tracks = tracks;
        TimeSignatures = timeSignatures;
        KeySignatures = keySignatures;
        EndTick = tracks.Max(track => track.EndTick);
        Duration = tempo.SecondsAt(EndTick);
    }

    /// <summary>0: all channels in one track. 1: tracks that sound together.</summary>
    public int Format { get; }

    /// <summary>Converts ticks to seconds and back.</summary>
    public TempoMap Tempo { get; }

    /// <summary>The tracks in the file's order, those without notes too; at least one.</summary>
    public IReadOnlyList<MidiTrack> Tracks { get; }

    /// <summary>In order of time. The first is at tick 0: 4/4 where the file says nothing.</summary>
    public IReadOnlyList<TimeSignature> TimeSignatures { get; }

    /// <summary>In order of time; empty where the file says nothing.</summary>
    public IReadOnlyList<KeySignature> KeySignatures { get; }

    /// <summary>Tick of the last event.</summary>
    public long EndTick { get; }

    /// <summary>Seconds to the last event.</summary>
    public double Duration { get; }

    /// <summary>Reads a file.</summary>
    /// <exception cref="AInimException">Missing, not a MIDI file, damaged or beyond the limits; one line says which.</exception>
    public static MidiFile Read(string path)
    {
        byte[] data;
        try
        {
            data = SmallFile.Read(path, MaximumBytes);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw MidiParser.Error(path, error is FileNotFoundException or DirectoryNotFoundException ? "there is no such file" : error.Message, error);
        }
        return Read(data, path);
    }

    /// <summary>Reads what a file holds.</summary>
    /// <param name="data">All bytes.</param>
    /// <param name="name">What errors call it.</param>
    /// <exception cref="AInimException">Not a MIDI file, damaged or beyond the limits; one line says which.</exception>
    public static MidiFile Read(ReadOnlySpan<byte> data, string name = "MIDI data") => new MidiParser(data, name).Parse();
}
