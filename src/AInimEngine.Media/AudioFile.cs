using AInimEngine.Core.Errors;
using AInimEngine.Media.Processes;
using AInimEngine.Media.Sound;

namespace AInimEngine.Media;

/// <summary>
/// The sound of a local file as 48 kHz stereo float32, nominally -1..1, streamed through a pipe: an hour needs no more
/// memory than a minute. More channels are mixed down by ffmpeg's matrix, mono is doubled at the same level. NaN and
/// infinite samples become 0 before any filter sees them. One thread at a time.
/// </summary>
public sealed class AudioFile : IDisposable
{
    /// <summary>Samples a second, per channel.</summary>
    public const int SampleRate = 48000;

    /// <summary>Left, right.</summary>
    public const int Channels = 2;

    private readonly FFmpegTools _tools;
    private readonly IWarningSink? _warnings;
    private readonly CancellationToken _cancellation;
    private readonly ISoundTap? _tap;
    private readonly float[] _ahead = new float[1024 * Channels];
    private readonly float[] _skipped = new float[4096 * Channels];
    private SoundDecoder _decoder;
    private CancellationTokenRegistration _stop;
    private int _aheadStart;
    private int _aheadCount;
    private bool _decoderEnded;
    private bool _warned;

    private AudioFile(MediaInfo info, IWarningSink? warnings, FFmpegTools tools, ISoundTap? tap, CancellationToken cancellation)
    {
        _tap = tap;
        Info = info;
        Stream = info.RequireAudio();
        _warnings = warnings;
        _tools = tools;
        _cancellation = cancellation;
        _decoder = StartDecoder();
    }

    /// <summary>What the file holds.</summary>
    public MediaInfo Info { get; }

    /// <summary>The stream that is decoded: the first sound stream.</summary>
    public MediaStream Stream { get; }

    /// <summary>Samples per channel that were handed out or skipped so far.</summary>
    public long Position { get; private set; }

    /// <summary>Every sample was handed out or skipped: <see cref="Position"/> is the length.</summary>
    public bool Ended => _decoderEnded && _aheadCount == 0;

    /// <summary>Samples of the source, each channel counted, that were NaN or infinite and became 0. Complete once <see cref="Ended"/>.</summary>
    public long NonFiniteCount => _decoder.Cleaner.NonFiniteCount;

    /// <summary>Samples of the source that were finite but absurdly loud (beyond 256) and were cut to that. Complete once <see cref="Ended"/>.</summary>
    public long ClampedCount => _decoder.Cleaner.ClampedCount;

    /// <summary>ffmpeg complained, or the sound ended early. Complete once <see cref="Ended"/>.</summary>
    public bool IsDamaged { get; private set; }

    /// <summary>The sound handed out differs from what the file says, so the file's own stream should not be copied. Complete once <see cref="Ended"/>.</summary>
    public bool IsMended => IsDamaged || NonFiniteCount > 0 || ClampedCount > 0;

