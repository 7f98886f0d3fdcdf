using System.Buffers.Binary;

namespace AInimEngine.Analysis.Evaluation.Tests.Corpora;

/// <summary>Small MIDI files of one track, 96 ticks to the quarter.</summary>
internal static class MidiBytes
{
    /// <summary>One note after another, each as long as it takes to the next.</summary>
    /// <param name="setup">Events at tick 0 before all.</param>
    /// <param name="rest">Ticks before the first note.</param>
    /// <param name="lengths">Ticks of the notes.</param>
    internal static byte[] File(byte[] setup, int rest, int[] lengths, int channel = 0, int pitch = 60)
    {
        var track = new List<byte>(setup);
        for (int i = 0; i < lengths.Length; i++)
            track.AddRange([.. Delta(i == 0 ? rest : 0), (byte)(0x90 | channel), (byte)pitch, 100, .. Delta(lengths[i]), (byte)(0x80 | channel), (byte)pitch, 0]);
        var header = new byte[22];
        "MThd"u8.CopyTo(header);
        header[7] = 6;
        header[11] = 1;
        header[13] = 96;
        "MTrk"u8.CopyTo(header.AsSpan(14));
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(18), track.Count);
        return [.. header, .. track];
    }

    internal static byte[] Meta(byte type, byte[] content) => [0, 0xFF, type, (byte)content.Length, .. content];

    private static byte[] Delta(int ticks) => ticks < 128 ? [(byte)ticks] : [(byte)(0x80 | ticks >> 7), (byte)(ticks & 0x7F)];
}
