using System.Numerics.Tensors;
using AInimEngine.Core.Frames;
using AInimEngine.Core.Parameters;
using AInimEngine.Core.State;
using AInimEngine.Core.Time;
using AInimEngine.Mapping.Choreography;
using AInimEngine.Mapping.Presets;
using AInimEngine.Mapping.Signals;

namespace AInimEngine.Mapping;

/// <summary>
/// Turns what was heard in a frame into everything that moves its picture, as a preset says. Deterministic; one thread;
/// <see cref="Map"/> allocates nothing. Latency: none, an onset shows in its own frame.
/// </summary>
public sealed class Mapper : IStateful
{
    private const string SectionName = "mapper";
    private const int SectionVersion = 1;
    private const string ChromaField = "chroma", LabelField = "section.label", TempoField = "tempo";
    private const ulong NoiseStream = 0x6E6F_6973_6500_0000;

    private readonly ControlPlan _plan;
    private readonly FrameLayout _features;
    private readonly LatentChoreographer _choreographer;
    private readonly ModulationBank _bank;
    private readonly Signal _energy, _onset;
    private readonly int _chromaOffset, _chromaLength, _section, _tempo;
    private readonly MapperSlots _slots;
    private readonly float[] _clean;

    private Mapper(
        ControlPlan plan, FrameLayout features, LatentChoreographer choreographer, ModulationBank bank, MapperSlots slots, Signal energy, Signal onset)
    {
        _plan = plan;
        _features = features;
        _choreographer = choreographer;
        _bank = bank;
        _slots = slots;
        _energy = energy;
        _onset = onset;
        _clean = new float[features.Size];
        Targets =
        [
            .. MappingParameters.MotionTargets.Select((id, slot) => new MapperTarget(id, MappingParameters.Row(id), slots.Begin()[slot], slot)),
            .. plan.Targets.Select(target => new MapperTarget(target.Id, target.Row, plan.Base[target.Offset], target.Offset)),
        ];
        if (features.TryGetOffset(ChromaField, out _chromaOffset))
            _chromaLength = features.Fields.First(field => field.Name == ChromaField).Length;
        _section = features.TryGetOffset(LabelField, out int label) ? label : -1;
        _tempo = features.TryGetOffset(TempoField, out int tempo) ? tempo : -1;
    }

    /// <summary>
    /// The controls that <see cref="Map"/> writes: "latent", the generator's other inputs, "post.{id}.{parameter}" of every
    /// pass, "output.fade" (written as 1, for the host to lower), and "audio.{feature}" for every feature in 0..1.
    /// </summary>
    public FrameLayout Layout => _plan.Layout;

    /// <summary>What hands can hold while the preset plays; the first are those of the motion.</summary>
    public IReadOnlyList<MapperTarget> Targets { get; }

    /// <summary>All travel is so many times as fast: a performer's hand on the speed. 1 is the preset's own.</summary>
    public float SpeedScale { get; set; } = 1;

    /// <summary>Holds something at another value, which modulations then move; the preset's own value lets it go. Between two frames.</summary>
    /// <param name="target">One of <see cref="Targets"/>.</param>
    /// <param name="value">Kept in its range.</param>
    public void Hold(MapperTarget target, float value)
    {
        float kept = Math.Clamp(float.IsFinite(value) ? value : target.Own, target.Row.Min, target.Row.Max);
        if (target.Id.StartsWith("motion.", StringComparison.Ordinal))
        {
            _slots.SetMotion(target.Slot, kept);
            return;
        }
        _plan.Base[target.Slot] = kept;
        _slots.SetField(target.Slot, kept);
    }

    /// <summary>Image change travelled by the latents since the start.</summary>
    public double Travelled => _choreographer.Travelled;

