using System.Runtime.InteropServices;
using AInimEngine.Analysis.Beats.Learned;
using AInimEngine.Analysis.Spectrum;

namespace AInimEngine.Analysis.Evaluation.Genres;

/// <summary>
/// Writes what the beat model hears of a WAV file (48 kHz, 16 bit, stereo), by the code that runs in the product: little
/// endian floats, 64 bands per frame, frame k centred on sample 512 k + 128.
/// </summary>
internal static class BandExport
{
    /// <summary>Exports every WAV of a folder that has no .bands file beside it yet.</summary>
    /// <returns>Files written.</returns>
    internal static int Folder(string folder, bool deleteSound)
    {
        int count = 0;
        foreach (string path in Directory.GetFiles(folder, "*.wav").Order(StringComparer.Ordinal))
        {
            string to = Path.ChangeExtension(path, ".bands");
            if (File.Exists(to))
                continue;
            File.WriteAllBytes(to + ".part", MemoryMarshal.AsBytes<float>(Bands(Samples(WavFile.Read(path)))).ToArray());
            File.Move(to + ".part", to);
            if (deleteSound)
                File.Delete(path);
            count++;
        }
        return count;
    }

    /// <summary>The bands of interleaved stereo samples.</summary>
    internal static float[] Bands(ReadOnlySpan<short> stereo)
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

    private static short[] Samples(float[] stereo) => Array.ConvertAll(stereo, x => (short)(x * 32768));
}
