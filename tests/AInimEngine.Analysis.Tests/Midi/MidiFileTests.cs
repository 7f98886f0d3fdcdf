using AInimEngine.Analysis.Midi;
using AInimEngine.Core.Errors;
using AInimEngine.Core.Randomness;
using static AInimEngine.Analysis.Tests.Midi.SmfWriter;

namespace AInimEngine.Analysis.Tests.Midi;

public sealed class MidiFileTests
{
    [Fact]
    public void AFileSaysWhatWasWritten()
    {
        MidiFile file = MidiFile.Read(new SmfWriter(96)
            .Track((0, Name("Song")), (0, Tempo(600_000)), (0, Time(6, 3)), (0, Key(-3, minor: true)), (192, Tempo(300_000)))
            .Track((0, Name("Bass\n")), (0, SysEx(300)), (0, On(2, 40, 100)), (48, Off(2, 40)), (48, Control(2, 7, 90)), (96, On(2, 43, 1)), (400, On(2, 43, 0)))
            .ToArray());

        Assert.Equal(1, file.Format);
        Assert.Equal(["Song", "Bass"], file.Tracks.Select(track => track.Name));
        Assert.Equal([new MidiNote(0, 48, 2, 40, 100), new MidiNote(96, 304, 2, 43, 1)], file.Tracks[1].Notes);
        Assert.Equal([new MidiController(48, 2, 7, 90)], file.Tracks[1].Controllers);
        Assert.Equal([new TimeSignature(0, 6, 8)], file.TimeSignatures);
        Assert.Equal([new KeySignature(0, -3, true)], file.KeySignatures);
        Assert.Equal(400, file.EndTick);
        // Two quarters of 0.6 s, then 208 of 96 ticks of 0.3 s.
        Assert.Equal(1.2 + 208 / 96.0 * 0.3, file.Duration, 12);
    }

    [Fact]
    public void WithoutASignatureItIsFourFourAt120()
    {
        MidiFile file = MidiFile.Read(new SmfWriter(480, format: 0).Track((960, On(0, 60, 64))).ToArray());
        Assert.Equal([new TimeSignature(0, 4, 4)], file.TimeSignatures);
        Assert.Empty(file.KeySignatures);
        Assert.Equal(1, file.Tempo.SecondsAt(960));
        Assert.Equal(120, file.Tempo.QuartersPerMinuteAt(0));
    }

    [Fact]
    public void OfEqualNotesThatOverlapTheFirstEndsFirstAndAnOpenOneAtTheEndOfItsTrack()
    {
        MidiFile file = MidiFile.Read(new SmfWriter()
            .Track((0, On(0, 60, 10)), (10, On(0, 60, 20)), (15, Off(0, 60)), (20, On(0, 61, 30)), (30, Off(0, 60)), (31, Off(0, 60)), (50, Control(0, 1, 1)))
            .ToArray());
        Assert.Equal([new MidiNote(0, 15, 0, 60, 10), new MidiNote(10, 20, 0, 60, 20), new MidiNote(20, 30, 0, 61, 30)], file.Tracks[0].Notes);
    }

    [Theory]
    [InlineData(0xE728, 0.001)] // -25 frames of 40 ticks: milliseconds
    [InlineData(0xE250, 1.0 / 2400)] // -30 frames of 80 ticks
    [InlineData(0xE350, 1001.0 / 30000 / 80)] // drop frame
    public void SmpteTicksAreFractionsOfASecondWhateverTheTempo(int division, double secondsPerTick)
    {
        MidiFile file = MidiFile.Read(new SmfWriter(division).Track((0, Tempo(100_000)), (1000, On(0, 60, 64))).ToArray());
        Assert.Equal(1000 * secondsPerTick, file.Duration, 12);
        Assert.Equal(0, file.Tempo.TicksPerQuarter);
        Assert.Equal(0, file.Tempo.QuartersPerMinuteAt(0));
    }

    [Fact]
    public void UnknownChunksAndARiffWrapperAreSkipped()
    {
        byte[] plain = new SmfWriter().Chunk("XFIH", [1, 2, 3]).Track((480, On(0, 60, 64))).ToArray(trackCount: 1);
        byte[] wrapped = [.. "RIFF"u8, 0, 0, 0, 0, .. "RMIDdata"u8, 0, 0, 0, 0, .. plain];
        Assert.Equal(480, Assert.Single(MidiFile.Read(plain).Tracks).EndTick);
        Assert.Equal(480, Assert.Single(MidiFile.Read(wrapped).Tracks).EndTick);
    }

    [Fact]
    public void RunningStatusGoesOnAfterAMetaEvent()
    {
        MidiFile file = MidiFile.Read(new SmfWriter()
            .Chunk("MTrk", [0, 0x90, 60, 64, 0, 0xFF, 0x06, 1, 65, 10, 60, 0])
            .ToArray());
        Assert.Equal([new MidiNote(0, 10, 0, 60, 64)], file.Tracks[0].Notes);
    }

