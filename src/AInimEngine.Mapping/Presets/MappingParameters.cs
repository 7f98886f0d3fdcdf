using AInimEngine.Core.Parameters;

namespace AInimEngine.Mapping.Presets;

/// <summary>
/// The parameters that Mapping itself offers: how the latents move and how a modulation is shaped. Presets, schema and
/// documentation are made from these rows, and the defaults stand here and nowhere else.
/// </summary>
public static class MappingParameters
{
    /// <summary>The keys of a preset's "motion" block, as "motion.speed".</summary>
    public static IReadOnlyList<Parameter> Motion { get; } =
    [
        new("motion.speed", "image change/s", 0, 4, 0.12f, "How fast the picture changes at full energy: root-mean-square change of its pixels (0..1) per second along the path."),
        new("motion.rest", "", 0, 1, 0.25f, "Share of the speed that is left in silence."),
        new("motion.attack", "ms", 0, 20000, 80, "How long the speed takes to follow rising energy."),
        new("motion.release", "ms", 0, 20000, 700, "How long the speed takes to follow falling energy."),
        new("motion.direction", "", -1, 1, 1, "1 travels forward, -1 back the way it came, 0 stands still."),
        new("motion.coarse", "", 0, 1, 1, "Weight of the coarse latents (composition) in the motion."),
        new("motion.mid", "", 0, 1, 1, "Weight of the mid latents (shapes) in the motion."),
        new("motion.fine", "", 0, 1, 1, "Weight of the fine latents (colour and detail) in the motion."),
        new("motion.truncation", "", 0, 1.5f, 1, "How far from the generator's mean the waypoints lie: 1 is its own spread, less is calmer and more typical."),
        new("motion.pulse", "image change", 0, 1, 0.05f, "How far an onset pushes all latents at once."),
        new("motion.decay", "ms", 0, 20000, 220, "How long that push takes to fade."),
        new("motion.harmony", "image change", 0, 1, 0.08f, "How far the harmony pulls the fine latents towards the anchors of the sounding pitch classes."),
        new("motion.noise", "image change", 0, 1, 0, "How far the fine latents tremble: a seeded wander with ten new values a second."),
        new("motion.glide", "ms", 0, 20000, 900, "How long the harmony takes to follow a chord."),
        new("motion.chords", "image change", 0, 4, 0, "How far the sounding pitch classes draw the groups of \"anchors\" towards their mix of the twelve anchor styles; far above the distance, all the way."),
        new("motion.pulse_coarse", "", 0, 2, 1, "Weight of the coarse latents in the pulse of an onset."),
        new("motion.pulse_mid", "", 0, 2, 1, "Weight of the mid latents in the pulse of an onset."),
        new("motion.pulse_fine", "", 0, 2, 1, "Weight of the fine latents in the pulse of an onset."),
        new("motion.roam", "", 0, 1, 0.35f, "With waypoints \"sections\": how far around its own place a section travels, as a share of the way to other points."),
        new("motion.travel", "beats", 0.25f, 64, 4, "With waypoints \"sections\": how long the way to the place of a new section takes; half a second a beat where no pulse is trusted."),
    ];

    /// <summary>The pattern of a target that pushes one latent layer, "latent.layer[3]".</summary>
    public static Parameter Layer { get; } =
        new("latent.layer", "image change", -1, 1, 0, "Pushes one layer of the latents, \"latent.layer[3]\", along a slowly turning direction; 0 is the coarsest.");

    /// <summary>Targets that push one latent group along a seeded direction.</summary>
    public static IReadOnlyList<Parameter> Latent { get; } =
    [
        new("latent.coarse", "image change", -1, 1, 0, "Pushes the coarse latents (composition) along a slowly turning direction."),
        new("latent.mid", "image change", -1, 1, 0, "Pushes the mid latents (shapes) along a slowly turning direction."),
        new("latent.fine", "image change", -1, 1, 0, "Pushes the fine latents (colour and detail) along a slowly turning direction."),
    ];

