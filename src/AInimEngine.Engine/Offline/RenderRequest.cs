using AInimEngine.Core.Time;

namespace AInimEngine.Engine.Offline;

/// <summary>What somebody wants rendered. Defaults live here; presets and the command line share them.</summary>
public sealed record RenderRequest
{
    /// <summary>A sound file, or a video whose sound is meant.</summary>
    public required string Input { get; init; }

    /// <summary>The video to make; its extension chooses the container.</summary>
    public required string Output { get; init; }

    /// <summary>Name or path of a preset.</summary>
    public string Preset { get; init; } = DefaultPreset;

    /// <summary>Name or path of a model that plays the preset; null for the preset's own generator.</summary>
    public string? Model { get; init; }

    /// <summary>The preset when none is named.</summary>
    public const string DefaultPreset = "aurora";

    /// <summary>The preset used when a model is named and no preset: one made for models.</summary>
    public const string DefaultModelPreset = "flames";

    /// <summary>Pixels across, even, 16 to 8192.</summary>
    public int Width { get; init; } = 1280;

    /// <summary>Pixels down, even, 16 to 8192.</summary>
    public int Height { get; init; } = 720;

    /// <summary>Frames a second, exact.</summary>
    public Rational Fps { get; init; } = new(30, 1);

    /// <summary>Where in the track to start, seconds.</summary>
    public double FromSeconds { get; init; }

    /// <summary>Where in the track to end, seconds; null for its end.</summary>
    public double? ToSeconds { get; init; }

    /// <summary>Length of the fade from black (and silence) at the start, seconds.</summary>
    public double FadeInSeconds { get; init; }

    /// <summary>Length of the fade to black (and silence) at the end, seconds.</summary>
    public double FadeOutSeconds { get; init; }

    /// <summary>Another universe and another journey; null for the preset's own.</summary>
    public ulong? Seed { get; init; }

    /// <summary>Moves the picture against the sound, milliseconds: positive shows what is heard later than it sounds.</summary>
    public double SyncOffsetMilliseconds { get; init; }

    /// <summary>"h264", "h265", "prores", "vp9", "av1", "ffv1" or "gif"; null for the container's own.</summary>
    public string? Codec { get; init; }

    /// <summary>Title tag.</summary>
    public string? Title { get; init; }

    /// <summary>Artist tag.</summary>
    public string? Artist { get; init; }

    /// <summary>Put the sections of the track into the file as chapters.</summary>
    public bool Chapters { get; init; }

    /// <summary>Cover picture file.</summary>
    public string? Cover { get; init; }

    /// <summary>Parts of the music as files of their own, which presets can listen to; each name once.</summary>
    public IReadOnlyList<StemFile> Stems { get; init; } = [];

    /// <summary>A Standard MIDI File in time with the track; null for none.</summary>
    public string? Midi { get; init; }

    /// <summary>Keep what is shown below the flash thresholds of WCAG 2.3.1: see docs/safety.md.</summary>
    public bool LimitFlashes { get; init; } = true;

    /// <summary>Replace the output if it exists.</summary>
    public bool Overwrite { get; init; }

    /// <summary>Where to write a hash of every raw RGBA frame; null for nowhere.</summary>
    public string? HashesPath { get; init; }

    /// <summary>Run the stages on their own threads. Off, one thread does all, to test that the pictures are the same.</summary>
    public bool Overlap { get; init; } = true;

    /// <summary>Length of a segment in seconds; what a kill can lose.</summary>
    public double SegmentSeconds { get; init; } = 5;
}
