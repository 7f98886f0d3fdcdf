using System.CommandLine;
using System.Globalization;
using AInimEngine.Audio;
using AInimEngine.Audio.Capture;
using AInimEngine.Audio.Devices;
using AInimEngine.Audio.Playback;
using AInimEngine.Cli.Output;
using AInimEngine.Core.Errors;
using AInimEngine.Core.Time;
using AInimEngine.Engine.Live;
using AInimEngine.Engine.Live.Guarding;
using AInimEngine.Engine.Live.SetLists;
using AInimEngine.Media;
using AInimEngine.Neural.Workers;

namespace AInimEngine.Cli.Verbs;

/// <summary><c>ainim live</c>: the music in the room becomes pictures on a screen.</summary>
public static class LiveVerb
{
    private const string Name = "live";

    private static readonly Argument<string[]> s_presets = new("presets") { Description = "Presets to play, in this order; all of them if none is named.", Arity = ArgumentArity.ZeroOrMore };
    private static readonly Option<string> s_input = new("--input", "-i") { Description = "What to listen to: default, monitor (what this computer plays), a device (ainim devices), or a sound file to play.", DefaultValueFactory = _ => AudioDevices.Default };
    private static readonly Option<string?> s_channels = new("--channels") { Description = "Channels of the device: 1, or a pair such as 3,4." };
    private static readonly Option<float?> s_gain = new("--gain") { Description = "A fixed gain in dB instead of the automatic one." };
    private static readonly Option<string?> s_model = new("--model") { Description = "A model (name or file) to play the presets with." };
    private static readonly Option<ulong?> s_seed = new("--seed") { Description = "Another universe and another journey." };
    private static readonly Option<string> s_size = new("--size") { Description = "Size of the picture.", DefaultValueFactory = _ => "1280x720" };
    private static readonly Option<int> s_fps = new("--fps") { Description = "Pictures a second on the screen.", DefaultValueFactory = _ => 60 };
    private static readonly Option<bool> s_full = new("--fullscreen", "-f") { Description = "Fill the screen." };
    private static readonly Option<string?> s_display = new("--display") { Description = "Which screen: its number from 1, or its name." };
    private static readonly Option<bool> s_noVsync = new("--no-vsync") { Description = "Do not wait for the screen." };
    private static readonly Option<bool> s_overlay = new("--overlay") { Description = "Show the performer's overlay from the start." };
    private static readonly Option<bool> s_window = new("--overlay-window") { Description = "Give the performer's overlay a window of its own." };
    private static readonly Option<string?> s_transition = new("--transition") { Description = "One kind of transition for all changes of preset; another one each time if not given." };
    private static readonly Option<double> s_beats = new("--transition-beats") { Description = "How long a change of preset takes.", DefaultValueFactory = _ => 4 };
    private static readonly Option<bool> s_noQuantise = new("--no-quantise") { Description = "Presets change at once, not on the beat." };
    private static readonly Option<int> s_osc = new("--osc") { Description = "UDP port that listens to OSC; 0 for none.", DefaultValueFactory = _ => 9000 };
    private static readonly Option<bool> s_oscOpen = new("--osc-open") { Description = "Let other computers send OSC; only this one may if not given." };
    private static readonly Option<string?> s_oscTo = new("--osc-to") { Description = "Send features and positions to HOST:PORT." };
    private static readonly Option<string> s_midi = new("--midi") { Description = "MIDI devices to hear: all, none, or a part of a name (ainim devices).", DefaultValueFactory = _ => "all" };
    private static readonly Option<string?> s_midiMap = new("--midi-map") { Description = "File that says which MIDI control moves what; midi.json in your own folder if not given. Key M learns." };
    private static readonly Option<bool> s_noLimit = new("--no-flash-limit") { Description = "Do not limit flashes. People with photosensitive epilepsy may be hurt." };
    private static readonly Option<string?> s_record = new("--record") { Description = "Record picture and sound from the start to this .mkv or .mp4; F9 stops and starts." };
    private static readonly Option<string?> s_set = new("--set") { Description = "Play a set list: a .txt or .yaml file of presets in order, with transitions and cues (docs/live.md)." };
    private static readonly Option<bool> s_guard = new("--guard") { Description = "Watch over the show from another process, and start it again where it stood when it dies." };
    private static readonly Option<string?> s_state = new("--state") { Description = "File that the guard reads the show's state from.", Hidden = true };
    private static readonly Option<bool> s_worker = new("--worker") { Description = "Generators run in a process of their own, so that a crash in one freezes its picture only; the default on Linux." };
    private static readonly Option<bool> s_noWorker = new("--no-worker") { Description = "Generators run in the show's own process." };
    private static readonly Option<bool> s_noReload = new("--no-reload") { Description = "Do not take over edits of presets and shaders while they play." };
    private static readonly Option<string?> s_log = new("--log") { Description = "Log the show to this folder, such as night.show: 'ainim render --show' makes the video of it, in any size." };
    private static readonly Option<int> s_logHashes = new("--log-hashes") { Description = "The log has a hash of every Nth picture, to compare the video with; 0 for none.", DefaultValueFactory = _ => 1 };
    private static readonly Option<double?> s_seconds = new("--seconds") { Description = "End by itself after so long." };

