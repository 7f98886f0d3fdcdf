using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;

namespace AInimEngine.Analysis.Evaluation.Corpora;

/// <summary>Renders MIDI files with a General MIDI sound font; what was rendered once is kept.</summary>
internal sealed class FluidSynth(string cacheFolder)
{
    private const string Gain = "0.4";
    private static readonly string[] s_fonts = ["/usr/share/sounds/sf2/FluidR3_GM.sf2", "/usr/share/sounds/sf2/TimGM6mb.sf2"];

    private static string? Font => s_fonts.FirstOrDefault(File.Exists);

    /// <summary>Why it cannot run here; null: it can.</summary>
    internal static string? Missing => !Tool.Exists("fluidsynth") ? "fluidsynth is not installed"
        : Font is null ? "no General MIDI sound font is installed (Debian: fluid-soundfont-gm)" : null;

    /// <summary>The first <paramref name="seconds"/> of a file, stereo at 48 kHz.</summary>
    internal float[] Render(byte[] midi, double seconds)
    {
        string font = Font ?? throw new InvalidOperationException(Missing);
        byte[] key = [.. midi, .. Encoding.UTF8.GetBytes($"{Path.GetFileName(font)} {Gain} {seconds}")];
        string path = Path.Combine(cacheFolder, Convert.ToHexString(SHA256.HashData(key))[..24] + ".wav");
        if (File.Exists(path))
            return WavFile.Read(path);
        Directory.CreateDirectory(cacheFolder);
        float[] stereo = Run(font, midi, seconds);
        string part = $"{path}.{Guid.NewGuid():N}";
        WavFile.Write(part, stereo);
        File.Move(part, path, overwrite: true);
        return stereo;
    }

    private static float[] Run(string font, byte[] midi, double seconds)
    {
        using var file = new ScratchFile(".mid");
        File.WriteAllBytes(file.Path, midi);
        var start = new ProcessStartInfo("fluidsynth",
            ["-n", "-i", "-q", "-R", "1", "-C", "1", "-g", Gain, "-r", $"{Hop.SampleRate}", "-O", "s16", "-T", "raw", "-F", "-", font, file.Path])
        { RedirectStandardOutput = true, RedirectStandardError = true };
        using Process process = Process.Start(start) ?? throw new InvalidOperationException("fluidsynth did not start");
        process.ErrorDataReceived += (_, _) => { };
        process.BeginErrorReadLine();
        var bytes = new byte[4 * (int)(seconds * Hop.SampleRate)];
        int count = process.StandardOutput.BaseStream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        // It would play on to the end of the piece.
        if (count == bytes.Length)
            process.Kill();
        process.WaitForExit();
        if (count < 4 * Hop.SampleRate)
            throw new InvalidOperationException($"fluidsynth rendered {count} bytes (exit code {process.ExitCode})");
        var stereo = new float[count / 4 * 2];
        for (int i = 0; i < stereo.Length; i++)
            stereo[i] = BitConverter.ToInt16(bytes, 2 * i) / 32768f;
        return stereo;
    }
}
