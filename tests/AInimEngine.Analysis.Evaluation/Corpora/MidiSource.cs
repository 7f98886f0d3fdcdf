using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using System.Text.RegularExpressions;

namespace AInimEngine.Analysis.Evaluation.Corpora;

/// <summary>Music by people that Debian packages bring as MIDI files.</summary>
/// <param name="Package">The Debian package.</param>
/// <param name="Path">Folder of MIDI files, or a WAD file of which the MIDI lumps are taken; below the root folder.</param>
internal sealed partial record MidiSource(string Package, string Path)
{
    internal static IReadOnlyList<MidiSource> All { get; } =
    [
        new("planetblupi-music-midi", "usr/share/planetblupi/music"),
        new("openttd-openmsx", "usr/share/games/openttd/baseset/openmsx"),
        new("freedink-data", "usr/share/games/dink/dink/Sound"),
        new("simutrans-data", "usr/share/games/simutrans/music"),
        new("pianobooster", "usr/share/doc/pianobooster/courses"),
        new("freedoom", "usr/share/games/doom/freedoom1.wad"),
        new("freedoom", "usr/share/games/doom/freedoom2.wad"),
        new("freedm", "usr/share/games/doom/freedm.wad"),
    ];

    internal bool IsInstalled(string root) => System.IO.Path.Exists(System.IO.Path.Combine(root, Path));

    /// <summary>Name and content of each piece, in an order that does not change.</summary>
    internal IEnumerable<(string Name, byte[] Midi)> Pieces(string root)
    {
        string path = System.IO.Path.Combine(root, Path);
        return path.EndsWith(".wad", StringComparison.Ordinal)
            ? Lumps(path, System.IO.Path.GetFileNameWithoutExtension(path))
            : Files(path, Package == "planetblupi-music-midi" ? "planetblupi" : Package);
    }

    /// <summary>MIDI files below a folder, gzipped ones too.</summary>
    internal static IEnumerable<(string Name, byte[] Midi)> Files(string folder, string prefix) => Directory
        .EnumerateFiles(folder, "*", SearchOption.AllDirectories).Where(file => MidiName().IsMatch(file)).Order(StringComparer.Ordinal)
        .Select(file => ($"{prefix}-{NotWord().Replace(MidiName().Replace(System.IO.Path.GetFileName(file), ""), "_").ToLowerInvariant()}", ReadPlain(file)));

    private static byte[] ReadPlain(string file)
    {
        if (!file.EndsWith(".gz", StringComparison.Ordinal))
            return File.ReadAllBytes(file);
        using var packed = new GZipStream(File.OpenRead(file), CompressionMode.Decompress);
        using var plain = new MemoryStream();
        packed.CopyTo(plain);
        return plain.ToArray();
    }

    /// <summary>A WAD is a header (tag, lump count, directory offset), lumps, and a directory of offset, size and name.</summary>
    private static IEnumerable<(string Name, byte[] Midi)> Lumps(string path, string prefix)
    {
        byte[] wad = File.ReadAllBytes(path);
        int count = BinaryPrimitives.ReadInt32LittleEndian(wad.AsSpan(4)), directory = BinaryPrimitives.ReadInt32LittleEndian(wad.AsSpan(8));
        for (int i = 0; i < count; i++)
        {
            int entry = directory + 16 * i, at = BinaryPrimitives.ReadInt32LittleEndian(wad.AsSpan(entry)), size = BinaryPrimitives.ReadInt32LittleEndian(wad.AsSpan(entry + 4));
            if (size > 4 && wad.AsSpan(at, 4).SequenceEqual("MThd"u8))
                yield return ($"{prefix}-{Encoding.ASCII.GetString(wad, entry + 8, 8).TrimEnd('\0').ToLowerInvariant()}", wad[at..(at + size)]);
        }
    }

    [GeneratedRegex(@"\.(mid|midi)(\.gz)?$", RegexOptions.IgnoreCase)]
    private static partial Regex MidiName();

    [GeneratedRegex(@"\W+")]
    private static partial Regex NotWord();
}
