using AInimEngine.Audio;
using AInimEngine.Core.Errors;
using AInimEngine.Core.Time;
using AInimEngine.Media;
using AInimEngine.Media.Recording;
using AInimEngine.Rendering;
using AInimEngine.Rendering.Post;
using AInimEngine.Rendering.Recording;

namespace AInimEngine.Engine.Live.Recording;

/// <summary>
/// The recording switch of a show: each time it goes on, another file begins; none is ever written over, and one that is still
/// being closed or copied holds none up. What takes long, such as asking ffmpeg what it can, is done when it is made. The
/// display's thread, but for <see cref="Hear"/>.
/// </summary>
internal sealed class ShowRecorder : IDisposable
{
    // A switch that trembles would otherwise start one encoder after another.
    private const int MostClosing = 2;

    private readonly ISoundSource _source;
    private readonly RecordingNames _names;
    private readonly Rational _fps;
    private readonly OutputReader? _reader;
    private readonly FFmpegTools? _tools;
    private readonly string? _impossible;
    private readonly List<ShowRecording> _closing = [];
    private volatile ShowRecording? _current;
    private bool _isEnding, _announced;
    private string? _message;
    private bool _isProblem;

    /// <param name="context">The display's.</param>
    /// <param name="source">The show's sound.</param>
    /// <param name="path">A .mkv, or .mp4 for a copy in MP4 beside it; numbered where it exists.</param>
    /// <param name="width">Of the finished pictures.</param>
    /// <param name="height">Of the finished pictures.</param>
    /// <param name="fps">Of the display's clock.</param>
    internal ShowRecorder(GlContext context, ISoundSource source, string path, int width, int height, Rational fps)
    {
        (_source, _names, _fps) = (source, new RecordingNames(path), fps);
        try
        {
            if (width % 2 != 0 || height % 2 != 0)
                throw new AInimException(ExitCode.Usage, $"a picture of {width}x{height} cannot be recorded: use an even size");
            FFmpegTools tools = FFmpegTools.Find();
            _ = tools.Encoders;
            _tools = tools;
            _reader = new OutputReader(context, width, height, OutputFormat.Yuv420);
        }
        catch (AInimException error)
        {
            _impossible = error.Message; // told when somebody wants to record
        }
    }

    /// <summary>Something is being recorded.</summary>
    internal bool IsRecording => _current is { IsRunning: true } && !_isEnding;

    /// <summary>When it has begun, in ticks of <see cref="System.Diagnostics.Stopwatch"/>; 0 where nothing is recorded.</summary>
    internal long Since => IsRecording ? _current!.Start : 0;

    /// <summary>The recording under way, for tests.</summary>
    internal ShowRecording? Current => _current;

    /// <summary>Takes sound; the ear's listener, on its thread.</summary>
    internal void Hear(ReadOnlySpan<float> samples, long position) => _current?.Hear(samples, _source.Time);

    /// <summary>Takes what is shown, follows the switch, and looks after the files. Once a frame.</summary>
    /// <param name="wanted">Where the switch stands.</param>
    /// <param name="picture">The finished picture, without overlay.</param>
    /// <param name="frame">Its number.</param>
    /// <param name="due">Its monotonic time.</param>
    /// <returns>Where the switch is to stand: off when the recording has failed.</returns>
    internal bool Take(bool wanted, GlTexture picture, long frame, long due)
    {
        Close();
        if (_isEnding && _current!.Drain())
        {
            _closing.Add(_current);
            (_current, _isEnding) = (null, false);
        }
        if (wanted && _current is null && !TryBegin())
            return false;
        if (_current is not { } current)
            return wanted;
        if (current.IsOver && !_isEnding)
        {
            End();
            return false;
        }
        if (!wanted && !_isEnding)
            End();
        if (_isEnding)
            return wanted;
        if (current.IsRunning && !_announced)
        {
            _announced = true;
            Say($"recording to {Shown(current.File)}", isProblem: false);
        }
        current.Take(picture, frame, due);
        return true;
    }

    /// <summary>A show before this one was killed: recordings that it has left without their copy in MP4 get it at the end.</summary>
    internal bool Mends { get; set; }

    /// <summary>What has become of each file, for people. Whole after <see cref="Finish"/>.</summary>
    internal List<string> Told { get; } = [];

    /// <summary>Ends what is recorded and waits until every file is whole. Nothing is taken any more.</summary>
    internal void Finish()
    {
        ShowRecording? current = _current;
        _current = null;
        if (current is not null)
            _closing.Add(current);
        foreach (ShowRecording closing in _closing)
        {
            closing.Dispose();
            Told.Add(InWords(closing));
        }
        _closing.Clear();
        if (Mends)
            Mend();
    }

    /// <summary>Tells once what happened.</summary>
    internal bool TryTakeMessage(out string message, out bool isProblem)
    {
        (message, isProblem) = (_message ?? "", _isProblem);
        bool has = _message is not null;
        _message = null;
        return has;
    }

    /// <summary>Ends what is recorded and waits until its file is whole.</summary>
    public void Dispose()
    {
        Mends = false; // a show that ends by a fault is waited for by whoever starts it again
        Finish();
        _reader?.Dispose();
    }

    private bool TryBegin()
    {
        if (_impossible is not null)
        {
            Say(_impossible, isProblem: true);
            return false;
        }
        if (_closing.Count >= MostClosing)
        {
            Say("recordings are still being closed: try again in a moment", isProblem: true);
            return false;
        }
        _current = new ShowRecording(_reader!, _names, _fps, _tools);
        _announced = false;
        return true;
    }

    private void End()
    {
        _isEnding = true;
        _current!.Stop();
    }

    private void Close()
    {
        for (int i = _closing.Count - 1; i >= 0; i--)
        {
            if (_closing[i] is not { IsOver: true } closed)
                continue;
            _closing.RemoveAt(i);
            closed.Dispose();
            Told.Add(InWords(closed));
            Say(InWords(closed), closed.Failure is not null || IsThin(closed));
        }
    }

    private void Mend()
    {
        Mends = false;
        foreach ((string file, string copy) in _names.Uncopied())
        {
            try
            {
                LiveEncoder.CopyToMp4(file, copy);
                Told.Add($"made {Shown(copy)} of {Shown(file)}, which a show that died has left");
            }
            catch (AInimException error)
            {
                Told.Add(error.Message);
            }
        }
    }

    private static string InWords(ShowRecording closed) => closed.Failure
        ?? FormattableString.Invariant($"recorded {Shown(closed.File)}: {closed.Pictures} pictures, {closed.Dropped} dropped{(IsThin(closed) ? "; the machine is too slow for this size: log the show (--log), and render it later" : "")}");

    private static bool IsThin(ShowRecording closed) => 10 * closed.Dropped > closed.Pictures + closed.Dropped;

    private static string Shown(string file) => Path.GetRelativePath(".", file) is var relative && !relative.StartsWith("..", StringComparison.Ordinal) ? relative : file;

    private void Say(string message, bool isProblem) => (_message, _isProblem) = (message, isProblem);
}
