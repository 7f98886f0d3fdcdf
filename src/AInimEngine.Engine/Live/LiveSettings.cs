using AInimEngine.Core.Frames;
using AInimEngine.Core.Imaging;
using AInimEngine.Core.Time;
using AInimEngine.Neural.Workers;

namespace AInimEngine.Engine.Live;

/// <summary>How a show is played.</summary>
public sealed record LiveSettings
{
    /// <summary>Presets to play, by name or path; the first one at the start. All installed ones if empty.</summary>
    public IReadOnlyList<string> Presets { get; init; } = [];

    /// <summary>A set list, whose presets are the list; null where <see cref="Presets"/> are.</summary>
    public SetLists.SetList? Set { get; init; }

    /// <summary>File of the presets that the performer has marked; null for favourites.txt in the user's folder.</summary>
    public string? Favourites { get; init; }

    /// <summary>Name or path of a model to play them with; null for each preset's own generator.</summary>
    public string? Model { get; init; }

    /// <summary>Another universe and another journey; null for the presets' own.</summary>
    public ulong? Seed { get; init; }

    /// <summary>Width of the finished picture in pixels; the window shows it at any size.</summary>
    public int Width { get; init; } = 1280;

    /// <summary>Height of the finished picture in pixels.</summary>
    public int Height { get; init; } = 720;

    /// <summary>Pictures a second that the display is to have.</summary>
    public Rational Fps { get; init; } = new(60, 1);

    /// <summary>Sound input: "default", "monitor", a device's name, or the path of a sound file to play.</summary>
    public string Input { get; init; } = "default";

    /// <summary>Channels of the device, as <see cref="Audio.Capture.ChannelChoice"/> reads them; null for the first two.</summary>
    public string? Channels { get; init; }

    /// <summary>A fixed gain in dB; null for an automatic one.</summary>
    public float? GainDb { get; init; }

    /// <summary>Fills its display.</summary>
    public bool FullScreen { get; init; }

    /// <summary>A display's number from 1 or its name; null for the first.</summary>
    public string? Display { get; init; }

    /// <summary>Swapping waits for the screen.</summary>
    public bool VSync { get; init; } = true;

    /// <summary>The performer's overlay has a window of its own.</summary>
    public bool OverlayWindow { get; init; }

    /// <summary>The overlay is shown from the start.</summary>
    public bool Overlay { get; init; }

    /// <summary>How long a change of preset takes, in beats where a pulse is trusted and half seconds elsewhere.</summary>
    public double TransitionBeats { get; init; } = 4;

    /// <summary>Name of the transition; null for another one each time.</summary>
    public string? Transition { get; init; }

    /// <summary>Changes wait for the next beat of the bar, where one is trusted.</summary>
    public bool Quantise { get; init; } = true;

    /// <summary>Flashes are limited (WCAG 2.3.1).</summary>
    public bool LimitFlashes { get; init; } = true;

    /// <summary>Port of OSC; null for none.</summary>
    public int? OscPort { get; init; } = 9000;

    /// <summary>Every computer that can reach this one may send OSC.</summary>
    public bool OscOpen { get; init; }

    /// <summary>Features and positions are sent to HOST:PORT; null for nobody.</summary>
    public string? OscTo { get; init; }

    /// <summary>File that recordings go to, .mkv or .mp4, numbered where it exists; null for "ainim-live.mkv" in the present folder.</summary>
    public string? Record { get; init; }

    /// <summary>Where pictures go beside the window.</summary>
    public Outputs.OutputSettings Outputs { get; init; } = new();
    /// <summary>Folder that the show is logged to, so that it can be made again, numbered where it exists; null for no log.</summary>
    public string? Log { get; init; }

    /// <summary>The log has a hash of a picture, and of the next one that is shown at least so many numbers later, to compare a render with; 0 for none.</summary>
    public int LogHashes { get; init; } = 1;

    /// <summary>MIDI devices that are heard: "all", "none", or a part of their names.</summary>
    public string Midi { get; init; } = Hands.MidiHand.All;

    /// <summary>File that says which MIDI control moves what, and is written by learning; null for midi.json in the user's folder.</summary>
    public string? MidiMap { get; init; }

    /// <summary>Ends by itself after so long; null for a show that is ended by hand. For rehearsals and tests.</summary>
    public TimeSpan? Length { get; init; }

    /// <summary>Edits of presets and shaders are taken over while they play.</summary>
    public bool Reloads { get; init; } = true;

    /// <summary>How workers are started, so that generators run in processes of their own; null for this process. See <see cref="WorkersOf"/>.</summary>
    public WorkerSettings? Worker { get; init; }

    /// <summary>File that says every second where the show stands; null for none.</summary>
    public string? StateFile { get; init; }

    /// <summary>Where it begins; null for the first preset and every row at its default.</summary>
    public Guarding.ShowState? Resume { get; init; }

    /// <summary>Workers of a show: the last picture stays while one is lost, and one that is not needed waits for the next preset.</summary>
    /// <param name="command">Program and arguments of a worker.</param>
    /// <param name="pool">The caller frees it after the host.</param>
    public static WorkerSettings WorkersOf(IReadOnlyList<string> command, WorkerPool pool) =>
        new(command) { Loss = WorkerLoss.KeepPicture, Deadline = s_longestPicture, FirstDeadline = s_longestFirst, Pool = pool };

    // A show does not look for longer at a picture that stands still before it starts another process.
    private static readonly TimeSpan s_longestPicture = TimeSpan.FromSeconds(5), s_longestFirst = TimeSpan.FromSeconds(30);

    /// <summary>Makes a scene's pictures instead of its generator; null for the generator.</summary>
    internal Func<Scene, Action<ControlFrame, Image>>? Decoder { get; init; }

    /// <summary>X server for windows; null for the environment's.</summary>
    internal string? Server { get; init; }
}