    /// <summary>The numeric keys of a modulation, as "modulation.gain".</summary>
    public static IReadOnlyList<Parameter> Modulation { get; } =
    [
        new("modulation.gain", "", -16, 16, 1, "The source (0..1) is multiplied by this first."),
        new("modulation.offset", "", -16, 16, 0, "Then this is added, and the result is kept within 0..1."),
        new("modulation.exponent", "", 0.1f, 10, 2, "Exponent of the curve \"power\": above 1 favours peaks, below 1 lifts what is quiet."),
        new("modulation.threshold", "", 0, 1, 0.5f, "Level of the curves \"threshold\" and \"gate\"."),
        new("modulation.attack", "ms", 0, 20000, 0, "Time constant of rising; 0 reaches the value in the very frame."),
        new("modulation.release", "ms", 0, 20000, 150, "Time constant of falling; 0 follows at once."),
        new("modulation.fatigue", "", 0, 1, 0, "How much the row gives way while it is triggered densely: 0 never, 1 almost to nothing."),
        new("modulation.min", "target's", -100000, 100000, 0, "What the target gets when the source is silent, in the target's unit."),
        new("modulation.max", "target's", -100000, 100000, 1, "What the target gets at full source, in the target's unit; may be below min."),
    ];

    /// <summary>The keys of a preset's "generator" block that hold numbers, as "generator.width".</summary>
    public static IReadOnlyList<Parameter> Generator { get; } =
    [
        new("generator.universe", "", 0, 999999, 7, "Seed of the network itself: every universe has its own shapes and colours.", ParameterCurve.Integer),
        new("generator.width", "px", 64, 4096, 320, "Width of the generated picture before the shaders enlarge it; the height follows the video's shape.", ParameterCurve.Integer),
    ];

    /// <summary>The keys that hold numbers in the "generator" block of a model, as "model.cutoff".</summary>
    public static IReadOnlyList<Parameter> Model { get; } =
    [
        new("model.cutoff", "layers", 0, 64, 64, "How many latent layers truncation pulls, from the coarsest on; all of them if not given.", ParameterCurve.Integer),
        new("model.noise_seed", "", 0, 999999, 0, "Which maps \"seeded\" and \"driven\" noise draws.", ParameterCurve.Integer),
    ];

    /// <summary>The keys of a bend that hold numbers, as "bend.amount".</summary>
    public static IReadOnlyList<Parameter> Bend { get; } =
    [
        new("bend.amount", "", -16, 16, 0, "How much when nothing moves it; the target \"bend.{id}\" moves it."),
        new("bend.layer", "", 0, 63, 0, "Latent layer after which it acts.", ParameterCurve.Integer),
        new("bend.share", "", 0, 1, 1, "Share of the channels that it takes."),
        new("bend.seed", "", 0, 999999, 0, "Which share, and which noise.", ParameterCurve.Integer),
        new("bend.parameter", "", -64, 64, 0, "What the operation needs beside the amount: direction of a translation in turns, radius of erosion and dilation and grain of noise in pixels of the layer, threshold in typical deviations."),
    ];

    /// <summary>Every row, in the order of the documentation.</summary>
    public static IEnumerable<Parameter> All => Generator.Concat(Model).Concat(Bend).Concat(Motion).Concat(Latent).Append(Layer).Concat(Modulation);

    /// <summary>Motion parameters that modulations can move; the others are fixed for a render.</summary>
    public static IReadOnlyList<string> MotionTargets { get; } =
        ["motion.speed", "motion.direction", "motion.pulse", "motion.harmony", "motion.noise", "motion.chords"];

    /// <summary>Adds every row to the engine's table.</summary>
    public static void Register(ParameterTable table)
    {
        foreach (Parameter parameter in All)
            table.Register(parameter);
    }

    internal static Parameter Row(string id)
    {
        foreach (Parameter parameter in All)
            if (parameter.Id == id)
                return parameter;
        throw new ArgumentException($"Mapping has no parameter '{id}'", nameof(id));
    }
}
