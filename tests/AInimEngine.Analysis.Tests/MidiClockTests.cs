using AInimEngine.Analysis.Midi;

namespace AInimEngine.Analysis.Tests;

/// <summary>A MIDI file frame by frame: 480 ticks a quarter at 120 BPM, so 960 ticks are a second.</summary>
public sealed class MidiClockTests
{
    private const int Rate = 48000, Frame = 1600;

    // Middle C at 1 s for half a second, E at 1.25 s for a quarter; controller 11 at 0.5 s; a name.
    private static readonly byte[] s_song =
    [
        .. "MThd"u8, 0, 0, 0, 6, 0, 1, 0, 1, 0x01, 0xE0,
        .. "MTrk"u8, 0, 0, 0, 46,
        0, 0xFF, 3, 10, .. "Lead Synth"u8,
        0x83, 0x60, 0xB0, 11, 100, // 480
        0x83, 0x60, 0x90, 60, 127, // 960
        0x81, 0x70, 0x90, 64, 64, // 1200
        0x81, 0x70, 0x80, 60, 0, // 1440
        0, 0x80, 64, 0,
        0x83, 0x60, 0xB0, 11, 0, // 1920
        0, 0xFF, 0x2F, 0,
    ];

    [Fact]
    public void NotesAndControllersComeInTheirFrames()
    {
        MidiClock clock = new MidiParts(MidiFile.Read(Song())).Find("1")!;
        float[][] frames = [.. Enumerable.Range(0, 75).Select(frame => Fill(clock, frame))];
        Assert.Equal([30], Where(frames, f => f[MidiTable.Pulse] == 1));
        Assert.Equal([37], Where(frames, f => f[MidiTable.Pulse] is > 0.5f and < 0.51f));
        Assert.Equal(Enumerable.Range(30, 15), Where(frames, f => f[MidiTable.Gate] == 1));
        Assert.Equal(Enumerable.Range(37, 8), Where(frames, f => f[MidiTable.Count] == 2));
        Assert.Equal(60, frames[36][MidiTable.Note]);
        Assert.Equal(64, frames[50][MidiTable.Note]);
        Assert.Equal(1, frames[40][MidiTable.Classes]);
        Assert.Equal(64 / 127f, frames[40][MidiTable.Classes + 4]);
        Assert.Equal(0, frames[46][MidiTable.Classes]);
        Assert.Equal(Enumerable.Range(15, 45), Where(frames, f => f[MidiTable.Controllers + 11] == 100 / 127f));
    }

    [Fact]
    public void FramesCanBeAskedForInAnyOrder()
    {
        MidiParts parts = new(MidiFile.Read(Song()));
        MidiClock rising = parts.Find("lead-synth")!, other = parts.Find("1")!;
        float[][] frames = [.. Enumerable.Range(0, 75).Select(frame => Fill(rising, frame))];
        foreach (int frame in (int[])[70, 31, 44, 2, 30, 30, 60])
            Assert.Equal(frames[frame], Fill(other, frame));
        Assert.Null(parts.Find("2"));
    }

    [Fact]
    public void FillingAllocatesNothing()
    {
        MidiClock clock = new MidiParts(MidiFile.Read(Song())).Find("1")!;
        var values = new float[MidiTable.Layout.Size];
        clock.Fill(0, Frame, values);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int frame = 1; frame < 100; frame++)
            clock.Fill(frame * Frame, Frame, values);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static byte[] Song()
    {
        byte[] song = [.. s_song];
        song[21] = (byte)(song.Length - 22);
        return song;
    }

    private static float[] Fill(MidiClock clock, int frame)
    {
        var values = new float[MidiTable.Layout.Size];
        clock.Fill((long)frame * Frame, Frame, values);
        return values;
    }

    private static IEnumerable<int> Where(float[][] frames, Func<float[], bool> holds) => Enumerable.Range(0, frames.Length).Where(i => holds(frames[i]));
}
