using AInimEngine.Core.Control;
using AInimEngine.Core.Files;
using AInimEngine.Engine.Live.Interop;

namespace AInimEngine.Engine.Live.Guarding;

/// <summary>
/// Writes where the show stands. <see cref="Take"/> is the display's and only copies numbers; a thread of its own makes a file of
/// them. A disk that is full or slow costs old states, nothing else.
/// </summary>
internal sealed class StateKeeper : IDisposable
{
    private readonly string _path;
    private readonly ControlSurface _surface;
    private readonly int[] _rows;
    private readonly float[] _positions, _writing;
    private readonly bool[] _isParameter;
    private readonly Lock _lock = new();
    private readonly AutoResetEvent _wake = new(false);
    private readonly Thread _thread;
    private Standing _standing;
    private bool _hasNew, _stop;

    /// <param name="path">The file.</param>
    /// <param name="surface">Its values and switches are kept.</param>
    internal StateKeeper(string path, ControlSurface surface)
    {
        (_path, _surface) = (path, surface);
        _rows = [.. Enumerable.Range(0, surface.Rows.Count).Where(row => surface.Rows[row].Kind is ControlKind.Value or ControlKind.Switch && surface.Rows[row].Id != LiveRows.Number)];
        _positions = [.. _rows.Select(surface.Position)];
        _isParameter = [.. _rows.Select(row => surface.Rows[row].Id.StartsWith(LiveRows.Parameters, StringComparison.Ordinal))];
        _writing = new float[_rows.Length];
        _thread = new Thread(Write) { Name = "state", IsBackground = true, Priority = ThreadPriority.BelowNormal };
        _thread.Start();
    }

    /// <summary>Why the last state could not be written; null when it was.</summary>
    internal string? Failure { get; private set; }

    /// <summary>What is not in the rows.</summary>
    internal readonly record struct Standing(string Preset, int Index, int Level, bool FullScreen, double Bpm, int BeatsPerBar, double BarAt, double EndAt = 0);

    /// <summary>Takes the rows as they stand. The display's thread; allocates nothing.</summary>
    /// <param name="standing">The rest.</param>
    /// <param name="keepsParameters">The rows of shaders' parameters are left as they were taken last: they are another preset's.</param>
    internal void Take(in Standing standing, bool keepsParameters = false)
    {
        lock (_lock)
        {
            for (int i = 0; i < _rows.Length; i++)
                if (!keepsParameters || !_isParameter[i])
                    _positions[i] = _surface.Position(_rows[i]);
            (_standing, _hasNew) = (standing, true);
        }
        _wake.Set();
    }

    /// <summary>Says that the show ends, which may take long: a recording is made whole. Nothing is taken any more.</summary>
    internal void End()
    {
        EndThread();
        try
        {
            ((ShowState.Read(_path) ?? new ShowState()) with { IsEnding = true }).Write(_path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            Failure = error.Message;
            PartialFile.Discard(_path); // without a state nobody is missed: a full disk is no show that stands still
        }
    }

    /// <summary>Ends the thread.</summary>
    public void Dispose()
    {
        EndThread();
        _wake.Dispose();
    }

    private void EndThread()
    {
        lock (_lock)
            _stop = true;
        _wake.Set();
        _thread.Join();
    }

    private void Write()
    {
        ThreadShare.Set(ThreadShare.Loading);
        while (true)
        {
            _wake.WaitOne();
            Standing standing;
            bool hasNew;
            lock (_lock)
            {
                if (_stop)
                    return;
                (hasNew, _hasNew) = (_hasNew, false);
                standing = _standing;
                _positions.CopyTo(_writing, 0);
            }
            if (hasNew)
                Write(standing);
        }
    }

    private void Write(in Standing standing)
    {
        var rows = new Dictionary<string, float>(_rows.Length, StringComparer.Ordinal);
        for (int i = 0; i < _rows.Length; i++)
            rows.Add(_surface.Rows[_rows[i]].Id, _writing[i]);
        try
        {
            new ShowState
            {
                Preset = standing.Preset,
                Index = standing.Index,
                Level = standing.Level,
                FullScreen = standing.FullScreen,
                Rows = rows,
                Bpm = standing.Bpm,
                BeatsPerBar = standing.BeatsPerBar,
                BarAt = standing.BarAt,
                EndAt = standing.EndAt,
                Process = Environment.ProcessId,
            }.Write(_path);
            Failure = null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            Failure = error.Message;
            SayAlive();
        }
    }

    /// <summary>A full disk is no show that stands still: the old state is dated anew, which takes no room.</summary>
    private void SayAlive()
    {
        try
        {
            File.SetLastWriteTimeUtc(_path, TimeProvider.System.GetUtcNow().UtcDateTime);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // Without a file, nobody is missed.
        }
    }
}
