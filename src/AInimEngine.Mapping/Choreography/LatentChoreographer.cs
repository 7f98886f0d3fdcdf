using System.Numerics.Tensors;
using AInimEngine.Core.Imaging;
using AInimEngine.Core.State;
using AInimEngine.Mapping.Presets;
using AInimEngine.Mapping.Signals;

namespace AInimEngine.Mapping.Choreography;

/// <summary>
/// Moves a generator's latents with the music: along a smooth path through seeded waypoints, faster with energy, pushed
/// by onsets, coloured by harmony. Steps are measured in image change, so any generator moves equally; the same sound at
/// any frame rate follows the same path; what a frame shows is the state at its end, so an onset shows in its own frame.
/// One thread; <see cref="Step"/> allocates nothing and never calls the generator.
/// </summary>
public sealed class LatentChoreographer : IStateful
{
    private const string SectionName = "choreographer";
    private const int SectionVersion = 2;
    private const int PitchClasses = ChordAnchors.PitchClasses;

    // The directions of pushes turn by this many radians per unit of image change travelled, so that no two bars push alike.
    private const double TurnPerChange = 4;

    // Latents are bent back from SoftRadius typical radii on and never pass HardRadius.
    private const float HardRadius = 1.7f;

    // New values a second of the trembling: fast enough to flicker, slow enough to be seen at 25 frames a second.
    private const double NoiseRate = 10;
    private const ulong NoiseStream = 0x7472_656D_626C_6500;

    // Below this level of the summed chroma the harmony lets go instead of pointing at noise.
    private const double HarmonyFloor = 0.15;

    private readonly LatentLayout _layout;
    private readonly LatentPool _pool;
    private readonly MotionSettings _motion;
    private readonly LatentPath[] _paths;
    private readonly LatentGroup[] _pathGroups;
    private readonly double[] _shares, _pulseWeights;
    private readonly TurningPush[] _pushes, _layerPushes;
    private readonly SectionPlaces? _places;
    private readonly SectionTravel _travel;
    private readonly ChordAnchors _chords;
    private readonly LatentGroup _fine;
    private readonly float[] _harmony, _soft, _base;
    private readonly TurningPush _tremble;
    private readonly ulong _seed;
    private readonly double[] _chroma = new double[PitchClasses];
    private Follower _energy, _pulse;
    private double _turn;

    /// <summary>Draws the waypoints and directions.</summary>
    /// <param name="layout">Shape and response of the latent.</param>
    /// <param name="sample">The generator's prior; called here only.</param>
    /// <param name="motion">Time constants, weights and places; speed, direction, pulse, harmony and noise come with every step.</param>
    /// <param name="seed">Which path.</param>
    /// <param name="favourites">The points that the motion's places and anchors name, [Layers, Width] each.</param>
    /// <exception cref="ArgumentException">The motion names a favourite that is not given.</exception>
    public LatentChoreographer(
        LatentLayout layout, LatentSampler sample, MotionSettings motion, ulong seed, IReadOnlyDictionary<string, ReadOnlyMemory<float>>? favourites = null)
    {
        CheckLayout(layout);
        _layout = layout;
        _motion = motion;
        _pool = new LatentPool(layout, sample, motion.Truncation, seed);
        float[][] places = Points(motion.Places), anchors = Points(motion.Anchors);
        _places = motion.Waypoints == WaypointMode.Sections ? new SectionPlaces(_pool, places, motion.Roam) : null;
        IWaypoints waypoints = motion.Waypoints == WaypointMode.Places && places.Length > 0 ? new PointList(places) : _places is not null ? _places : _pool;
        // What somebody lists is to be seen as it is, with all its layers at once.
        _pathGroups = waypoints is PointList ? [new LatentGroup("all", 0, layout.Layers)] : [.. layout.Groups];
        _paths = [.. _pathGroups.Select((group, number) => new LatentPath(_pool, waypoints, number, group))];
        _shares = waypoints is PointList ? [1] : Shares(layout, motion);
        _pulseWeights = [.. layout.Groups.Select(group => (double)motion.PulseWeight(group.Name))];
        _pushes = [.. layout.Groups.Select((group, number) => new TurningPush(_pool, 2 * number, group))];
        _layerPushes = [.. Enumerable.Range(0, layout.Layers).Select(layer => new TurningPush(_pool, 3000 + 2 * layer, new LatentGroup("", layer, 1)))];
        _seed = seed;
        _fine = layout.Group("fine") ?? layout.Groups[^1];
        _harmony = [.. Enumerable.Range(0, PitchClasses).SelectMany(pitch => TurningPush.Direction(_pool, 1000 + pitch, _fine))];
        _chords = new ChordAnchors(_pool, anchors, motion.AnchorGroups);
        _tremble = new TurningPush(_pool, 2000, _fine);
        _travel = new SectionTravel(layout.Width, layout.Size, motion.Travel);
        _base = new float[layout.Size];
        _soft = [.. Enumerable.Range(0, layout.Layers).Select(layer => LatentPool.SoftRadius * _pool.Radius[layer])];
        Widen([.. places, .. anchors]);
        _energy = new Follower(motion.Attack, motion.Release);
        _pulse = new Follower(0, motion.Decay);

        float[][] Points(IReadOnlyList<LatentPoint> points) => [.. points.Select(point => _pool.Relative(Resolve(point).Span))];

        ReadOnlyMemory<float> Resolve(LatentPoint point)
        {
            if (point.Name is not null)
            {
                return favourites?.TryGetValue(point.Name, out ReadOnlyMemory<float> favourite) == true && favourite.Length == layout.Size
                    ? favourite
                    : throw new ArgumentException($"there is no favourite '{point.Name}' of {layout.Size} floats", nameof(favourites));
            }
            var drawn = new float[layout.Size];
            sample(point.Seed, drawn);
            return drawn;
        }
    }

