using AInimEngine.Core.State;

namespace AInimEngine.Rendering.Safety;

/// <summary>When each block's transitions of the last second happened. Nothing allocates after it was made, but saving.</summary>
internal sealed class TransitionLog(int blocks)
{
    /// <summary>Transitions a second that are told apart; more are taken for as many.</summary>
    public const int Capacity = 32;

    // Ticks of 0.1 ms. Just under a second, so that rounding never lets in what is a whole second old: a steady 3 Hz has
    // six transitions in any second and not seven.
    private const int TicksPerSecond = 10_000, Window = TicksPerSecond - 2;

    private readonly int[] _ticks = new int[blocks * Capacity];
    private readonly byte[] _heads = new byte[blocks], _counts = new byte[blocks];

    /// <summary>Transitions in the last second, by block.</summary>
    public ReadOnlySpan<byte> Counts => _counts;

    /// <summary>The most that any block has.</summary>
    public int Most { get; private set; }

    /// <summary>A time as this counts it; wraps around after days, which differences bear.</summary>
    public static int TickOf(double seconds) => unchecked((int)(long)Math.Round(seconds * TicksPerSecond));

    /// <summary>Forgets what is a second old.</summary>
    public void Expire(int now)
    {
        if (Most == 0)
            return;
        int most = 0;
        for (int block = 0; block < _counts.Length; block++)
        {
            int count = _counts[block];
            if (count == 0)
                continue;
            while (count > 0 && unchecked(now - _ticks[block * Capacity + _heads[block]]) >= Window)
            {
                _heads[block] = (byte)((_heads[block] + 1) % Capacity);
                count--;
            }
            _counts[block] = (byte)count;
            most = Math.Max(most, count);
        }
        Most = most;
    }

    public void Add(int block, int now)
    {
        if (_counts[block] == Capacity)
        {
            _heads[block] = (byte)((_heads[block] + 1) % Capacity);
            _counts[block]--;
        }
        _ticks[block * Capacity + (_heads[block] + _counts[block]) % Capacity] = now;
        _counts[block]++;
        Most = Math.Max(Most, _counts[block]);
    }

    public void Reset()
    {
        Array.Clear(_counts);
        Array.Clear(_heads);
        Most = 0;
    }

    public void Save(StateWriter writer)
    {
        writer.Write<byte>(_counts);
        int total = 0;
        foreach (byte count in _counts)
            total += count;
        int[] left = new int[total];
        int at = 0;
        for (int block = 0; block < _counts.Length; block++)
            for (int i = 0; i < _counts[block]; i++)
                left[at++] = _ticks[block * Capacity + (_heads[block] + i) % Capacity];
        writer.Write<int>(left);
    }

    public void Restore(StateReader reader)
    {
        Reset();
        reader.Read<byte>(_counts);
        int total = 0;
        foreach (byte count in _counts)
        {
            if (count > Capacity)
                throw new InvalidDataException($"saved state holds {count} transitions of a block, at most {Capacity} are kept");
            total += count;
            Most = Math.Max(Most, count);
        }
        int[] left = new int[total];
        reader.Read<int>(left);
        int at = 0;
        for (int block = 0; block < _counts.Length; block++)
            for (int i = 0; i < _counts[block]; i++)
                _ticks[block * Capacity + i] = left[at++];
    }
}