    /// <summary>Makes the verb.</summary>
    public static Command Create()
    {
        var command = new Command(Name, "Play on a screen to the music in the room.")
        {
            s_presets, s_input, s_channels, s_gain, s_model, s_seed, s_size, s_fps, s_full, s_display, s_noVsync, s_overlay, s_window, s_transition, s_beats, s_noQuantise,
            s_osc, s_oscOpen, s_oscTo, s_midi, s_midiMap, s_noLimit, s_record, s_log, s_logHashes, s_set, s_guard, s_state, s_worker, s_noWorker, s_noReload, s_seconds,
        };
        OutputOptions.AddTo(command);
        LatencyOptions.AddTo(command);
        command.SetAction((parsed, cancellation) => Task.FromResult(Run(parsed, cancellation)));
        return command;
    }

    private static int Run(ParseResult parsed, CancellationToken cancellation)
    {
        using var workers = new WorkerPool();
        LiveSettings settings = Read(parsed, workers);
        if (parsed.GetValue(s_guard) && settings.StateFile is null)
            return Guard();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        using var signals = new StopSignals(stop);
        var warnings = new ConsoleWarnings(null);
        if (!settings.LimitFlashes)
            warnings.Warn("flashes are not limited: tell your audience, or leave --no-flash-limit out");
        if (LatencyOptions.TryRun(parsed, settings, warnings, stop.Token))
            return (int)ExitCode.Success;
        SoundOpening.Check(settings);
        using var first = FirstScene.Start(settings); // the longest of what a beginning waits for
        using var opened = new SoundOpening(settings, warnings, stop.Token);
        using LiveHost host = LiveHost.Open(settings, opened.Source, warnings, first);
        Console.Error.WriteLine($"ainim live: {host.Preset} on {settings.Width}x{settings.Height}; {opened.Source.Status.InWords(System.Diagnostics.Stopwatch.GetTimestamp())}. H shows the keys; Escape twice ends it.");
        if (host.PreviewPort is { } port)
            Console.Error.WriteLine($"ainim live: preview at http://localhost:{port}");
        host.Run(stop.Token);
        if (host.UntakenPictures > 0)
            Console.Error.WriteLine($"ainim live: other programs did not take {host.UntakenPictures} pictures in time");
        foreach (string recording in host.Recordings)
            Console.Error.WriteLine($"ainim live: {recording}");
        Console.Error.WriteLine($"ainim live: {host.Summary}");
        if (host.LogFolder is { } log)
            Console.Error.WriteLine($"ainim live: the show is logged; 'ainim render --show {(Path.GetRelativePath(".", log) is var near && !near.StartsWith("..", StringComparison.Ordinal) ? near : log)}' makes its video.");
        return (int)ExitCode.Success;
    }

    private static int Guard()
    {
        // As they were typed: a word behind "--" is no option.
        string[] words = Environment.GetCommandLineArgs()[1..];
        int verb = Array.IndexOf(words, Name);
        return ShowGuard.Run([.. ThisProgram.Command, .. words[..(verb + 1)]], words[(verb + 1)..], Console.Error);
    }

