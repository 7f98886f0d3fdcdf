using System.Security.Cryptography;
using AInimEngine.Analysis.Midi;
using AInimEngine.Core.Errors;

namespace AInimEngine.Analysis.Evaluation.Corpora;

/// <summary>Compositions rendered by FluidSynth, with the tempo map as truth.</summary>
internal static class MidiCorpus
{
    /// <summary>As much of each piece as is rendered, seconds.</summary>
    internal const double Length = 90;

    /// <summary>The installed pieces of one part of the split; what is left out is told to <paramref name="log"/>.</summary>
    /// <param name="root">Where packages are installed or were unpacked: "/".</param>
    internal static List<Track> Installed(string root, bool heldOut, FluidSynth synth, Action<string> log)
    {
        foreach (string package in MidiSource.All.Where(source => !source.IsInstalled(root)).Select(source => source.Package).Distinct())
            log($"{package}: not installed below {root}");
        return Tracks(MidiSource.All.Where(source => source.IsInstalled(root))
            .SelectMany(source => source.Pieces(root).Select(piece => (source.Package, piece.Name, piece.Midi))), heldOut, synth, log);
    }

    /// <summary>All MIDI files below a folder, of one part of the split.</summary>
    internal static List<Track> Folder(string folder, bool heldOut, FluidSynth synth, Action<string> log)
    {
        string name = Path.GetFileName(Path.GetFullPath(folder).TrimEnd('/'));
        return Tracks(MidiSource.Files(folder, name).Select(piece => (name, piece.Name, piece.Midi)), heldOut, synth, log);
    }

    private static List<Track> Tracks(IEnumerable<(string Family, string Name, byte[] Midi)> pieces, bool heldOut, FluidSynth synth, Action<string> log)
    {
        var tracks = new List<Track>();
        var seen = new HashSet<string>();
        foreach ((string family, string name, byte[] midi) in pieces)
        {
            if (!seen.Add(Convert.ToHexString(SHA256.HashData(midi))) || Split.IsHeldOut(name) != heldOut)
                continue;
            (Truth? truth, string? reason) = TruthOf(midi, name);
            if (truth is null)
                log($"{name}: left out, {reason}");
            else
                tracks.Add(new(name, family, () => new(synth.Render(midi, Length), truth)));
        }
        return tracks;
    }

    private static (Truth? Truth, string? Reason) TruthOf(byte[] midi, string name)
    {
        try
        {
            return MidiTruth.Of(MidiFile.Read(midi, name), Length);
        }
        catch (AInimException error)
        {
            return (null, error.Message);
        }
    }
}