    [Fact]
    public void RandomNotesComeBack()
    {
        for (ulong seed = 1; seed <= 20; seed++)
        {
            MidiNote[] notes = [.. Enumerable.Range(0, 300).Select(i => RandomNote(seed, (ulong)i)).OrderBy(note => note.Start)];
            // Offs before ons of the same tick, as sequencers write them.
            var events = notes.Select((note, i) => (Tick: note.Start, Off: 1, i, Message: On(note.Channel, note.Pitch, note.Velocity)))
                .Concat(notes.Select((note, i) => (Tick: note.End, Off: 0, i, Message: Off(note.Channel, note.Pitch))))
                .OrderBy(e => e.Tick).ThenBy(e => e.Off).ThenBy(e => e.i).Select(e => (e.Tick, e.Message)).ToArray();
            IReadOnlyList<MidiNote> read = MidiFile.Read(new SmfWriter().Track(events).ToArray()).Tracks[0].Notes;
            Assert.Equal(notes, read);
        }
    }

    /// <summary>One pitch and channel per number, so that none overlaps its like.</summary>
    private static MidiNote RandomNote(ulong seed, ulong i)
    {
        (uint x, uint y, uint z, _) = Philox.Block(seed, 3, i);
        return new(x % 100_000, 1 + y % 5000, (byte)(i / 128 * 5 + z % 5), (byte)(i % 128), (byte)(1 + z / 5 % 127));
    }

    [Fact]
    public void ErrorsAreOneLineThatNamesTheFile()
    {
        AInimException error = Assert.Throws<AInimException>(() => MidiFile.Read(Path.Combine(Path.GetTempPath(), "no-such-file.mid")));
        Assert.Equal(ExitCode.Input, error.ExitCode);
        Assert.Contains("no-such-file.mid': there is no such file.", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }

    public static TheoryData<string, byte[]> Malformed => new()
    {
        { "does not begin with a MIDI header", [] },
        { "does not begin with a MIDI header", [.. "OggS"u8, .. new byte[40]] },
        { "format 2", new SmfWriter(format: 2).Track((0, On(0, 1, 1))).ToArray() },
        { "format 7", new SmfWriter(format: 7).Track((0, On(0, 1, 1))).ToArray() },
        { "has no tracks", new SmfWriter().ToArray() },
        { "ends after 1 of 9 tracks", new SmfWriter().Track((0, On(0, 1, 1))).ToArray(trackCount: 9) },
        { "0 ticks", new SmfWriter(division: 0).Track((0, On(0, 1, 1))).ToArray() },
        { "SMPTE", new SmfWriter(division: 0x8028).Track((0, On(0, 1, 1))).ToArray() },
        { "claims 4294967295 bytes", [.. new SmfWriter().ToArray(trackCount: 1), .. "MTrk"u8, 255, 255, 255, 255] },
        { "its header claims", [.. "MThd"u8, 127, 255, 255, 255, 0, 1, 0, 1, 0, 96] },
        { "no status before", new SmfWriter().Chunk("MTrk", [0, 60, 64]).ToArray() },
        { "does not belong in a file", new SmfWriter().Chunk("MTrk", [0, 0xF8]).ToArray() },
        { "should be below 80", new SmfWriter().Chunk("MTrk", [0, 0x90, 60, 200]).ToArray() },
        { "in the middle of an event", new SmfWriter().Chunk("MTrk", [0, 0x90, 60]).ToArray() },
        { "more than four bytes", new SmfWriter().Chunk("MTrk", [0x81, 0x82, 0x83, 0x84, 1]).ToArray() },
        { "are left in its track", new SmfWriter().Chunk("MTrk", [0, 0xF0, 0x83, 0x7F, 1]).ToArray() },
        { "hours", new SmfWriter(division: 1).Track((0, Tempo(0xFFFFFF)), (0x0FFFFFFF, On(0, 1, 1))).ToArray() },
        { "bytes, more than", new byte[MidiFile.MaximumBytes + 1] },
        { "events", new SmfWriter().Chunk("MTrk", [0, 0x90, 1, 1, .. Enumerable.Repeat<byte[]>([0, 1, 1], MidiFile.MaximumEvents).SelectMany(b => b)]).ToArray() },
    };

    [Theory]
    [MemberData(nameof(Malformed), DisableDiscoveryEnumeration = true)]
    public void WhatIsWrongIsSaid(string complaint, byte[] data)
    {
        AInimException error = Assert.Throws<AInimException>(() => MidiFile.Read(data, "song.mid"));
        Assert.Contains(complaint, error.Message, StringComparison.Ordinal);
        Assert.StartsWith("cannot read MIDI file 'song.mid': ", error.Message, StringComparison.Ordinal);
        Assert.EndsWith(".", error.Message, StringComparison.Ordinal);
    }
}