    /// <summary>Opens the first sound stream of <paramref name="path"/> and decodes its beginning.</summary>
    /// <param name="path">A local file.</param>
    /// <param name="warnings">Told, at the end of the sound, what was mended.</param>
    /// <param name="tools">Where ffmpeg is; found when null.</param>
    /// <param name="cancellation">Ends this and every later read and skip, one that waits for ffmpeg included.</param>
    /// <param name="tap">Hears the samples in the file's own rate and channels, a little before they are handed out.</param>
    /// <exception cref="AInimException">Missing, unreadable, without sound, or its sound is empty.</exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public static AudioFile Open(
        string path, IWarningSink? warnings = null, FFmpegTools? tools = null, CancellationToken cancellation = default, ISoundTap? tap = null)
    {
        tools ??= FFmpegTools.Find();
        MediaInfo info = MediaInfo.Probe(path, tools: tools, cancellation: cancellation);
        MediaStream stream = info.RequireAudio();
        if (stream.SampleRate <= 0 || stream.Channels <= 0)
            throw LocalInput.Error(path, "decode", $"the stream '{stream}' holds no sound that ffmpeg can decode. Convert it first.");
        var file = new AudioFile(info, warnings, tools, tap, cancellation);
        try
        {
            file.LookAhead();
            return file;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Refuses what is not a readable file with something in it, without decoding; a pipe or a device is never opened.</summary>
    /// <exception cref="AInimException">It is none.</exception>
    public static void Check(string path) => LocalInput.Check(path, "decode");

    /// <summary>Decodes all of <paramref name="path"/> once: its exact length, its peak, and what was mended.</summary>
    /// <inheritdoc cref="Open"/>
    public static AudioScan Scan(
        string path, IWarningSink? warnings = null, FFmpegTools? tools = null, CancellationToken cancellation = default)
    {
        using AudioFile file = Open(path, warnings, tools, cancellation);
        float[] buffer = new float[4096 * Channels];
        float peak = 0;
        int count;
        while ((count = file.Read(buffer)) > 0)
        {
            foreach (float sample in buffer.AsSpan(0, count * Channels))
                peak = Math.Max(peak, Math.Abs(sample));
        }
        return new AudioScan(file.Position, peak, file.NonFiniteCount, file.ClampedCount, file.IsMended);
    }

    /// <summary>
    /// Fills <paramref name="interleaved"/> as far as the sound goes. Allocates nothing.
    /// </summary>
    /// <param name="interleaved">Left, right, left, ...; of even length.</param>
    /// <returns>Samples per channel; less than asked only at the end, 0 after it.</returns>
    /// <exception cref="AInimException">ffmpeg was killed or failed.</exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public int Read(Span<float> interleaved)
    {
        if (interleaved.Length % Channels != 0)
            throw new ArgumentException($"{interleaved.Length} floats do not hold whole stereo samples", nameof(interleaved));
        int fromAhead = Math.Min(_aheadCount, interleaved.Length);
        _ahead.AsSpan(_aheadStart, fromAhead).CopyTo(interleaved);
        _aheadStart += fromAhead;
        _aheadCount -= fromAhead;
        int count = fromAhead / Channels;
        if (fromAhead < interleaved.Length)
            count += Decode(interleaved[fromAhead..], Position + count);
        Position += count;
        return count;
    }

    /// <summary>
    /// Goes to a sample, exactly: forward by decoding and forgetting, backward by starting again. Beyond the end it stops
    /// there.
    /// </summary>
    /// <param name="sample">Position per channel, 0 or more.</param>
    public void SkipTo(long sample)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(sample);
        if (sample < Position)
            Restart();
        while (Position < sample)
        {
            int wanted = (int)Math.Min(sample - Position, _skipped.Length / Channels);
            if (Read(_skipped.AsSpan(0, wanted * Channels)) < wanted)
                return;
        }
    }

    /// <summary>Ends the programs behind it.</summary>
    public void Dispose()
    {
        _stop.Dispose();
        _decoder.Dispose();
    }

    /// <summary>The system's numbers of the running programs.</summary>
    internal int[] ProcessIds => _decoder.ProcessIds;

    private void Restart()
    {
        Dispose();
        _decoder = StartDecoder();
        _decoderEnded = false;
        Position = 0;
        LookAhead();
    }

    private SoundDecoder StartDecoder()
    {
        var decoder = new SoundDecoder(Info.Path, Stream, _tools, _tap);
        _stop = _cancellation.UnsafeRegister(static state => ((SoundDecoder)state!).Kill(), decoder);
        return decoder;
    }

    /// <summary>Decodes the beginning, so that a sound without samples is refused before anything is made of it.</summary>
    private void LookAhead()
    {
        _aheadStart = 0;
        _aheadCount = 0;
        _aheadCount = Decode(_ahead, 0) * Channels;
        if (_aheadCount == 0)
            throw LocalInput.Error(Info.Path, "decode", $"the sound has no samples ({Stream}). Pass a file with audio.");
    }

    private int Decode(Span<float> interleaved, long position)
    {
        _cancellation.ThrowIfCancellationRequested();
        if (_decoderEnded)
            return 0;
        int count;
        int wanted = interleaved.Length / Channels;
        if (_decoder.Channels == 1)
        {
            count = _decoder.Fill(interleaved[..wanted]);
            for (int i = count - 1; i >= 0; i--)
                interleaved[2 * i] = interleaved[2 * i + 1] = interleaved[i];
        }
        else
        {
            count = _decoder.Fill(interleaved) / Channels;
        }
        if (count < wanted)
        {
            _cancellation.ThrowIfCancellationRequested(); // then it ended because it was killed
            _decoder.CheckEnd(position + count > 0);
            _decoderEnded = true;
            Report(position + count);
        }
        return count;
    }

    private void Report(long length)
    {
        double seconds = (double)length / SampleRate;
        string? damage = Damage(seconds);
        IsDamaged = damage is not null;
        if (_warned || _warnings is null)
            return;
        _warned = true;
        string name = LocalInput.Show(Info.Path);
        if (damage is not null && length > 0)
            _warnings.Warn($"'{name}' is damaged: {damage}; {seconds:0.###} s were decoded");
        if (NonFiniteCount > 0)
            _warnings.Warn($"'{name}': {NonFiniteCount} samples were NaN or infinite and became 0");
        if (ClampedCount > 0)
            _warnings.Warn($"'{name}': {ClampedCount} samples were louder than {SampleCleaner.Limit:0} (full scale is 1) and were cut to it");
    }

    /// <summary>What is wrong with the file, in ffmpeg's first useful words, or null.</summary>
    private string? Damage(double seconds)
    {
        string[] complaints = _decoder.Complaints;
        bool mismatch = complaints.Any(c => c.Contains("do not match", StringComparison.Ordinal));

        // Raw streams only guess their duration from the first bitrate, so alone it proves nothing there.
        bool guessed = Info.Format is "mp3" or "aac" or "ac3" or "eac3" or "dts" or "mpeg" or "mpegts" or "loas" or "amr";
        double expected = Stream.Duration ?? 0;
        if (seconds < expected - Math.Max(0.5, 0.01 * expected) && (mismatch || !guessed))
            return $"it ends after {seconds:0.###} s of {expected:0.###} s";
        return complaints.FirstOrDefault(IsDamage);
    }

    private static bool IsDamage(string complaint) =>
        complaint.Contains("nvalid", StringComparison.Ordinal)
        || complaint.Contains("rror", StringComparison.Ordinal)
        || complaint.Contains("corrupt", StringComparison.OrdinalIgnoreCase)
        || complaint.Contains("truncat", StringComparison.OrdinalIgnoreCase)
        || complaint.Contains("missing", StringComparison.OrdinalIgnoreCase)
        || complaint.Contains("overread", StringComparison.OrdinalIgnoreCase);
}
