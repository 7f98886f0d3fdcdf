using AInimEngine.Core.State;

namespace AInimEngine.Rendering.Safety;

/// <summary>
/// Counts flashes as WCAG 2.3.1 does, on a picture reduced to blocks: in every block opposing transitions within the last
/// second, by time and not by frames; then the share of any field of 10 degrees that has too many. Flashes that take turns
/// between places are counted at each place. One thread; allocates nothing after it was made, but saving.
/// </summary>
public sealed class FlashMeter : IStateful
{
    private const string StateName = "flash.meter";
    private const int StateVersion = 1, Channels = 4;

    private readonly LuminanceSwings _luminance;
    private readonly RedSwings _reds;
    private readonly TransitionLog[] _logs;
    private readonly FlashFields _fields;
    private bool _begun;

    /// <summary>Makes a meter that has seen nothing.</summary>
    public FlashMeter(FlashGrid grid)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(grid.Columns, 3);
        ArgumentOutOfRangeException.ThrowIfLessThan(grid.Rows, 3);
        Grid = grid;
        _luminance = new LuminanceSwings(grid.Count);
        _reds = new RedSwings(grid.Count);
        _logs = [new TransitionLog(grid.Count), new TransitionLog(grid.Count)];
        _fields = new FlashFields(grid);
    }

    /// <summary>What pictures are reduced to.</summary>
    public FlashGrid Grid { get; }

    /// <summary>Takes the next picture.</summary>
    /// <param name="blocks">Four floats a block, row by row: mean red, green and blue in linear light, 0..1; the fourth is not used.</param>
    /// <param name="seconds">The picture's time; never less than the one before.</param>
    /// <returns>The second that ends with it.</returns>
    public FlashReading Add(ReadOnlySpan<float> blocks, double seconds)
    {
        Take(blocks, seconds);
        return new FlashReading(seconds, FlashesOf(FlashKind.General), FlashesOf(FlashKind.Red),
            Area(FlashKind.General, FlashRules.Transitions + 1), Area(FlashKind.Red, FlashRules.Transitions + 1));
    }

    /// <inheritdoc/>
    public void Reset()
    {
        _begun = false;
        _luminance.Reset();
        _reds.Reset();
        foreach (TransitionLog log in _logs)
            log.Reset();
    }

    /// <inheritdoc/>
    public void Save(StateWriter writer)
    {
        writer.Section(StateName, StateVersion);
        writer.Write(_begun);
        if (!_begun)
            return;
        _luminance.Save(writer);
        _reds.Save(writer);
        foreach (TransitionLog log in _logs)
            log.Save(writer);
    }

    /// <inheritdoc/>
    public void Restore(StateReader reader)
    {
        reader.Section(StateName, StateVersion);
        Reset();
        _begun = reader.Read<bool>();
        if (!_begun)
            return;
        _luminance.Restore(reader);
        _reds.Restore(reader);
        foreach (TransitionLog log in _logs)
            log.Restore(reader);
    }

    /// <summary>Transitions of a kind in the last second, by block.</summary>
    internal ReadOnlySpan<byte> Counts(FlashKind kind) => _logs[(int)kind].Counts;

    /// <summary>Takes the next picture and judges nothing yet.</summary>
    internal void Take(ReadOnlySpan<float> blocks, double seconds)
    {
        if (blocks.Length != Grid.Count * Channels)
            throw new ArgumentException($"expected {Grid.Count * Channels} floats, got {blocks.Length}", nameof(blocks));
        int now = TransitionLog.TickOf(seconds);
        (TransitionLog general, TransitionLog red) = (_logs[0], _logs[1]);
        general.Expire(now);
        red.Expire(now);
        for (int block = 0, at = 0; block < Grid.Count; block++, at += Channels)
        {
            (float r, float g, float b) = (blocks[at], blocks[at + 1], blocks[at + 2]);
            float luminance = LuminanceSwings.Of(r, g, b);
            if (!_begun)
            {
                _luminance.Begin(block, luminance);
                _reds.Begin(block, r, g, b);
                continue;
            }
            if (_luminance.Add(block, luminance))
                general.Add(block, now);
            if (_reds.Add(block, r, g, b))
                red.Add(block, now);
        }
        _begun = true;
    }

    /// <summary>Forgets what is a second old, before a picture is taken.</summary>
    internal void Expire(double seconds)
    {
        foreach (TransitionLog log in _logs)
            log.Expire(TransitionLog.TickOf(seconds));
    }

    /// <summary>The most transitions of either kind that any block had in the last second.</summary>
    internal int Most => Math.Max(_logs[0].Most, _logs[1].Most);

    /// <summary>Greatest share of a field that has at least so many transitions.</summary>
    internal float Area(FlashKind kind, int atLeast)
    {
        TransitionLog log = _logs[(int)kind];
        return log.Most < atLeast ? 0 : _fields.Worst(log.Counts, atLeast);
    }

    /// <summary>Whether a colour would be a transition of a block, by thresholds that leave a margin.</summary>
    internal bool WouldTurn(FlashKind kind, int block, float red, float green, float blue) => kind == FlashKind.General
        ? _luminance.WouldTurn(block, LuminanceSwings.Of(red, green, blue), 0.085f, FlashRules.Dark + 0.02f)
        : _reds.WouldTurn(block, red, green, blue, 0.17f, FlashRules.Saturated - 0.03f);

    // The most transitions that more than the allowed share of a field has: halving finds it in a few tables.
    private float FlashesOf(FlashKind kind)
    {
        TransitionLog log = _logs[(int)kind];
        (int least, int most) = (0, log.Most);
        while (least < most)
        {
            int middle = (least + most + 1) / 2;
            if (_fields.Worst(log.Counts, middle) > FlashRules.Area)
                least = middle;
            else
                most = middle - 1;
        }
        return least / 2f;
    }
}