    private static LiveSettings Read(ParseResult parsed, WorkerPool workers)
    {
        string size = parsed.GetValue(s_size)!;
        string[] parts = size.Split('x');
        if (parts.Length != 2 || !int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out int width) || !int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out int height)
            || width is < 64 or > 7680 || height is < 64 or > 4320)
            throw new AInimException(ExitCode.Usage, $"--size '{size}' is no size. Write width and height, 64x64 to 7680x4320, such as 1280x720.");
        int fps = parsed.GetValue(s_fps);
        if (fps is < 10 or > 240)
            throw new AInimException(ExitCode.Usage, $"--fps {fps} is outside 10 to 240.");
        int osc = parsed.GetValue(s_osc);
        if (osc is < 0 or > 65535)
            throw new AInimException(ExitCode.Usage, $"--osc {osc} is no port: 1 to 65535, or 0 for none.");
        double beats = parsed.GetValue(s_beats);
        if (!(beats is >= 0 and <= 64))
            throw new AInimException(ExitCode.Usage, $"--transition-beats {beats} is outside 0 to 64.");
        string? record = parsed.GetValue(s_record);
        if (record is not null && Path.GetDirectoryName(Path.GetFullPath(record)) is { } folder && !Directory.Exists(folder))
            throw new AInimException(ExitCode.Output, $"cannot record to '{record}': the folder '{folder}' does not exist. Make it first.");
        if (parsed.GetValue(s_presets)?.FirstOrDefault(word => word.StartsWith("--", StringComparison.Ordinal)) is { } unknown)
            throw new AInimException(ExitCode.Usage, $"there is no option '{unknown}'. Run 'ainim live --help' for those there are.");
        if (record is not null && Path.GetExtension(record).ToLowerInvariant() is not (".mkv" or ".mp4"))
            throw new AInimException(ExitCode.Usage, $"--record '{record}' is no .mkv and no .mp4: give it one of these endings.");
        string? state = parsed.GetValue(s_state);
        SetList? set = parsed.GetValue(s_set) is { } list ? SetList.Read(list) : null;
        if (set is not null && parsed.GetValue(s_presets) is { Length: > 0 })
            throw new AInimException(ExitCode.Usage, "--set names the presets already: leave the others out.");
        int hashes = parsed.GetValue(s_logHashes);
        if (hashes is < 0 or > 100_000)
            throw new AInimException(ExitCode.Usage, $"--log-hashes {hashes} is outside 0 to 100000.");
        double? seconds = parsed.GetValue(s_seconds);
        if (seconds is { } given && !(given is > 0 and < 1e6))
            throw new AInimException(ExitCode.Usage, $"--seconds {given} is no length: more than 0.");
        return new LiveSettings
        {
            Presets = parsed.GetValue(s_presets) ?? [],
            Input = parsed.GetValue(s_input)!,
            Channels = parsed.GetValue(s_channels),
            GainDb = parsed.GetValue(s_gain),
            Model = parsed.GetValue(s_model),
            Seed = parsed.GetValue(s_seed),
            Width = width,
            Height = height,
            Fps = new Rational(fps, 1),
            FullScreen = parsed.GetValue(s_full),
            Display = parsed.GetValue(s_display),
            VSync = !parsed.GetValue(s_noVsync),
            Overlay = parsed.GetValue(s_overlay),
            OverlayWindow = parsed.GetValue(s_window),
            Transition = parsed.GetValue(s_transition),
            TransitionBeats = beats,
            Quantise = !parsed.GetValue(s_noQuantise),
            OscPort = osc == 0 ? null : osc,
            OscOpen = parsed.GetValue(s_oscOpen),
            OscTo = parsed.GetValue(s_oscTo),
            Midi = parsed.GetValue(s_midi)!,
            MidiMap = parsed.GetValue(s_midiMap),
            LimitFlashes = !parsed.GetValue(s_noLimit),
            Record = record,
            Outputs = OutputOptions.Read(parsed, width, height, resumes: state is not null && File.Exists(state)),
            Set = set,
            Worker = UsesWorker(parsed) ? LiveSettings.WorkersOf(WorkerVerb.Command, workers) : null,
            Reloads = !parsed.GetValue(s_noReload),
            StateFile = state,
            Resume = state is null ? null : ShowState.Read(state),
            Log = parsed.GetValue(s_log),
            LogHashes = hashes,
            Length = seconds is { } length ? TimeSpan.FromSeconds(length) : null,
        };
    }

    // It costs a hundredth of a millisecond a picture; processes are watched with what Linux has.
    private static bool UsesWorker(ParseResult parsed)
    {
        if (parsed.GetValue(s_worker) && parsed.GetValue(s_noWorker))
            throw new AInimException(ExitCode.Usage, "--worker and --no-worker exclude each other.");
        if (parsed.GetValue(s_worker) && !OperatingSystem.IsLinux())
            throw new AInimException(ExitCode.Usage, "--worker works on Linux only: leave it out.");
        return OperatingSystem.IsLinux() && !parsed.GetValue(s_noWorker);
    }

    /// <summary>The sound of a show: a device, or a file that is played.</summary>
    private sealed class SoundOpening : IDisposable
    {
        private static readonly string[] s_soundFiles = [".wav", ".flac", ".mp3", ".ogg", ".opus", ".m4a", ".aac", ".aif", ".aiff", ".mp4", ".mkv"];

        private readonly AudioFile? _file;

        public SoundOpening(LiveSettings settings, IWarningSink warnings, CancellationToken cancellation)
        {
            if (File.Exists(settings.Input))
            {
                _file = AudioFile.Open(settings.Input, warnings, tools: null, cancellation);
                Source = FilePlayback.Start(_file.Read, new FilePlaybackSettings());
                return;
            }
            Source = LiveInput.Start(new AudioInputSettings
            {
                Device = settings.Input,
                Channels = settings.Channels is { } channels ? ChannelChoice.Parse(channels) : ChannelChoice.Stereo,
            });
        }

        public ISoundSource Source { get; }

        /// <summary>A wrong name is told at once. A missing default is not: the screen says what to plug in.</summary>
        public static void Check(LiveSettings settings)
        {
            // A show that goes on after a crash waits for what was taken away meanwhile.
            if (settings.Resume is not null)
                return;
            if (!File.Exists(settings.Input) && s_soundFiles.Contains(Path.GetExtension(settings.Input).ToLowerInvariant()))
                throw new AInimException(ExitCode.Input, $"there is no file '{settings.Input}' to play. Check its name.");
            if (!File.Exists(settings.Input) && settings.Input != AudioDevices.Default)
                AudioDevices.FindInput(settings.Input);
        }

        public void Dispose()
        {
            Source.Dispose();
            _file?.Dispose();
        }
    }
}
