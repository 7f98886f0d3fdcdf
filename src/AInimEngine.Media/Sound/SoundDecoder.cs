using System.Runtime.InteropServices;
using AInimEngine.Core.Errors;
using AInimEngine.Media.Processes;

namespace AInimEngine.Media.Sound;

/// <summary>
/// One pass of ffmpeg over a sound: decode at the file's own rate and layout, clean, and only then resample and mix
/// down, in a second ffmpeg when that is needed. A thread carries the samples from one to the other.
/// </summary>
internal sealed class SoundDecoder : IDisposable
{
    private const int PumpBytes = 1 << 16;

    private readonly string _path;
    private readonly MediaStream _stream;
    private readonly ISoundTap? _tap;
    private readonly ChildProcess _decoder;
    private readonly ChildProcess? _resampler;
    private readonly Thread? _pump;
    private Exception? _pumpFault;

    /// <param name="path">The file.</param>
    /// <param name="stream">Its sound.</param>
    /// <param name="tools">Where ffmpeg is.</param>
    /// <param name="tap">Hears the samples at their own rate and on their own channels.</param>
    /// <param name="isNative">Hand the sound out at its own rate and on its own channels.</param>
    public SoundDecoder(string path, MediaStream stream, FFmpegTools tools, ISoundTap? tap, bool isNative = false)
    {
        _path = path;
        _stream = stream;
        _tap = tap;
        tap?.Start(stream);
        string layout = stream.ChannelLayout;
        bool named = layout.Length > 0 && !layout.Contains("channels", StringComparison.Ordinal);
        bool native = isNative || (stream.SampleRate == AudioFile.SampleRate && stream.Channels <= AudioFile.Channels);
        Channels = isNative ? stream.Channels : stream.Channels == 1 ? 1 : AudioFile.Channels;

        // Rate and layout are pinned, so that a change in mid-stream is converted and the pipe's meaning never changes.
        string pinned = $"aformat=sample_rates={stream.SampleRate}" + (named ? $":channel_layouts={layout}" : string.Empty);
        _decoder = ChildProcess.Start(tools.FFmpegPath,
        [
            "-hide_banner", "-nostdin", "-v", "warning", .. LocalInput.Arguments(path),
            "-map", $"0:{stream.Index}", "-af", pinned, "-c:a", "pcm_f32le", "-f", "f32le", "pipe:1",
        ]);
        _decoder.CloseInput();
        if (native)
            return;

        // rematrix_maxval keeps a mix-down of full-scale channels inside full scale, as ffmpeg does when it writes integers.
        string[] from = named ? ["-channel_layout", layout] : [];
        try
        {
            _resampler = ChildProcess.Start(tools.FFmpegPath,
            [
                "-hide_banner", "-nostdin", "-v", "error", "-protocol_whitelist", "pipe", "-f", "f32le",
                "-ar", $"{stream.SampleRate}", "-ac", $"{stream.Channels}", .. from, "-i", "pipe:0", "-af",
                $"aresample=rematrix_maxval=1,aformat=sample_fmts=flt:sample_rates={AudioFile.SampleRate}"
                    + $":channel_layouts={(Channels == 1 ? "mono" : "stereo")}",
                "-c:a", "pcm_f32le", "-f", "f32le", "pipe:1",
            ]);
        }
        catch
        {
            _decoder.Dispose();
            throw;
        }
        _pump = new Thread(Pump) { IsBackground = true, Name = "sound cleaner" };
        _pump.Start();
    }

    /// <summary>Of the sound handed out: the source's own when native; else 1 when it is mono (the caller doubles it), or 2.</summary>
    public int Channels { get; }

    /// <summary>Counts what was mended; complete once <see cref="Fill"/> has returned less than asked.</summary>
    public SampleCleaner Cleaner { get; } = new();

    /// <summary>The system's numbers of the running programs.</summary>
    public int[] ProcessIds => _resampler is null ? [_decoder.Id] : [_decoder.Id, _resampler.Id];

    /// <summary>Warnings of the decoder, once it has ended.</summary>
    public string[] Complaints => _decoder.Errors.Lines;

    /// <summary>Fills <paramref name="samples"/> (interleaved) as far as the sound goes; less than asked means the end.</summary>
    public int Fill(Span<float> samples)
    {
        int count = ReadFully((_resampler ?? _decoder).Output, MemoryMarshal.AsBytes(samples)) / sizeof(float);
        if (_resampler is null)
        {
            Cleaner.Clean(samples[..count]);
            _tap?.Hear(samples[..(count - count % _stream.Channels)]);
        }
        else
        {
            SampleCleaner.Limited(samples[..count]);
        }
        return count;
    }

    /// <summary>Waits for the programs after the last sample and checks how they ended.</summary>
    /// <param name="gotSamples">Whether any sample came: a decoder that failed on the way may still have given a usable start.</param>
    public void CheckEnd(bool gotSamples)
    {
        // The pump first: when the resampler is gone, the pump has ended the decoder, and the fault is the resampler's.
        _pump?.Join();
        if (_pumpFault is not null)
        {
            string reason = _pumpFault is IOException ? _resampler!.Reason(_resampler.WaitForExit()) : _pumpFault.Message;
            throw Broken("resample", reason, _pumpFault);
        }
        int decoded = _decoder.WaitForExit();
        if (ChildProcess.WasKilled(decoded))
            throw Broken("decode", _decoder.Reason(decoded));

        // 69: more errors than successes, ffmpeg's verdict on a damaged file; what it gave is kept, with a warning.
        if (decoded != 0 && !(gotSamples && decoded == 69))
            throw LocalInput.Error(_path, "decode", $"{_decoder.Reason(decoded)}. Check the file ({_stream}).");
        if (_resampler?.WaitForExit() is { } resampled && resampled != 0)
            throw Broken("resample", _resampler.Reason(resampled));
    }

    /// <summary>Ends the programs, so that whoever waits for samples wakes up. Any thread.</summary>
    public void Kill()
    {
        _decoder.Kill();
        _resampler?.Kill();
    }

    public void Dispose()
    {
        Kill(); // unblocks the pump wherever it waits
        _pump?.Join();
        _decoder.Dispose();
        _resampler?.Dispose();
    }

    private AInimException Broken(string verb, string reason, Exception? inner = null) =>
        new(ExitCode.Environment, $"cannot {verb} '{LocalInput.Show(_path)}': {reason}. Run again.", inner);

    private void Pump()
    {
        try
        {
            int frame = _stream.Channels * sizeof(float);
            byte[] buffer = new byte[Math.Max(1, PumpBytes / frame) * frame];
            while (true)
            {
                int count = ReadFully(_decoder.Output, buffer);
                Span<float> samples = MemoryMarshal.Cast<byte, float>(buffer.AsSpan(0, count));
                Cleaner.Clean(samples);
                _tap?.Hear(samples[..(samples.Length - samples.Length % _stream.Channels)]);
                _resampler!.Input.Write(buffer, 0, count);
                if (count < buffer.Length)
                    break;
            }
        }
#pragma warning disable CA1031 // Carried to the reader's thread.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            _pumpFault = exception;
            _decoder.Kill(); // nobody reads it any more, so it would wait for ever
        }
        _resampler!.CloseInput();
    }

    /// <summary>Reads until <paramref name="target"/> (whole samples) is full or the pipe ends; half a sample at the end is dropped.</summary>
    private static int ReadFully(Stream source, Span<byte> target)
    {
        int count = 0;
        while (count < target.Length)
        {
            int read = source.Read(target[count..]);
            if (read == 0)
                break;
            count += read;
        }
        return count & ~(sizeof(float) - 1);
    }
}
