using System.Diagnostics;

namespace AInimEngine.Audio.Tests.Support;

/// <summary>Reads sources of sound.</summary>
internal static class Listening
{
    /// <summary>Reads that many seconds of sound.</summary>
    internal static float[] Hear(this ISoundSource source, double seconds, double patience = 10)
    {
        float[] sound = new float[2 * (int)(seconds * 48000)];
        int filled = 0;
        var waited = Stopwatch.StartNew();
        while (filled < sound.Length)
        {
            Assert.True(waited.Elapsed.TotalSeconds < patience, $"{filled / 2} of {sound.Length / 2} samples came in {patience} s");
            if (source.Wait(TimeSpan.FromMilliseconds(100)))
                filled += 2 * source.Read(sound.AsSpan(filled));
        }
        return sound;
    }
}
