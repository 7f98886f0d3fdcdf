using System.Text;
using AInimEngine.Core.Control;

namespace AInimEngine.Control.Osc;

/// <summary>
/// Turns messages into events on a surface's rows, and questions into answers. One thread; allocates nothing but a new
/// text.
/// </summary>
internal sealed class OscRouter(ControlSurface surface, EventSlots slots, Func<long> timestamp) : IOscHandler
{
    /// <summary>Longest text, in bytes.</summary>
    internal const int MostText = 256;

    private readonly OscAddresses _addresses = new(surface);
    private readonly int[] _asked = new int[64];
    private long _received, _refused, _unknown;
    private int _askedCount;

    /// <summary>Messages that did something or asked something.</summary>
    internal long Received => Volatile.Read(ref _received);

    /// <summary>Messages and bundles that break OSC's rules, or whose argument does not suit the row.</summary>
    internal long Refused => Volatile.Read(ref _refused);

    /// <summary>Messages to addresses that nothing listens to.</summary>
    internal long Unknown => Volatile.Read(ref _unknown);

    /// <summary>The addresses, for answers.</summary>
    internal OscAddresses Addresses => _addresses;

    /// <summary>Rows that the last packet asked for. Valid until <see cref="Forget"/>.</summary>
    internal ReadOnlySpan<int> Asked => _asked.AsSpan(0, _askedCount);

    /// <summary>The last packet asked for all rows.</summary>
    internal bool AskedForAll { get; private set; }

    /// <summary>The questions were answered.</summary>
    internal void Forget() => (_askedCount, AskedForAll) = (0, false);

    /// <inheritdoc/>
    public void Refuse() => Volatile.Write(ref _refused, _refused + 1);

    /// <inheritdoc/>
    public void Handle(in OscMessage message)
    {
        ReadOnlySpan<byte> address = message.Address;
        if (address.SequenceEqual("/ainim/?"u8))
        {
            AskedForAll = true;
            Count(ref _received);
            return;
        }
        ControlMode mode = ControlMode.Absolute;
        if (!OscPattern.IsPattern(address) && _addresses.Find(address) is var row and >= 0)
        {
            Take(row, mode, message);
            return;
        }
        if (address.EndsWith("/add"u8))
        {
            mode = ControlMode.Relative;
            address = address[..^4];
        }
        else if (address.EndsWith("/toggle"u8))
        {
            mode = ControlMode.Toggle;
            address = address[..^7];
        }
        if (!OscPattern.IsPattern(address))
        {
            row = _addresses.Find(address);
            if (row >= 0)
                Take(row, mode, message);
            else
                Count(ref _unknown);
            return;
        }
        bool any = false;
        for (int i = 0; i < _addresses.Count; i++)
        {
            if (!OscPattern.Matches(address, _addresses.Of(i)))
                continue;
            any = true;
            Take(i, mode, message);
        }
        if (!any)
            Count(ref _unknown);
    }

    private static void Count(ref long counter) => Volatile.Write(ref counter, counter + 1);

    private void Take(int row, ControlMode mode, in OscMessage message)
    {
        OscArguments arguments = message.Arguments;
        bool has = arguments.MoveNext();
        ControlKind kind = surface.Rows[row].Kind;
        bool isText = has && arguments.Tag is (byte)'s' or (byte)'S';
        bool asks = isText ? arguments.Bytes.SequenceEqual("?"u8) : !has && mode == ControlMode.Absolute && kind is ControlKind.Value or ControlKind.Switch;
        bool good = asks ? kind is ControlKind.Value or ControlKind.Switch && Ask(row)
            : kind == ControlKind.Text ? isText && mode == ControlMode.Absolute && TakeText(row, arguments.Bytes)
            : TakeNumber(row, kind, mode, has ? arguments.Number : 1);
        if (good)
            Count(ref _received);
        else
            Refuse();
    }

    private bool TakeNumber(int row, ControlKind kind, ControlMode mode, double number)
    {
        if (!double.IsFinite(number) || (mode == ControlMode.Relative && kind != ControlKind.Value) || (mode == ControlMode.Toggle && kind != ControlKind.Switch))
            return false;
        float value = (float)Math.Clamp(number, mode == ControlMode.Relative ? -1 : 0, 1);
        // A button that toggles does so when it is pressed, not when it is let go.
        if (mode != ControlMode.Toggle || value > 0.5f)
            slots.Write(new ControlEvent(row, value, mode, Timestamp: timestamp()));
        return true;
    }

    private bool TakeText(int row, ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length is 0 or > MostText || !System.Text.Unicode.Utf8.IsValid(bytes) || HasControl(bytes))
            return false;
        Span<char> characters = stackalloc char[MostText];
        int length = Encoding.UTF8.GetChars(bytes, characters);
        string? waiting = slots.PendingText(row);
        string text = waiting is not null && characters[..length].SequenceEqual(waiting) ? waiting : new string(characters[..length]);
        slots.Write(new ControlEvent(row, 1, ControlMode.Absolute, text, timestamp()));
        return true;
    }

    private static bool HasControl(ReadOnlySpan<byte> bytes)
    {
        foreach (byte value in bytes)
        {
            if (value is < 0x20 or 0x7F)
                return true;
        }
        return false;
    }

    private bool Ask(int row)
    {
        if (_askedCount < _asked.Length)
            _asked[_askedCount++] = row;
        return true;
    }
}
