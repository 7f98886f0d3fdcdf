using System.Runtime.CompilerServices;
using AInimEngine.Core.Control;

namespace AInimEngine.Control;

/// <summary>
/// What hands did since the loop looked last, one slot a row: the newest position of a value or a switch, the sum of its
/// steps, the number of times that a trigger was pulled. A flood on one row can so push nothing of another row out. Any
/// number of threads write, one reads; nothing blocks, and nothing but a new text is allocated.
/// </summary>
internal sealed class EventSlots
{
    /// <summary>Pulls of one trigger that wait; more are dropped.</summary>
    internal const int MostPulls = 8;

    private readonly ControlSurface _surface;
    private readonly long[] _slots;
    private readonly long[] _when;
    private readonly string?[] _texts;
    private long _dropped, _superseded;
    private int _cursor;

    internal EventSlots(ControlSurface surface)
    {
        _surface = surface;
        _slots = new long[surface.Rows.Count];
        _when = new long[_slots.Length];
        _texts = new string?[_slots.Length];
    }

    /// <summary>Pulls of triggers and texts that were lost because nobody read them in time.</summary>
    internal long Dropped => Volatile.Read(ref _dropped);

    /// <summary>Positions that a newer one replaced before anybody read them; nothing is lost with them.</summary>
    internal long Superseded => Volatile.Read(ref _superseded);

    /// <summary>Adds what happened. Any thread.</summary>
    internal void Write(in ControlEvent happened)
    {
        int row = happened.Row;
        ControlKind kind = _surface.Rows[row].Kind;
        if (kind == ControlKind.Trigger && happened.Value <= 0.5f)
            return;
        Volatile.Write(ref _when[row], happened.Timestamp);
        if (kind == ControlKind.Text)
        {
            if (happened.Text is not null && Interlocked.Exchange(ref _texts[row], happened.Text) is not null)
                Interlocked.Increment(ref _dropped);
            return;
        }
        long before, after;
        do
        {
            before = Volatile.Read(ref _slots[row]);
            after = kind == ControlKind.Trigger ? Math.Min(before + 1, MostPulls) : Join(before, happened.Mode, happened.Value);
            if (kind == ControlKind.Trigger && after == before)
            {
                Interlocked.Increment(ref _dropped);
                return;
            }
        }
        while (Interlocked.CompareExchange(ref _slots[row], after, before) != before);
        if (before != 0 && kind != ControlKind.Trigger)
            Interlocked.Increment(ref _superseded);
    }

    /// <summary>The text that waits or came last in a row, so that a repeated one need not be made again.</summary>
    internal string? PendingText(int row) => Volatile.Read(ref _texts[row]);

    /// <summary>
    /// Takes what waits, row by row. False after one round, though more may have come meanwhile: a round is never longer than
    /// the rows' number times <see cref="MostPulls"/>. The reading thread.
    /// </summary>
    internal bool TryRead(out ControlEvent happened)
    {
        for (; _cursor < _slots.Length; _cursor++)
        {
            ControlKind kind = _surface.Rows[_cursor].Kind;
            if (kind == ControlKind.Text)
            {
                if (Volatile.Read(ref _texts[_cursor]) is null)
                    continue;
                string? text = Interlocked.Exchange(ref _texts[_cursor], null);
                happened = new ControlEvent(_cursor, 1, ControlMode.Absolute, text, Volatile.Read(ref _when[_cursor]));
                _cursor++;
                return true;
            }
            if (Volatile.Read(ref _slots[_cursor]) == 0)
                continue;
            if (kind == ControlKind.Trigger)
            {
                // The same trigger again at the next read, until its pulls are used up.
                long left = Interlocked.Decrement(ref _slots[_cursor]);
                happened = new ControlEvent(_cursor, 1, Timestamp: Volatile.Read(ref _when[_cursor]));
                if (left == 0)
                    _cursor++;
                return true;
            }
            long slot = Interlocked.Exchange(ref _slots[_cursor], 0);
            happened = new ControlEvent(_cursor, ValueOf(slot), ModeOf(slot), Timestamp: Volatile.Read(ref _when[_cursor]));
            _cursor++;
            return true;
        }
        _cursor = 0;
        happened = default;
        return false;
    }

    /// <summary>What a slot holds after one more event: steps add up, two toggles are none.</summary>
    private static long Join(long slot, ControlMode mode, float value)
    {
        if (slot == 0 || mode == ControlMode.Absolute)
            return Pack(mode, value);
        ControlMode before = ModeOf(slot);
        float held = ValueOf(slot);
        if (mode == ControlMode.Relative)
        {
            return before == ControlMode.Absolute ? Pack(before, Math.Clamp(held + value, 0, 1))
                : before == ControlMode.Relative ? Pack(before, Math.Clamp(held + value, -1, 1))
                : Pack(mode, value);
        }
        return before == ControlMode.Absolute ? Pack(before, held > 0.5f ? 0 : 1)
            : before == ControlMode.Toggle ? 0
            : Pack(mode, value);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static long Pack(ControlMode mode, float value) => ((long)mode + 1) << 32 | BitConverter.SingleToUInt32Bits(value);

    private static ControlMode ModeOf(long slot) => (ControlMode)((slot >> 32) - 1);

    private static float ValueOf(long slot) => BitConverter.UInt32BitsToSingle((uint)slot);
}
