using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using AInimEngine.Core.Errors;
using AInimEngine.Core.Files;
using AInimEngine.Engine.Live.Interop;

namespace AInimEngine.Engine.Live.Guarding;

/// <summary>
/// Watches over a show in another process: one that dies, or stands still, is started again where it stood; one that ends well
/// ends this too. Holds nothing that could take it down with the show: no window, no driver, no sound.
/// </summary>
public sealed class ShowGuard : IDisposable
{
    private static readonly TimeSpan s_look = TimeSpan.FromSeconds(0.25), s_grace = TimeSpan.FromSeconds(3), s_farewell = TimeSpan.FromSeconds(10),
        s_shortLife = TimeSpan.FromSeconds(5), s_rest = TimeSpan.FromSeconds(0.5);

    // A show that ends makes its recording whole, which for a long one takes minutes.
    private static readonly TimeSpan s_longestEnd = TimeSpan.FromMinutes(30);

    // The state is written every second; a show that writes none for so long shows nothing new either.
    // One that follows another has longer for its first, and twice what the first of all has taken, which may load a network for
    // minutes.
    private static readonly TimeSpan s_longestSilence = TimeSpan.FromSeconds(15), s_leastStart = TimeSpan.FromSeconds(60);

    // Whoever looks only so seldom was stopped (Ctrl-Z), and the show with it.
    private static readonly TimeSpan s_longestLook = TimeSpan.FromSeconds(5);

    private readonly IReadOnlyList<string> _command, _arguments;
    private readonly TextWriter _output;
    private readonly string _folder, _state;
    private readonly DeathCount _deaths = new();
    private readonly ManualResetEventSlim _stop = new();
    private readonly PosixSignalRegistration _interrupt, _terminate;
    private volatile bool _terminates;
    private TimeSpan _longestStart = s_leastStart;
    private long _stoppedAt, _askedAt;
    private bool _began, _played, _ended;

