using AInimEngine.Core.State;

namespace AInimEngine.Rendering.Safety;

/// <summary>
/// Decides how much of each new picture may be shown, block by block, so that what is shown never flashes too often. A
/// block where a sixth transition within a second is about to be seen, as part of more than a fifth of a field, follows
/// the picture with a time constant of a second from then on: a strobe becomes its mean with a ripple below the
/// threshold, and a picture that has stopped to flash is back after another second. Blocks that never came near are given
/// whole. The pure half of <see cref="FlashLimiter"/>; one thread, allocates nothing after it was made, but saving.
/// </summary>
/// <param name="grid">What pictures are reduced to.</param>
internal sealed class FlashGuard(FlashGrid grid) : IStateful
{
    private const string StateName = "flash.guard";
    private const int StateVersion = 1, Channels = 4, Halvings = 6;

    // One transition and a twentieth of a field less than what fails, because a block is a mean.
    private const int Transitions = FlashRules.Transitions - 1;
    private const float Area = FlashRules.Area - 0.05f;

    // A full swing at 3 Hz leaves tanh(1/12) = 0.083 of itself. Longer would drag, shorter let the ripple be a flash.
    private const float FollowSeconds = 1, RecoverSeconds = 1;

    private readonly FlashMeter _wanted = new(grid), _shown = new(grid);
    private readonly FlashFields _fields = new(grid);
    private readonly byte[] _marks = new byte[grid.Count];
    // How much more than its neighbour a block may get: from nothing to all in about twelve blocks.
    private const float SoftenRatio = 1.4f, SoftenStep = 0.01f;

    private readonly float[] _strengths = new float[grid.Count], _raw = new float[grid.Count], _rows = new float[grid.Count], _gains = new float[grid.Count];
    private readonly float[] _last = new float[grid.Count * Channels];
    private double _lastSeconds = double.NegativeInfinity;
    private bool _holding;

    /// <summary>How much of the new picture to show, 0..1, by block, after <see cref="Decide"/>; between blocks it is interpolated.</summary>
    public ReadOnlySpan<float> Gains => _gains;

    /// <summary>Whether the next picture may have to be mixed with the one that is shown now.</summary>
    public bool NeedsLast => _holding || _shown.Most >= Transitions || _wanted.Most >= Transitions;

    /// <summary>Judges a finished picture; false when all of it may be shown.</summary>
    /// <param name="next">Its blocks, as <see cref="FlashMeter.Add"/> takes them.</param>
    /// <param name="seconds">Its time.</param>
    public bool Decide(ReadOnlySpan<float> next, double seconds)
    {
        double step = Math.Max(0, seconds - _lastSeconds);
        _shown.Expire(seconds);
        _wanted.Take(next, seconds);
        if (double.IsInfinity(step) || !(NeedsLast || _wanted.Most > Transitions))
            return false;
        Engage(next, step);
        return _holding && Limit(next, step);
    }

    /// <summary>Takes what was shown of the picture that was judged.</summary>
    public void Show(ReadOnlySpan<float> blocks, double seconds)
    {
        _shown.Take(blocks, seconds);
        blocks.CopyTo(_last);
        _lastSeconds = seconds;
    }

    /// <inheritdoc/>
    public void Reset()
    {
        _wanted.Reset();
        _shown.Reset();
        Array.Clear(_strengths);
        _lastSeconds = double.NegativeInfinity;
        _holding = false;
    }

    /// <inheritdoc/>
    public void Save(StateWriter writer)
    {
        writer.Section(StateName, StateVersion);
        _wanted.Save(writer);
        _shown.Save(writer);
        writer.Write<float>(_strengths);
        writer.Write<float>(_last);
        writer.Write(_lastSeconds);
        writer.Write(_holding);
    }

    /// <inheritdoc/>
    public void Restore(StateReader reader)
    {
        reader.Section(StateName, StateVersion);
        _wanted.Restore(reader);
        _shown.Restore(reader);
        reader.Read<float>(_strengths);
        reader.Read<float>(_last);
        _lastSeconds = reader.Read<double>();
        _holding = reader.Read<bool>();
    }

