using AInimEngine.Audio;
using AInimEngine.Core.Errors;
using AInimEngine.Core.Time;
using AInimEngine.Rendering;
using AInimEngine.Rendering.Post;

namespace AInimEngine.Engine.Live.Recording;

/// <summary>
/// The recording switch of a show: each time it goes on, another file begins; none is ever written over. The display's thread,
/// but for <see cref="Hear"/>.
/// </summary>
internal sealed class ShowRecorder(GlContext context, ISoundSource source, string path, int width, int height, Rational fps) : IDisposable
{
    private volatile ShowRecording? _current;
    private ShowRecording? _closing;
    private string? _message;
    private bool _isProblem;

    /// <summary>Something is being recorded.</summary>
    internal bool IsRecording => _current is not null;

    /// <summary>The recording under way, for tests.</summary>
    internal ShowRecording? Current => _current;

    /// <summary>Takes sound; the ear's listener, on its thread.</summary>
    internal void Hear(ReadOnlySpan<float> samples, long position) => _current?.Hear(samples, source.Time);

    /// <summary>Takes what is shown, follows the switch, and looks after the files. Once a frame.</summary>
    /// <param name="wanted">Where the switch stands.</param>
    /// <param name="picture">The finished picture, without overlay.</param>
    /// <param name="frame">Its number.</param>
    /// <param name="due">Its monotonic time.</param>
    /// <returns>Where the switch is to stand: off when the recording has failed.</returns>
    internal bool Take(bool wanted, GlTexture picture, long frame, long due)
    {
        if (_closing is { IsOver: true })
            Close();
        if (wanted && _current is null && _closing is null && !TryBegin())
            return false;
        if (!wanted && _current is { } ended)
        {
            _current = null;
            (_closing = ended).End();
        }
        if (_current is not { } current)
            return wanted;
        if (current.IsOver)
        {
            _current = null;
            _closing = current;
            Close();
            return false;
        }
        current.Take(picture, frame, due);
        return true;
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
        ShowRecording? current = _current;
        _current = null;
        _closing?.Dispose();
        _closing = null;
        current?.Dispose();
    }

    /// <summary>The first name that is free: night.mkv, night-2.mkv, night-3.mkv.</summary>
    internal static string FreeName(string path)
    {
        string folder = Path.GetDirectoryName(Path.GetFullPath(path))!, name = Path.GetFileNameWithoutExtension(path), extension = Path.GetExtension(path);
        for (int number = 1; ; number++)
        {
            string candidate = Path.Combine(folder, number == 1 ? name + extension : $"{name}-{number}{extension}");
            if (!File.Exists(candidate) && !File.Exists(Path.ChangeExtension(candidate, ".mkv")))
                return candidate;
        }
    }

    private bool TryBegin()
    {
        try
        {
            _current = new ShowRecording(context, FreeName(path), width, height, fps);
            Say($"recording to {Path.GetFileName(_current.File)}", isProblem: false);
            return true;
        }
#pragma warning disable CA1031 // Whatever keeps it from beginning, the switch goes off and the show goes on.
        catch (Exception error)
#pragma warning restore CA1031
        {
            Say(error.Message, isProblem: true);
            return false;
        }
    }

    private void Close()
    {
        ShowRecording closed = _closing!;
        _closing = null;
        closed.Dispose();
        Say(closed.Failure ?? FormattableString.Invariant($"recorded {Path.GetFileName(closed.File)}: {closed.Pictures} pictures, {closed.Dropped} dropped"), closed.Failure is not null);
    }

    private void Say(string message, bool isProblem) => (_message, _isProblem) = (message, isProblem);
}