    private ShowGuard(IReadOnlyList<string> command, IReadOnlyList<string> arguments, TextWriter output)
    {
        (_command, _arguments, _output) = (command, arguments, output);
        // Of a name that nobody foresees, and nobody else's: what is read there was written by the show.
        _folder = Directory.CreateTempSubdirectory("ainim-live-").FullName;
        _state = Path.Combine(_folder, "state.json");
        _interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, context => Stop(context, terminates: false));
        _terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, context => Stop(context, terminates: true));
    }

    /// <summary>Runs a show until it ends well, is ended, or dies too often.</summary>
    /// <param name="command">Program and verb of the show; <c>--state FILE</c> follows.</param>
    /// <param name="arguments">What follows that.</param>
    /// <param name="output">Told what happens.</param>
    /// <returns>The exit code.</returns>
    /// <exception cref="AInimException">It cannot be started, or dies too often.</exception>
    public static int Run(IReadOnlyList<string> command, IReadOnlyList<string> arguments, TextWriter output)
    {
        using var guard = new ShowGuard(command, arguments, output);
        return guard.Run();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _interrupt.Dispose();
        _terminate.Dispose();
        _stop.Dispose();
        PartialFile.Discard(_state);
        PartialFile.Discard(_state + ".part");
        try
        {
            Directory.Delete(_folder, recursive: true);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // The show still writes there, or somebody has removed it.
        }
    }

    private int Run()
    {
        while (true)
        {
            long start = Stopwatch.GetTimestamp();
            (int code, string end) = Play();
            // What did not even begin is wrong with the command or the machine, and says so itself.
            if (code == 0 || _stop.IsSet || !_began || _ended)
                return code;
            AfterDeath next = _deaths.Note(Stopwatch.GetTimestamp(), _played ? TimeSpan.Zero : Stopwatch.GetElapsedTime(start));
            if (next == AfterDeath.Leave)
                throw new AInimException(ExitCode.Internal, $"the show died {DeathCount.Most} times within a minute, the last time because {end}, with its first preset too. It is not started again: name other presets, try --no-worker or --worker, and report it.");
            if (next == AfterDeath.Panic)
                Panic();
            _output.WriteLine($"ainim live: the show died: {end}; it starts again {(next == AfterDeath.Panic ? "with its first preset" : "where it stood")}");
            if (Stopwatch.GetElapsedTime(start) < s_shortLife && _stop.Wait(s_rest))
                return code;
        }
    }

    /// <summary>One life of the show.</summary>
    private (int Code, string End) Play()
    {
        DateTime written = Written(); // before it can write
        using Process show = Start();
        long startedAt = Stopwatch.GetTimestamp(), seenAt = startedAt;
        bool writes = false;
        TimeSpan? hangs = null;
        for (long lookedAt = seenAt; !show.WaitForExit(s_look);)
        {
            long now = Stopwatch.GetTimestamp();
            if (Stopwatch.GetElapsedTime(lookedAt, now) > s_longestLook)
                seenAt = now;
            lookedAt = now;
            if (Written() is var last && last != written)
            {
                if (!_began)
                    _longestStart = TimeSpan.FromTicks(Math.Max(s_leastStart.Ticks, 2 * Stopwatch.GetElapsedTime(startedAt, now).Ticks));
                (written, seenAt, writes, _began) = (last, now, true, true);
                _ended = ShowState.Read(_state) is { IsEnding: true };
            }
            TimeSpan longest = _ended ? s_longestEnd : writes ? s_longestSilence : _longestStart;
            if (_began && hangs is null && File.Exists(_state) && Stopwatch.GetElapsedTime(seenAt, now) > longest)
            {
                hangs = longest;
                show.Kill();
            }
            if (_stop.IsSet)
                Hurry(show);
        }
        _began |= Written() != written;
        _played = writes || Written() != written;
        _ended |= ShowState.Read(_state) is { IsEnding: true };
        return (show.ExitCode, hangs is { } silence ? string.Create(CultureInfo.InvariantCulture, $"it stood still for {silence.TotalSeconds:0} s and was killed") : InWords(show.ExitCode));
    }

    /// <summary>Ends the show politely, then not. A terminal tells Ctrl-C to the show itself, and a second one would be too many.</summary>
    private void Hurry(Process show)
    {
        long now = Stopwatch.GetTimestamp();
        if (_stoppedAt == 0)
            _stoppedAt = now;
        // One that ends already would take a second signal for impatience, and leave a recording as it is.
        if (_askedAt == 0 && !_ended && (_terminates || Stopwatch.GetElapsedTime(_stoppedAt, now) > s_grace))
        {
            _askedAt = now;
            ProcessSignal.Terminate(show);
        }
        else if (_askedAt != 0 && !_ended && Stopwatch.GetElapsedTime(_askedAt, now) > s_farewell)
        {
            show.Kill();
        }
    }

    private void Panic()
    {
        try
        {
            (ShowState.Read(_state) ?? new ShowState()).Panic().Write(_state);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            PartialFile.Discard(_state); // without one it begins as the command says
        }
    }

    private Process Start()
    {
        var start = new ProcessStartInfo(_command[0]) { UseShellExecute = false };
        foreach (string word in (IEnumerable<string>)[.. _command.Skip(1), "--state", _state, .. _arguments])
            start.ArgumentList.Add(word);
        try
        {
            return Process.Start(start)!;
        }
        catch (Exception error) when (error is System.ComponentModel.Win32Exception or InvalidOperationException)
        {
            throw new AInimException(ExitCode.Environment, $"cannot start the show '{_command[0]}': {SystemReason.Of(error)} Check the installation.", error);
        }
    }

    private DateTime Written() => File.GetLastWriteTimeUtc(_state);

    private void Stop(PosixSignalContext context, bool terminates)
    {
        context.Cancel = true;
        _terminates |= terminates;
        _stop.Set();
    }

    private static string InWords(int code) => code > 128 ? $"signal {code - 128} ended it" : $"it ended with exit code {code}";
}
