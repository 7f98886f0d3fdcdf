using AInimEngine.Core.Errors;

namespace AInimEngine.Audio.Devices;

/// <summary>Finds a device by what a person typed of its name.</summary>
internal static class DeviceNames
{
    private const int Shown = 4;

    /// <summary>The device of that name (case does not matter), or the only one whose name holds it.</summary>
    /// <param name="wanted">A name or a part of one.</param>
    /// <param name="devices">Among these; one or more.</param>
    /// <param name="what">"sound input", for the error.</param>
    /// <exception cref="AInimException">None or several.</exception>
    public static AudioDevice Match(string wanted, IReadOnlyList<AudioDevice> devices, string what)
    {
        AudioDevice? exact = devices.FirstOrDefault(d => d.Name == wanted)
            ?? devices.FirstOrDefault(d => d.Name.Equals(wanted, StringComparison.OrdinalIgnoreCase));
        if (exact is not null)
            return exact;
        AudioDevice[] holding = [.. devices.Where(d => wanted.Trim().Length > 0 && d.Name.Contains(wanted.Trim(), StringComparison.OrdinalIgnoreCase))];
        // An input and the monitor of an output of the same card share a name; who says a part of it means the input.
        AudioDevice[] plain = holding.Length > 1 ? [.. holding.Where(d => d.Kind != AudioDeviceKind.Monitor)] : holding;
        if (plain.Length == 1)
            return plain[0];
        if (holding.Length > 1)
            throw new AInimException(ExitCode.Input, $"'{wanted}' is in the name of {holding.Length} {what}s: {List(holding)}. Type more of the one that is meant.");
        IEnumerable<AudioDevice> nearest = devices.OrderBy(d => Distance(wanted, d.Name));
        throw new AInimException(ExitCode.Input, $"there is no {what} '{wanted}'; there is {List([.. nearest])}. 'ainim devices' shows all.");
    }

    private static string List(AudioDevice[] devices)
    {
        string names = string.Join(", ", devices.Take(Shown).Select(d => $"'{d.Name}'"));
        return devices.Length > Shown ? $"{names} and {devices.Length - Shown} more" : names;
    }

    /// <summary>How many letters of <paramref name="wanted"/> must change to stand somewhere in <paramref name="name"/> (Sellers 1980).</summary>
    internal static int Distance(string wanted, string name)
    {
        int[] row = [.. Enumerable.Range(0, wanted.Length + 1)];
        int best = row[^1];
        foreach (char letter in name)
        {
            int diagonal = row[0];
            for (int i = 1; i < row.Length; i++)
            {
                int change = char.ToUpperInvariant(wanted[i - 1]) == char.ToUpperInvariant(letter) ? 0 : 1;
                int cost = Math.Min(diagonal + change, Math.Min(row[i - 1], row[i]) + 1);
                (diagonal, row[i]) = (row[i], cost);
            }
            best = Math.Min(best, row[^1]);
        }
        return best;
    }
}
