using System.Buffers.Binary;
using System.Runtime.InteropServices;
using AInimEngine.Analysis.Beats.Learned;
using AInimEngine.Analysis.Spectrum;

namespace AInimEngine.Analysis.Evaluation.Genres;

/// <summary>
/// Writes what the beat model hears of a WAV file (48 kHz, 16 bit, stereo), by the code that runs in the product: little
/// endian floats, 64 bands per frame, frame k centred on sample 512 k + 128.
/// </summary>
public static class BandExport
{
    /// <summary>Exports every WAV of a folder that has no .bands file beside it yet.</summary>
    /// <returns>Files written.</returns>
    public static int Folder(string folder, bool deleteSound)
    {
        int count = 0;
        foreach (string path in Directory.GetFiles(folder, "*.wav").Order(StringComparer.Ordinal))
        {
            string to = Path.ChangeExtension(path, ".bands");
            if (File.Exists(to))
                continue;
            File.WriteAllBytes(to + ".part", MemoryMarshal.AsBytes<float>(Bands(Samples(File.ReadAllBytes(path)))).ToArray());
            File.Move(to + ".part", to);
            if (deleteSound)
                File.Delete(path);
            count++;
        }
        return count;
    }

    /// <summary>The bands of interleaved stereo samples.</summary>
    public static float[] Bands(ReadOnlySpan<short> stereo)
    {
        const int Step = 2 * Hop.Size;
        int length = stereo.Length / 2, frames = length / Step;
        float[] left = new float[Hop.WindowSize], right = new float[Hop.WindowSize], bands = new float[frames * ActivationBands.Count];
        var spectrum = new StereoSpectrum();
        for (int frame = 0; frame < frames; frame++)
        {
            int first = frame * Step + Hop.Half - Hop.WindowSize / 2;
            for (int i = 0; i < Hop.WindowSize; i++)
            {
                int at = first + i;
                bool inside = at >= 0 && at < length;
                left[i] = inside ? stereo[2 * at] / 32768f : 0;
                right[i] = inside ? stereo[2 * at + 1] / 32768f : 0;
            }
            spectrum.Transform(left, right);
            ActivationBands.Sum(spectrum.Amplitude, bands.AsSpan(frame * ActivationBands.Count, ActivationBands.Count));
        }
        return bands;
    }

    private static short[] Samples(byte[] file)
    {
        ReadOnlySpan<byte> bytes = file;
        if (bytes.Length < 12 || !bytes[..4].SequenceEqual("RIFF"u8))
            throw new InvalidDataException("not a WAV file");
        for (int at = 12; at + 8 <= bytes.Length;)
        {
            int size = BinaryPrimitives.ReadInt32LittleEndian(bytes[(at + 4)..]);
            if (bytes.Slice(at, 4).SequenceEqual("data"u8))
                return MemoryMarshal.Cast<byte, short>(bytes.Slice(at + 8, (size < 0 ? bytes.Length : Math.Min(size, bytes.Length - at - 8)) & ~3)).ToArray();
            at += 8 + size + (size & 1);
        }
        throw new InvalidDataException("WAV file without data");
    }
}
