using System.Buffers.Binary;
using AInimEngine.Media;

namespace AInimEngine.Engine.Hearing.Output;

/// <summary>
/// The track with a click on every beat, to check by ear: 48 kHz stereo WAV of 16 bits. A click starts at the sample of
/// its beat; downbeats are an octave higher. The music is 3 dB softer under them.
/// </summary>
public static class ClickTrack
{
    private const int BlockLength = 4096, FrameBytes = 4;
    private const double Length = 0.03, Beat = 1000, Downbeat = 2000;
    private const float Music = 0.7f, Click = 0.6f;

    /// <summary>Writes the file.</summary>
    /// <exception cref="Core.Errors.AInimException">The track is too long for a WAV file, or it cannot be written.</exception>
    public static void Write(string path, bool overwrite, HeardTrack heard, CancellationToken cancellation)
    {
        WaveHeader.Check(path, heard.SampleCount, isFloat: false);
        float[] low = Sound(Beat), high = Sound(Downbeat);
        long[] beats = [.. heard.Analysis.Beats.Times.Select(time => (long)Math.Round(time * AudioFile.SampleRate))];
        IReadOnlyList<int> places = heard.Analysis.Beats.Positions;
        using AudioFile track = AudioFile.Open(heard.Path, warnings: null, tools: null, cancellation);
        WholeFile.Write(path, overwrite, stream =>
        {
            stream.Write(WaveHeader.Make(heard.SampleCount, isFloat: false));
            var block = new float[BlockLength * 2];
            var bytes = new byte[BlockLength * FrameBytes];
            int first = 0;
            for (int read; (read = track.Read(block)) > 0;)
            {
                long begin = track.Position - read;
                Span<float> samples = block.AsSpan(0, 2 * read);
                foreach (ref float sample in samples)
                    sample *= Music;
                while (first < beats.Length && beats[first] + low.Length <= begin)
                    first++;
                for (int i = first; i < beats.Length && beats[i] < begin + read; i++)
                    Mix(samples, places[i] == 1 ? high : low, beats[i] - begin);
                for (int i = 0; i < samples.Length; i++)
                    BinaryPrimitives.WriteInt16LittleEndian(bytes.AsSpan(2 * i), (short)Math.Round(Math.Clamp(samples[i], -1, 1) * short.MaxValue));
                stream.Write(bytes.AsSpan(0, 2 * samples.Length));
            }
        });
    }

    private static void Mix(Span<float> stereo, float[] click, long offset)
    {
        for (int i = (int)Math.Max(0, -offset); i < click.Length && 2 * (offset + i) < stereo.Length; i++)
        {
            stereo[(int)(2 * (offset + i))] += click[i];
            stereo[(int)(2 * (offset + i)) + 1] += click[i];
        }
    }

    private static float[] Sound(double hertz)
    {
        var click = new float[(int)(Length * AudioFile.SampleRate)];
        for (int i = 0; i < click.Length; i++)
        {
            double t = (double)i / AudioFile.SampleRate;
            click[i] = Click * (float)(Math.Cos(Math.Tau * hertz * t) * Math.Exp(-t / 0.006));
        }
        return click;
    }
}
