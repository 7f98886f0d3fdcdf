using AInimEngine.Mapping.Json;

namespace AInimEngine.Mapping.Presets;

/// <summary>How the latents of a preset move. Numbers keep the defaults of <see cref="MappingParameters.Motion"/>.</summary>
public sealed record MotionSettings
{
    private readonly float[] _values = [.. MappingParameters.Motion.Select(row => row.Default)];

    /// <summary>The default motion.</summary>
    public static MotionSettings Default { get; } = new();

    /// <summary>The feature whose level drives the speed.</summary>
    public string EnergySource { get; init; } = "loudness";

    /// <summary>The feature whose peaks push the latents.</summary>
    public string OnsetSource { get; init; } = "onset";

    /// <summary>Where the latents travel.</summary>
    public WaypointMode Waypoints { get; init; }

    /// <summary>The points of <see cref="WaypointMode.Places"/>, or the homes of the kinds of section in order of appearance; empty for seeded ones.</summary>
    public IReadOnlyList<LatentPoint> Places { get; init; } = [];

    /// <summary>The styles of the pitch classes from C on, repeated when fewer than twelve; empty for seeded ones.</summary>
    public IReadOnlyList<LatentPoint> Anchors { get; init; } = [];

    /// <summary>The latent groups that the anchors draw.</summary>
    public IReadOnlyList<string> AnchorGroups { get; init; } = ["mid", "fine"];

    /// <summary>Image change per second at full energy.</summary>
    public float Speed => this["motion.speed"];

    /// <summary>Share of the speed in silence, 0..1.</summary>
    public float Rest => this["motion.rest"];

    /// <summary>Milliseconds for the speed to follow rising energy.</summary>
    public float Attack => this["motion.attack"];

    /// <summary>Milliseconds for the speed to follow falling energy.</summary>
    public float Release => this["motion.release"];

    /// <summary>-1 back to 1 forward.</summary>
    public float Direction => this["motion.direction"];

    /// <summary>Push of all latents at an onset, in image change.</summary>
    public float Pulse => this["motion.pulse"];

    /// <summary>Milliseconds of that push's decay.</summary>
    public float Decay => this["motion.decay"];

    /// <summary>Pull of the harmony, in image change.</summary>
    public float Harmony => this["motion.harmony"];

    /// <summary>Trembling of the fine latents, in image change.</summary>
    public float Noise => this["motion.noise"];

    /// <summary>Milliseconds for the harmony to follow a chord.</summary>
    public float Glide => this["motion.glide"];

    /// <summary>Pull of the chords towards the anchors, in image change.</summary>
    public float Chords => this["motion.chords"];

    /// <summary>How far around its place a section travels, 0..1.</summary>
    public float Roam => this["motion.roam"];

    /// <summary>Beats of the way to the place of a new section.</summary>
    public float Travel => this["motion.travel"];

    /// <summary>Weight of a latent group in pulses; 1 for groups without a row.</summary>
    public float PulseWeight(string group) => group is "coarse" or "mid" or "fine" ? _values[IndexOf("motion.pulse_" + group)] : 1;

    /// <summary>Distance of the waypoints from the generator's mean; 1 is its own spread.</summary>
    public float Truncation => this["motion.truncation"];

    /// <summary>Weight of a latent group in the motion; 1 for groups without a row.</summary>
    public float Weight(string group)
    {
        int index = IndexOf("motion." + group);
        return group is "coarse" or "mid" or "fine" ? _values[index] : 1;
    }

    /// <summary>The value of a row by id, e.g. "motion.speed".</summary>
    /// <exception cref="ArgumentException">There is no such row.</exception>
    public float this[string id] => IndexOf(id) is var index and >= 0
        ? _values[index]
        : throw new ArgumentException($"there is no motion parameter '{id}'", nameof(id));

    internal TextPosition EnergyAt { get; init; }

    internal TextPosition OnsetAt { get; init; }

    /// <summary>The same motion with one value changed.</summary>
    /// <param name="id">E.g. "motion.speed".</param>
    /// <param name="value">Within the row's range.</param>
    public MotionSettings With(string id, float value)
    {
        int index = IndexOf(id);
        Core.Parameters.Parameter row = index >= 0
            ? MappingParameters.Motion[index]
            : throw new ArgumentException($"there is no motion parameter '{id}'", nameof(id));
        if (!(value >= row.Min && value <= row.Max))
            throw new ArgumentOutOfRangeException(nameof(value), value, $"{id} lies in {row.Min}..{row.Max}");
        var changed = new MotionSettings(this);
        changed._values[index] = value;
        return changed;
    }

    // Also what "with" calls.
    private MotionSettings(MotionSettings other)
    {
        _values = [.. other._values];
        EnergySource = other.EnergySource;
        OnsetSource = other.OnsetSource;
        Waypoints = other.Waypoints;
        Places = other.Places;
        Anchors = other.Anchors;
        AnchorGroups = other.AnchorGroups;
        EnergyAt = other.EnergyAt;
        OnsetAt = other.OnsetAt;
    }

    /// <summary>The default motion.</summary>
    public MotionSettings()
    {
    }

    private static int IndexOf(string id)
    {
        for (int i = 0; i < MappingParameters.Motion.Count; i++)
            if (MappingParameters.Motion[i].Id == id)
                return i;
        return -1;
    }
}