    /// <summary>Makes a mapper.</summary>
    /// <param name="preset">What moves what.</param>
    /// <param name="generator">The generator's latents, inputs and prior.</param>
    /// <param name="features">Layout of the feature frames to come.</param>
    /// <param name="parameters">Rows "{shader}.{parameter}" of the shaders in the preset's chain.</param>
    /// <param name="seed">Which path through the latents.</param>
    /// <exception cref="Core.Errors.AInimException">The preset names a source or target that is not there.</exception>
    public static Mapper Create(Preset preset, GeneratorInfo generator, FrameLayout features, ParameterTable parameters, ulong seed)
    {
        foreach (LatentPoint point in preset.Motion.Places.Concat(preset.Motion.Anchors))
            if (point.Name is { } name && generator.Favourites.GetValueOrDefault(name).Length != generator.Latents.Size)
                throw preset.Error(point.At, $"there is no favourite {Json.JsonText.Quote(name)} of this generator{Json.Suggestion.For(name, generator.Favourites.Keys)}");
        var plan = new ControlPlan(preset, generator, features, parameters);
        var rows = new List<Modulation>();
        foreach (Modulation row in preset.Modulations)
            if (BlockRows.Expand(row, features, plan.InputRows, rows) is { } mismatch)
                throw preset.Error(row.SourceAt, mismatch);
        var slots = new MapperSlots(preset, rows, generator.Latents, plan, parameters);
        var signals = new Signal[rows.Count];
        for (int i = 0; i < signals.Length; i++)
            signals[i] = Resolve(rows[i].Source, rows[i].SourceAt, NoiseStream + (ulong)i);
        return new Mapper(
            plan,
            features,
            new LatentChoreographer(generator.Latents, generator.Sample, preset.Motion, seed, generator.Favourites),
            new ModulationBank([.. rows], signals, slots.SlotOfRow),
            slots,
            Resolve(preset.Motion.EnergySource, preset.Motion.EnergyAt, NoiseStream - 1),
            Resolve(preset.Motion.OnsetSource, preset.Motion.OnsetAt, NoiseStream - 2));

        Signal Resolve(string source, Json.TextPosition at, ulong stream) =>
            Signal.Find(features, source, seed, stream, out Signal signal) is { } reason ? throw preset.Error(at, reason) : signal;
    }

    /// <summary>Makes the controls of the next frame.</summary>
    /// <param name="features">What was heard in it.</param>
    /// <param name="time">Its instant; frames come in order, one after another.</param>
    /// <param name="output">Overwritten; a frame of <see cref="Layout"/>.</param>
    public void Map(FeatureFrame features, FrameTime time, ControlFrame output)
    {
        if (!ReferenceEquals(output.Layout, Layout) || features.Layout.Size != _features.Size)
            throw new ArgumentException("the frames must have the layouts that the mapper was made for", nameof(output));
        double seconds = time.Seconds, delta = time.DeltaSeconds;
        ReadOnlySpan<float> heard = Clean(features.Values);
        Span<float> controls = output.Values;

        output.Time = time;
        _plan.Base.CopyTo(output.Values, 0);
        Span<float> values = _slots.Begin();
        _bank.Step(heard, seconds, delta, values);
        _slots.Finish(controls);

        var input = new ChoreographyInput
        {
            Energy = _energy.Read(heard, seconds),
            Onset = _onset.Read(heard, seconds),
            Chroma = heard.Slice(_chromaOffset, _chromaLength),
            Speed = values[MapperSlots.Speed] * SpeedScale,
            Direction = values[MapperSlots.Direction],
            Pulse = values[MapperSlots.Pulse],
            Harmony = values[MapperSlots.Harmony],
            Noise = values[MapperSlots.Noise],
            Chords = values[MapperSlots.Chords],
            Seconds = seconds,
            Push = _slots.Push,
            LayerPush = _slots.LayerPush,
            Section = _section < 0 ? 0 : (int)MathF.Round(heard[_section]),
            Tempo = _tempo < 0 ? 0 : heard[_tempo],
        };
        _choreographer.Step(input, delta, controls[.._slots.LatentSize]);
        for (int i = 0; i < _plan.Copies.Count; i++)
        {
            (int from, int to, int count) = _plan.Copies[i];
            heard.Slice(from, count).CopyTo(controls.Slice(to, count));
        }
    }

    /// <summary>The features, or a copy with 0 where one is not a number: a NaN in an envelope would stay for ever.</summary>
    private ReadOnlySpan<float> Clean(float[] features)
    {
        if (TensorPrimitives.IsFiniteAll<float>(features))
            return features;
        for (int i = 0; i < _clean.Length; i++)
            _clean[i] = float.IsFinite(features[i]) ? features[i] : 0;
        return _clean;
    }

    /// <inheritdoc/>
    public void Reset()
    {
        _choreographer.Reset();
        _bank.Reset();
    }

    /// <inheritdoc/>
    public void Save(StateWriter writer)
    {
        writer.Section(SectionName, SectionVersion);
        _choreographer.Save(writer);
        _bank.Save(writer);
    }

    /// <inheritdoc/>
    public void Restore(StateReader reader)
    {
        reader.Section(SectionName, SectionVersion);
        _choreographer.Restore(reader);
        _bank.Restore(reader);
    }
}