    // Which blocks are held from now on, and how strongly: at once where they flash, less and less once they have stopped.
    private void Engage(ReadOnlySpan<float> next, double step)
    {
        ReadOnlySpan<byte> wanted = _wanted.Counts(FlashKind.General), wantedRed = _wanted.Counts(FlashKind.Red);
        bool any = false;
        for (int block = 0; block < _marks.Length; block++)
        {
            bool flashes = wanted[block] > Transitions || wantedRed[block] > Transitions || Turns(next, block, 1);
            _marks[block] = flashes ? (byte)1 : (byte)0;
            any |= flashes;
        }
        bool tooLarge = any && _fields.Worst(_marks, 1) > Area;
        float recovered = (float)(step / RecoverSeconds);
        _holding = false;
        for (int block = 0; block < _marks.Length; block++)
        {
            _strengths[block] = tooLarge && _marks[block] != 0 ? 1 : Math.Max(0, _strengths[block] - recovered);
            _holding |= _strengths[block] > 0;
        }
    }

    private bool Limit(ReadOnlySpan<float> next, double step)
    {
        bool acts = false;
        for (int block = 0; block < _raw.Length; block++)
        {
            float strength = _strengths[block], gain = 1;
            if (strength > 0)
            {
                gain = 1 - MathF.Exp(-(float)step / (FollowSeconds * strength * strength));
                for (int i = 0; i < Halvings && Turns(next, block, gain); i++)
                    gain = i == Halvings - 1 ? 0 : gain / 2;
            }
            _raw[block] = gain;
            acts |= gain < 1;
        }
        if (acts)
            Spread();
        return acts;
    }

    // Whether so much of the new picture would be one transition too many.
    private bool Turns(ReadOnlySpan<float> next, int block, float gain)
    {
        bool general = _shown.Counts(FlashKind.General)[block] >= Transitions, red = _shown.Counts(FlashKind.Red)[block] >= Transitions;
        if (!general && !red)
            return false;
        int at = block * Channels;
        float r = _last[at] + gain * (next[at] - _last[at]);
        float g = _last[at + 1] + gain * (next[at + 1] - _last[at + 1]);
        float b = _last[at + 2] + gain * (next[at + 2] - _last[at + 2]);
        return general && _shown.WouldTurn(FlashKind.General, block, r, g, b) || red && _shown.WouldTurn(FlashKind.Red, block, r, g, b);
    }

    // The least of each block and its neighbours: interpolated, no part of a block then gets more than the block may have.
    private void Spread()
    {
        for (int block = 0; block < _raw.Length; block++)
        {
            int column = block % grid.Columns;
            float least = _raw[block];
            if (column > 0)
                least = Math.Min(least, _raw[block - 1]);
            if (column < grid.Columns - 1)
                least = Math.Min(least, _raw[block + 1]);
            _rows[block] = least;
        }
        for (int block = 0; block < _rows.Length; block++)
        {
            float least = _rows[block];
            if (block >= grid.Columns)
                least = Math.Min(least, _rows[block - grid.Columns]);
            if (block < _rows.Length - grid.Columns)
                least = Math.Min(least, _rows[block + grid.Columns]);
            _gains[block] = least;
        }
        Soften(1);
        Soften(-1);
    }

    // No block gets much more than its neighbours: what is held back fades out over many blocks, and no edge of one is seen. Gains
    // only become less, so that what was decided stays true.
    private void Soften(int direction)
    {
        int columns = grid.Columns, first = direction > 0 ? 0 : _gains.Length - 1;
        for (int i = 0; i < _gains.Length; i++)
        {
            int block = first + direction * i, column = block % columns, before = column - direction, above = block - direction * columns;
            float gain = _gains[block];
            if (before >= 0 && before < columns)
                gain = Math.Min(gain, Softer(_gains[block - direction]));
            if (above >= 0 && above < _gains.Length)
            {
                gain = Math.Min(gain, Softer(_gains[above]));
                if (column + direction >= 0 && column + direction < columns)
                    gain = Math.Min(gain, Softer(_gains[above + direction]));
            }
            _gains[block] = gain;
        }

        static float Softer(float gain) => SoftenRatio * gain + SoftenStep;
    }
}