    /// <summary>Image change travelled since the start, back and forth counted alike.</summary>
    public double Travelled { get; private set; }

    /// <summary>Goes on by one frame and writes its latents.</summary>
    /// <param name="input">What was heard in the frame.</param>
    /// <param name="seconds">Length of the frame.</param>
    /// <param name="latent">[Layers, Width] floats, overwritten.</param>
    public void Step(in ChoreographyInput input, double seconds, Span<float> latent)
    {
        if (latent.Length != _layout.Size)
            throw new ArgumentException($"the latent has {_layout.Size} floats, not {latent.Length}", nameof(latent));
        double level = _motion.Rest * seconds + (1 - _motion.Rest) * _energy.StepIntegral(input.Energy, seconds);
        double distance = input.Speed * input.Direction * level;
        double pulse = input.Pulse * _pulse.Step(input.Onset, seconds) / Math.Sqrt(_pushes.Length);
        Travelled += Math.Abs(distance);
        _turn = Math.IEEERemainder(_turn + Math.Abs(distance) * TurnPerChange, Math.Tau);
        (double sin, double cos) = Math.SinCos(_turn);

        FollowSections(input);
        for (int p = 0; p < _paths.Length; p++)
            _paths[p].Advance(distance * _shares[p]);
        _travel.Advance(seconds);
        Place(latent);
        FollowChroma(input, seconds);
        if (input.Chords != 0)
            _chords.Draw(_chroma, input.Chords, latent);
        for (int g = 0; g < _pushes.Length; g++)
        {
            double push = pulse * _pulseWeights[g] + (g < input.Push.Length ? input.Push[g] : 0);
            if (push != 0)
                _pushes[g].Add(Part(latent, _layout.Groups[g]), push, sin, cos);
        }
        for (int layer = 0; layer < input.LayerPush.Length; layer++)
            if (input.LayerPush[layer] != 0)
                _layerPushes[layer].Add(latent.Slice(layer * _layout.Width, _layout.Width), input.LayerPush[layer], sin, cos);
        AddHarmony(input, Part(latent, _fine));
        AddNoise(input, Part(latent, _fine));
        Confine(latent);
        TensorPrimitives.Add(latent, _pool.Mean, latent);
    }

    /// <inheritdoc/>
    public void Reset()
    {
        if (_places is not null)
            _places.Label = 0;
        _travel.Reset();
        foreach (LatentPath path in _paths)
            path.Reset();
        Array.Clear(_chroma);
        _energy.Value = 0;
        _pulse.Value = 0;
        _turn = 0;
        Travelled = 0;
    }

    /// <inheritdoc/>
    public void Save(StateWriter writer)
    {
        writer.Section(SectionName, SectionVersion);
        writer.Write(_paths.Length);
        writer.Write(_places?.Label ?? 0);
        if (_places is not null)
            _travel.Save(writer);
        foreach (LatentPath path in _paths)
            path.Save(writer);
        writer.Write<double>(_chroma);
        writer.Write(_energy.Value);
        writer.Write(_pulse.Value);
        writer.Write(_turn);
        writer.Write(Travelled);
    }

    /// <inheritdoc/>
    public void Restore(StateReader reader)
    {
        reader.Section(SectionName, SectionVersion);
        int groups = reader.Read<int>();
        if (groups != _paths.Length)
            throw new InvalidDataException($"saved state holds {groups} latent paths, expected {_paths.Length}");
        int label = reader.Read<int>();
        if (label is < 0 or >= SectionPlaces.Labels)
            throw new InvalidDataException($"saved state holds section {label}, expected 0 to {SectionPlaces.Labels - 1}");
        if (_places is not null)
        {
            _places.Label = label;
            _travel.Restore(reader);
        }
        foreach (LatentPath path in _paths)
            path.Restore(reader);
        reader.Read<double>(_chroma);
        _energy.Value = reader.Read<double>();
        _pulse.Value = reader.Read<double>();
        _turn = reader.Read<double>();
        Travelled = reader.Read<double>();
    }

