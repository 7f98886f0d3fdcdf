namespace AInimEngine.Control.Osc;

/// <summary>
/// Address patterns of OSC 1.0: ? one character, * any number, [a-z] and [!a-z] one of a set, {this,that} one of several;
/// none of them matches '/'.
/// </summary>
internal static class OscPattern
{
    /// <summary>Steps that one match may take; a pattern that is made to take more matches nothing.</summary>
    internal const int MostSteps = 4096;

    /// <summary>Whether an address is a pattern.</summary>
    internal static bool IsPattern(ReadOnlySpan<byte> address) => address.IndexOfAny("?*[{"u8) >= 0;

    /// <summary>Whether a pattern matches a whole address. A pattern with an open bracket matches nothing.</summary>
    internal static bool Matches(ReadOnlySpan<byte> pattern, ReadOnlySpan<byte> address)
    {
        int steps = MostSteps;
        return Matches(pattern, address, ref steps);
    }

    private static bool Matches(ReadOnlySpan<byte> pattern, ReadOnlySpan<byte> address, ref int steps)
    {
        while (!pattern.IsEmpty)
        {
            if (--steps < 0)
                return false;
            switch ((char)pattern[0])
            {
                case '*':
                    return Star(pattern.TrimStart((byte)'*'), address, ref steps);
                case '{':
                    return Alternatives(pattern, address, ref steps);
                case '[':
                    int end = pattern.IndexOf((byte)']');
                    if (end < 0 || address.IsEmpty || address[0] == '/' || !IsIn(pattern[1..end], address[0]))
                        return false;
                    pattern = pattern[(end + 1)..];
                    break;
                case '?':
                    if (address.IsEmpty || address[0] == '/')
                        return false;
                    pattern = pattern[1..];
                    break;
                default:
                    if (address.IsEmpty || address[0] != pattern[0])
                        return false;
                    pattern = pattern[1..];
                    break;
            }
            address = address[1..];
        }
        return address.IsEmpty;
    }

    private static bool Star(ReadOnlySpan<byte> rest, ReadOnlySpan<byte> address, ref int steps)
    {
        int end = address.IndexOf((byte)'/');
        if (end < 0)
            end = address.Length;
        if (rest.IsEmpty)
            return end == address.Length;
        for (int i = 0; i <= end && steps > 0; i++)
        {
            if (Matches(rest, address[i..], ref steps))
                return true;
        }
        return false;
    }

    private static bool Alternatives(ReadOnlySpan<byte> pattern, ReadOnlySpan<byte> address, ref int steps)
    {
        int end = pattern.IndexOf((byte)'}');
        if (end < 0)
            return false;
        ReadOnlySpan<byte> list = pattern[1..end];
        while (steps > 0)
        {
            int comma = list.IndexOf((byte)',');
            ReadOnlySpan<byte> word = comma < 0 ? list : list[..comma];
            if (address.StartsWith(word) && !word.Contains((byte)'/') && Matches(pattern[(end + 1)..], address[word.Length..], ref steps))
                return true;
            if (comma < 0 || --steps < 0)
                return false;
            list = list[(comma + 1)..];
        }
        return false;
    }

    private static bool IsIn(ReadOnlySpan<byte> set, byte letter)
    {
        bool not = set.StartsWith("!"u8), found = false;
        if (not)
            set = set[1..];
        for (int i = 0; i < set.Length; i++)
        {
            // A minus sign at either end is itself.
            if (i + 2 < set.Length && set[i + 1] == '-')
            {
                found |= set[i] <= letter && letter <= set[i + 2];
                i += 2;
            }
            else
            {
                found |= set[i] == letter;
            }
        }
        return found != not;
    }
}
