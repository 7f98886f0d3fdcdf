using System.Runtime.InteropServices;
using AInimEngine.Analysis.Stems;
using AInimEngine.Core.Frames;
using AInimEngine.Media;

namespace AInimEngine.Engine.Hearing.Output;

/// <summary>A track taken apart into four stems, each a WAV file of float32 as long as the track; their sum is the track.</summary>
public static class StemFiles
{
    private const int BlockLength = 4096;

    /// <summary>The files in the order of <see cref="StemKind"/>: "FOLDER/song-percussive.wav", ...</summary>
    /// <param name="folder">Where they go.</param>
    /// <param name="track">The sound file.</param>
    public static IReadOnlyList<string> Names(string folder, string track) =>
        [.. Enum.GetValues<StemKind>().Select(kind => Path.Combine(folder, $"{Path.GetFileNameWithoutExtension(track)}-{kind.ToString().ToLowerInvariant()}.wav"))];

    /// <summary>Writes all of them; they appear together, when all are whole.</summary>
    /// <exception cref="Core.Errors.AInimException">The track is too long for WAV files, or they cannot be written.</exception>
    public static void Write(IReadOnlyList<string> names, bool overwrite, HeardTrack heard, CancellationToken cancellation)
    {
        foreach (string name in names)
            WaveHeader.Check(name, heard.SampleCount, isFloat: true);
        using AudioFile track = AudioFile.Open(heard.Path, warnings: null, tools: null, cancellation);
        WriteNested(names, overwrite, [], streams => Separate(track, heard.SampleCount, streams, cancellation));
    }

    private static void WriteNested(IReadOnlyList<string> names, bool overwrite, Stream[] open, Action<Stream[]> write)
    {
        if (open.Length == names.Count)
            write(open);
        else
            WholeFile.Write(names[open.Length], overwrite, stream => WriteNested(names, overwrite, [.. open, stream], write));
    }

    private static void Separate(AudioFile track, long samples, Stream[] streams, CancellationToken cancellation)
    {
        foreach (Stream stream in streams)
            stream.Write(WaveHeader.Make(samples, isFloat: true));
        var separator = new StemSeparator();
        var stems = new StemBlock();
        var block = new float[BlockLength * AudioFile.Channels];
        for (int read; (read = track.Read(block)) > 0;)
        {
            cancellation.ThrowIfCancellationRequested();
            separator.Write(new AudioBlock(block.AsSpan(0, read * AudioFile.Channels), AudioFile.SampleRate, AudioFile.Channels, track.Position - read));
            Drain();
        }
        separator.Complete();
        Drain();

        void Drain()
        {
            while (separator.TryRead(stems))
                for (int i = 0; i < streams.Length; i++)
                    streams[i].Write(MemoryMarshal.AsBytes(stems[(StemKind)i].Samples));
        }
    }
}
