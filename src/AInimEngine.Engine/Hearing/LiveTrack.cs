using AInimEngine.Analysis.Tracks;
using AInimEngine.Core.Errors;
using AInimEngine.Core.Frames;
using AInimEngine.Media;

namespace AInimEngine.Engine.Hearing;

/// <summary>Lets the live analyser hear a file as if it were played, and collects what it decides in real time.</summary>
public static class LiveTrack
{
    private const int BlockLength = 512;

    /// <summary>Hears a track, as fast as the machine can. Corrections are not applied: nobody corrects what happens.</summary>
    /// <param name="path">A local file with sound.</param>
    /// <param name="warnings">Told what was wrong with the file.</param>
    /// <param name="progress">Told the share that is done, 0..1, now and then; from this thread.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <exception cref="AInimException">The file cannot be read.</exception>
    public static HeardTrack Hear(string path, IWarningSink? warnings, IProgress<double>? progress, CancellationToken cancellation)
    {
        string hash = TrackAnalyzer.Hash(path, cancellation);
        using AudioFile track = AudioFile.Open(path, warnings, tools: null, cancellation);
        double expected = (track.Stream.Duration ?? track.Info.Duration ?? 0) * AudioFile.SampleRate;
        var hearing = new LiveHearing();
        var block = new float[BlockLength * AudioFile.Channels];
        long told = 0;
        for (int read; (read = track.Read(block)) > 0;)
        {
            cancellation.ThrowIfCancellationRequested();
            hearing.Write(new AudioBlock(block.AsSpan(0, read * AudioFile.Channels), AudioFile.SampleRate, AudioFile.Channels, track.Position - read));
            if (expected <= 0 || track.Position < told)
                continue;
            progress?.Report(Math.Min(1, track.Position / expected));
            told = track.Position + AudioFile.SampleRate;
        }
        return new HeardTrack(path, hash, hearing.Complete(), track.Stream.Codec, track.IsMended);
    }
}
