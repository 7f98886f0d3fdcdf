using AInimEngine.Core.Errors;
using AInimEngine.Media.Processes;
using AInimEngine.Media.Sound;

namespace AInimEngine.Media;

/// <summary>
/// The sound of a local file as it is stored: its own rate and channels, float32, streamed through a pipe. For measuring
/// what a mix-down would change, like loudness; everything else listens to <see cref="AudioFile"/>. NaN and infinite
/// samples become 0. One thread at a time.
/// </summary>
public sealed class NativeSound : IDisposable
{
    private readonly SoundDecoder _decoder;
    private readonly CancellationToken _cancellation;
    private readonly CancellationTokenRegistration _stop;
    private bool _ended;

    private NativeSound(MediaInfo info, MediaStream stream, FFmpegTools tools, CancellationToken cancellation)
    {
        Stream = stream;
        _cancellation = cancellation;
        _decoder = new SoundDecoder(info.Path, stream, tools, tap: null, isNative: true);
        _stop = cancellation.UnsafeRegister(static state => ((SoundDecoder)state!).Kill(), _decoder);
    }

    /// <summary>The stream that is decoded: the first sound stream.</summary>
    public MediaStream Stream { get; }

    /// <summary>Samples a second, per channel.</summary>
    public int SampleRate => Stream.SampleRate;

    /// <summary>Number of interleaved channels.</summary>
    public int Channels => Stream.Channels;

    /// <summary>"stereo", "5.1(side)"; empty when the file does not say.</summary>
    public string ChannelLayout => Stream.ChannelLayout;

    /// <summary>Samples per channel that were handed out so far.</summary>
    public long Position { get; private set; }

    /// <summary>Opens the first sound stream of <paramref name="path"/>.</summary>
    /// <param name="path">A local file.</param>
    /// <param name="tools">Where ffmpeg is; found when null.</param>
    /// <param name="cancellation">Ends every later read, one that waits for ffmpeg included.</param>
    /// <exception cref="AInimException">Missing, unreadable, or without sound.</exception>
    public static NativeSound Open(string path, FFmpegTools? tools = null, CancellationToken cancellation = default)
    {
        tools ??= FFmpegTools.Find();
        MediaInfo info = MediaInfo.Probe(path, tools: tools, cancellation: cancellation);
        MediaStream stream = info.RequireAudio();
        if (stream.SampleRate <= 0 || stream.Channels <= 0)
            throw LocalInput.Error(path, "decode", $"the stream '{stream}' holds no sound that ffmpeg can decode. Convert it first.");
        return new NativeSound(info, stream, tools, cancellation);
    }

    /// <summary>Fills <paramref name="interleaved"/> as far as the sound goes. Allocates nothing.</summary>
    /// <param name="interleaved">A whole number of samples of all channels.</param>
    /// <returns>Samples per channel; less than asked only at the end, 0 after it.</returns>
    /// <exception cref="AInimException">ffmpeg was killed or failed.</exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public int Read(Span<float> interleaved)
    {
        if (interleaved.Length % Channels != 0)
            throw new ArgumentException($"{interleaved.Length} floats do not hold whole samples of {Channels} channels", nameof(interleaved));
        _cancellation.ThrowIfCancellationRequested();
        if (_ended)
            return 0;
        int count = _decoder.Fill(interleaved) / Channels;
        Position += count;
        if (count < interleaved.Length / Channels)
        {
            _cancellation.ThrowIfCancellationRequested(); // then it ended because it was killed
            _decoder.CheckEnd(Position > 0);
            _ended = true;
        }
        return count;
    }

    /// <summary>Ends the program behind it.</summary>
    public void Dispose()
    {
        _stop.Dispose();
        _decoder.Dispose();
    }
}
