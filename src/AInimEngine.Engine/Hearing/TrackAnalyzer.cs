using System.Security.Cryptography;
using AInimEngine.Analysis.Loudness;
using AInimEngine.Analysis.Ranges;
using AInimEngine.Analysis.Spectrum;
using AInimEngine.Analysis.Tracks;
using AInimEngine.Core.Errors;
using AInimEngine.Core.Frames;
using AInimEngine.Media;

namespace AInimEngine.Engine.Hearing;

/// <summary>
/// Hears whole tracks: decodes a file once, keeps what was heard in the cache, and lets the artist's corrections win.
/// Blocks its thread; memory grows by some megabytes an hour of sound.
/// </summary>
/// <param name="cache">Earlier analyses; null to analyse every time.</param>
/// <param name="warnings">Told what was wrong with a file, also when its analysis comes from the cache.</param>
public sealed class TrackAnalyzer(AnalysisCache? cache, IWarningSink? warnings)
{
    private const int BlockLength = 8192;

    /// <summary>Hears a track.</summary>
    /// <param name="path">A local file with sound.</param>
    /// <param name="progress">Told the share that is done, 0..1, now and then; from this thread.</param>
    /// <param name="cancellation">Stops it; nothing is left behind.</param>
    /// <exception cref="AInimException">The file, or the corrections beside it, cannot be read.</exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public HeardTrack Analyze(string path, IProgress<double>? progress, CancellationToken cancellation)
    {
        AudioFile.Check(path); // A pipe or a device must not be hashed.
        TrackCorrections? corrections = TrackCorrections.Find(path); // Before the work: a typing error should not cost it.
        string hash = Hash(path, cancellation);
        HeardTrack? heard = cache?.Find(path, hash, out IReadOnlyList<string> said) is { } found ? Repeat(found, said) : null;
        if (heard is null)
        {
            var recorder = new WarningRecorder(warnings);
            heard = Hear(path, hash, recorder, progress, cancellation);
            cache?.Keep(heard, recorder.Messages);
        }
        progress?.Report(1);
        return corrections is null ? heard : heard with { Analysis = corrections.Apply(heard.Analysis), Corrections = corrections.Origin };
    }

    /// <summary>The same track with ranges for the bands that a preset asks for: one more pass, since every preset may ask for others.</summary>
    /// <param name="heard">The track.</param>
    /// <param name="bands">The bands; with none the track is given back as it is.</param>
    /// <param name="cancellation">Stops it.</param>
    public static HeardTrack WithBands(HeardTrack heard, FreeBands bands, CancellationToken cancellation)
    {
        if (bands.All.Count == 0)
            return heard;
        using AudioFile track = AudioFile.Open(heard.Path, warnings: null, tools: null, cancellation);
        var scan = new TrackScan(bands);
        var block = new float[BlockLength * AudioFile.Channels];
        for (int read; (read = track.Read(block)) > 0;)
        {
            cancellation.ThrowIfCancellationRequested();
            scan.Write(new AudioBlock(block.AsSpan(0, read * AudioFile.Channels), AudioFile.SampleRate, AudioFile.Channels, track.Position - read));
        }
        return heard with { Analysis = heard.Analysis with { Summary = scan.Complete() } };
    }

    private HeardTrack Repeat(HeardTrack heard, IReadOnlyList<string> said)
    {
        foreach (string message in said)
            warnings?.Warn(message);
        return heard;
    }

    private static HeardTrack Hear(string path, string hash, IWarningSink warnings, IProgress<double>? progress, CancellationToken cancellation)
    {
        var loudness = new LoudnessTap();
        using AudioFile track = AudioFile.Open(path, warnings, tools: null, cancellation, loudness);
        double expected = (track.Stream.Duration ?? track.Info.Duration ?? 0) * AudioFile.SampleRate;
        var hearing = new TrackHearing();
        LoudnessMeter? mixed = loudness.Measures ? null : new LoudnessMeter(AudioFile.SampleRate, AudioFile.Channels);
        var block = new float[BlockLength * AudioFile.Channels];
        for (int read; (read = track.Read(block)) > 0;)
        {
            cancellation.ThrowIfCancellationRequested();
            var sound = new AudioBlock(block.AsSpan(0, read * AudioFile.Channels), AudioFile.SampleRate, AudioFile.Channels, track.Position - read);
            hearing.Write(sound);
            mixed?.Write(sound);
            if (expected > 0)
                progress?.Report(Math.Min(0.95, 0.95 * track.Position / expected));
        }
        return new HeardTrack(path, hash, hearing.Complete(mixed?.Report() ?? loudness.Report()), track.Stream.Codec, track.IsMended);
    }

    // A file that cannot be opened is left to the decoder, whose words say more.
    internal static string Hash(string path, CancellationToken cancellation)
    {
        try
        {
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 20, FileOptions.SequentialScan);
            cancellation.ThrowIfCancellationRequested();
            return Convert.ToHexStringLower(SHA256.HashData(stream));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            using AudioFile file = AudioFile.Open(path, null, null, cancellation);
            throw new AInimException(ExitCode.Input, $"cannot read '{path}': {error.Message}", error);
        }
    }
}