    // A section that begins: from where the latents are, to its own place.
    private void FollowSections(in ChoreographyInput input)
    {
        if (_places is null)
            return;
        int label = Math.Clamp(input.Section, 0, SectionPlaces.Labels - 1);
        if (_travel.HasBegun && label == _places.Label)
            return;
        if (_travel.HasBegun)
        {
            Place(_base);
            _travel.Depart(_base, input.Tempo);
        }
        else
        {
            _travel.Arrive();
        }
        _places.Label = label;
        foreach (LatentPath path in _paths)
            path.Reset();
    }

    // Where the paths are now.
    private void Place(Span<float> latent)
    {
        for (int p = 0; p < _paths.Length; p++)
        {
            Span<float> part = Part(latent, _pathGroups[p]);
            _paths[p].Evaluate(part);
            if (_places is not null)
                _travel.Blend(part, _pathGroups[p].FirstLayer * _layout.Width);
        }
    }

    private void FollowChroma(in ChoreographyInput input, double seconds)
    {
        double keep = _motion.Glide > 0 ? Math.Exp(-seconds * 1000 / _motion.Glide) : 0;
        for (int pitch = 0; pitch < PitchClasses; pitch++)
        {
            double heard = pitch < input.Chroma.Length ? input.Chroma[pitch] : 0;
            // Squared: the notes that sound, not the floor under them.
            _chroma[pitch] = heard * heard + (_chroma[pitch] - heard * heard) * keep;
        }
    }

    private void AddHarmony(in ChoreographyInput input, Span<float> part)
    {
        double energy = 0;
        foreach (double level in _chroma)
            energy += level * level;
        double scale = input.Harmony / Math.Sqrt(energy + HarmonyFloor * HarmonyFloor);
        if (scale == 0)
            return;
        for (int pitch = 0; pitch < PitchClasses; pitch++)
            TensorPrimitives.MultiplyAdd(_harmony.AsSpan(pitch * part.Length, part.Length), (float)(_chroma[pitch] * scale), part, part);
    }

    private void AddNoise(in ChoreographyInput input, Span<float> part)
    {
        if (input.Noise == 0)
            return;
        double phase = input.Seconds * NoiseRate;
        float along = 2 * SmoothNoise.At(_seed, NoiseStream, phase) - 1, across = 2 * SmoothNoise.At(_seed, NoiseStream + 1, phase) - 1;
        _tremble.Add(part, input.Noise, across, along);
    }

    /// <summary>Bends each layer back towards the typical radius; C1, and the identity within the soft radius.</summary>
    private void Confine(Span<float> latent)
    {
        for (int layer = 0; layer < _layout.Layers; layer++)
        {
            Span<float> row = latent.Slice(layer * _layout.Width, _layout.Width);
            float radius = TensorPrimitives.Norm(row);
            float soft = _soft[layer], hard = soft * (HardRadius / LatentPool.SoftRadius);
            if (radius <= soft || radius == 0)
                continue;
            float bent = hard > soft ? soft + (hard - soft) * MathF.Tanh((radius - soft) / (hard - soft)) : 0;
            TensorPrimitives.Multiply(row, bent / radius, row);
        }
    }

    private Span<float> Part(Span<float> latent, LatentGroup group) =>
        latent.Slice(group.FirstLayer * _layout.Width, group.LayerCount * _layout.Width);

    // Points that somebody names may lie farther out than the prior, and the limiter must leave them where they are.
    private void Widen(float[][] points)
    {
        foreach (float[] point in points)
            for (int layer = 0; layer < _layout.Layers; layer++)
                _soft[layer] = Math.Max(_soft[layer], TensorPrimitives.Norm(point.AsSpan(layer * _layout.Width, _layout.Width)));
    }

    private static double[] Shares(LatentLayout layout, MotionSettings motion)
    {
        double[] weights = [.. layout.Groups.Select(group => (double)motion.Weight(group.Name))];
        double length = Math.Sqrt(weights.Sum(weight => weight * weight));
        return [.. weights.Select(weight => length > 0 ? weight / length : 0)];
    }

    private static void CheckLayout(LatentLayout layout)
    {
        int next = 0;
        foreach (LatentGroup group in layout.Groups)
        {
            if (group.FirstLayer != next || group.LayerCount < 1)
                throw new ArgumentException($"latent group '{group.Name}' must begin at layer {next} and hold a layer", nameof(layout));
            next += group.LayerCount;
        }
        if (next != layout.Layers || next == 0)
            throw new ArgumentException($"the latent groups cover {next} layers of {layout.Layers}", nameof(layout));
        if (layout.ImageChangePerUnit.Count != layout.Layers || !layout.ImageChangePerUnit.All(change => change > 0 && float.IsFinite(change)))
            throw new ArgumentException("the image change per unit step must be positive for every layer", nameof(layout));
    }
}
