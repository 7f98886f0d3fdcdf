using System.Buffers.Binary;
using System.Text;

namespace AInimEngine.Analysis.Evaluation.Genres;

/// <summary>Writes a piece as a Standard MIDI File, format 1: a tempo track and one track per channel. A beat is 480 ticks.</summary>
public static class MidiWriter
{
    private const int Ticks = 480;

    /// <summary>The bytes of the file. Tick 0..480 is the silence before the first beat.</summary>
    public static byte[] Write(Piece piece)
    {
        var file = new MemoryStream();
        file.Write("MThd"u8);
        Big32(file, 6);
        Big16(file, 1);
        Big16(file, 1 + piece.Programs.Count);
        Big16(file, Ticks);
        Track(file, TempoEvents(piece));
        foreach ((int channel, int program, int pan) in piece.Programs)
            Track(file, ChannelEvents(piece, channel, program, pan));
        return file.ToArray();
    }

    private static List<(long Tick, int Order, byte[] Bytes)> TempoEvents(Piece piece)
    {
        var events = new List<(long, int, byte[])> { (0, 0, Tempo(piece.Tempo.Silence)) };
        for (int i = 0; i < piece.Tempo.Microseconds.Count; i++)
            events.Add((Ticks * (i + 1L), 0, Tempo(piece.Tempo.Microseconds[i])));
        return events;
    }

    private static byte[] Tempo(int microseconds) =>
        [0xFF, 0x51, 3, (byte)(microseconds >> 16), (byte)(microseconds >> 8), (byte)microseconds];

    private static List<(long Tick, int Order, byte[] Bytes)> ChannelEvents(Piece piece, int channel, int program, int pan)
    {
        var events = new List<(long, int, byte[])>
        {
            (0, 0, [(byte)(0xC0 | channel), (byte)program]),
            (0, 0, [(byte)(0xB0 | channel), 10, (byte)pan]),
        };
        foreach (Note note in piece.Notes.Where(note => note.Channel == channel))
        {
            int beat = Math.Clamp((int)Math.Floor(note.At) + piece.Tempo.Pickup, 0, piece.Tempo.Microseconds.Count - 1);
            double late = note.Late * 1000 / piece.Tempo.Microseconds[beat];
            double at = Math.Max(0.02, note.At + piece.Tempo.Pickup + 1 + late);
            long from = (long)Math.Round(at * Ticks), to = Math.Max(from + 10, (long)Math.Round((at + note.Length) * Ticks) - 2);
            byte key = (byte)Math.Clamp(note.Key, 0, 127);
            events.Add((from, 2, [(byte)(0x90 | channel), key, (byte)Math.Clamp(note.Velocity, 1, 127)]));
            events.Add((to, 1, [(byte)(0x80 | channel), key, 0]));
        }
        return events;
    }

    private static void Track(Stream file, List<(long Tick, int Order, byte[] Bytes)> events)
    {
        var track = new MemoryStream();
        long now = 0;
        foreach ((long tick, _, byte[] bytes) in events.OrderBy(e => e.Tick).ThenBy(e => e.Order))
        {
            Variable(track, tick - now);
            track.Write(bytes);
            now = tick;
        }
        track.Write([0, 0xFF, 0x2F, 0]);
        file.Write(Encoding.ASCII.GetBytes("MTrk"));
        Big32(file, (int)track.Length);
        track.WriteTo(file);
    }

    private static void Variable(Stream stream, long value)
    {
        for (int shift = 21; shift > 0; shift -= 7)
        {
            if (value >> shift != 0)
                stream.WriteByte((byte)(0x80 | ((value >> shift) & 0x7F)));
        }
        stream.WriteByte((byte)(value & 0x7F));
    }

    private static void Big32(Stream stream, int value)
    {
        Span<byte> bytes = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(bytes, value);
        stream.Write(bytes);
    }

    private static void Big16(Stream stream, int value)
    {
        stream.WriteByte((byte)(value >> 8));
        stream.WriteByte((byte)value);
    }
}
