using AInimEngine.Core.Randomness;

namespace AInimEngine.Neural.Decoding.Bends;

/// <summary>Which channels a bend takes.</summary>
public static class BendChannels
{
    private const ulong Stream = 0x62656E64; // "bend"

    /// <summary>
    /// The channels in ascending order: those that the bend names, or its seeded share, rounded to whole channels and at
    /// least one where the share is not 0.
    /// </summary>
    /// <param name="bend">A bend that fits (<see cref="BendCheck"/>).</param>
    /// <param name="channels">How many there are.</param>
    public static int[] Of(Bend bend, int channels)
    {
        if (bend.Channels.Count > 0)
            return [.. bend.Channels.Order()];
        int[] all = [.. Enumerable.Range(0, channels)];
        int count = bend.Share > 0 ? Math.Clamp((int)MathF.Round(bend.Share * channels), 1, channels) : 0;
        // The channels with the smallest hashes, so that a share that grows keeps what it had.
        Array.Sort([.. all.Select(channel => Philox.Hash(bend.Seed, Stream, (ulong)channel))], all);
        return [.. all.Take(count).Order()];
    }
}
