using System.Text.RegularExpressions;

namespace AInimEngine.Control.Midi;

/// <summary>Names of ports, without what changes from one day to the next.</summary>
public static partial class MidiPortName
{
    /// <summary>"nanoKONTROL2:nanoKONTROL2 MIDI 1" of "nanoKONTROL2:nanoKONTROL2 MIDI 1 20:0": ALSA's numbers are dealt out anew at each start.</summary>
    public static string Clean(string name) => Numbers().Replace(name, "").Trim();

    /// <summary>
    /// The device of a port, which its input and its output share: what stands before the first colon, or, where a bridge
    /// stands there, what comes after it. JACK's number of a second client of one name is left out.
    /// </summary>
    public static string Device(string name)
    {
        string clean = Clean(name);
        Match bridged = Bridged().Match(clean);
        if (bridged.Success)
            return bridged.Groups[1].Value.Trim();
        int colon = clean.IndexOf(':', StringComparison.Ordinal);
        return colon > 0 ? Second().Replace(clean[..colon], "") : clean;
    }

    [GeneratedRegex(@" \d+:\d+$")]
    private static partial Regex Numbers();

    /// <summary>"a2j:NAME [20] (capture): NAME MIDI 1" and "Midi-Bridge:NAME:(capture_0) NAME MIDI 1".</summary>
    [GeneratedRegex(@"^(?:a2j|Midi-Bridge):([^:(\[]+)")]
    private static partial Regex Bridged();

    [GeneratedRegex(@"-0\d$")]
    private static partial Regex Second();
}
