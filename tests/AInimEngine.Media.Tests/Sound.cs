namespace AInimEngine.Media.Tests;

/// <summary>Whole sounds in memory, and where one lies in another.</summary>
internal static class Sound
{
    public static float[] ReadAll(string path, Warnings? warnings = null)
    {
        using AudioFile file = AudioFile.Open(path, warnings);
        return ReadRest(file);
    }

    public static float[] ReadRest(AudioFile file)
    {
        var all = new List<float>();
        float[] buffer = new float[2 * 4099];
        int count;
        while ((count = file.Read(buffer)) > 0)
            all.AddRange(buffer.AsSpan(0, 2 * count));
        return [.. all];
    }

    /// <summary>The left channel.</summary>
    public static float[] Left(float[] interleaved) => [.. interleaved.Where((_, i) => i % 2 == 0)];

    public static double Rms(ReadOnlySpan<float> samples)
    {
        double sum = 0;
        foreach (float sample in samples)
            sum += (double)sample * sample;
        return Math.Sqrt(sum / samples.Length);
    }

    /// <summary>How many samples later <paramref name="b"/> plays what <paramref name="a"/> plays, by the peak of their correlation.</summary>
    public static int Lag(float[] a, float[] b, int reach)
    {
        int length = Math.Min(a.Length, b.Length) - 2 * reach;
        Assert.True(length > 10 * reach, "too short to correlate");
        double best = double.MinValue;
        int bestLag = 0;
        for (int lag = -reach; lag <= reach; lag++)
        {
            double sum = 0;
            ReadOnlySpan<float> left = a.AsSpan(reach, length);
            ReadOnlySpan<float> right = b.AsSpan(reach + lag, length);
            for (int i = 0; i < length; i += 3)
                sum += left[i] * right[i];
            if (sum > best)
                (best, bestLag) = (sum, lag);
        }
        return bestLag;
    }
}
