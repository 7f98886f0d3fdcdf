using AInimEngine.Analysis.Ranges;
using AInimEngine.Core.Errors;
using AInimEngine.Core.Frames;
using AInimEngine.Media;

namespace AInimEngine.Engine.Offline;

/// <summary>The first pass over a track: its exact length, the range of every feature, and whether it needed mending.</summary>
/// <param name="Summary">Ranges for normalising.</param>
/// <param name="SampleCount">Decoded samples per channel.</param>
/// <param name="Codec">Codec of the sound, "mp3".</param>
/// <param name="Tags">Tags of the file (title, artist, ...), names in lower case.</param>
/// <param name="IsMended">The decoded sound differs from what the file says, so its stream must not be copied.</param>
public sealed record TrackListener(TrackSummary Summary, long SampleCount, string Codec, IReadOnlyDictionary<string, string> Tags, bool IsMended)
{
    private const int BlockLength = 8192;

    /// <summary>Listens to a whole track, in constant memory.</summary>
    public static TrackListener Listen(string path, IWarningSink warnings, CancellationToken cancellation)
    {
        using AudioFile track = AudioFile.Open(path, warnings, cancellation: cancellation);
        var scan = new TrackScan();
        var block = new float[BlockLength * AudioFile.Channels];
        for (int read; (read = track.Read(block)) > 0;)
        {
            cancellation.ThrowIfCancellationRequested();
            scan.Write(new AudioBlock(block.AsSpan(0, read * AudioFile.Channels), AudioFile.SampleRate, AudioFile.Channels, track.Position - read));
        }
        return new TrackListener(scan.Complete(), track.Position, track.Stream.Codec, track.Info.Tags, track.IsMended);
    }
}
