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
    private const int SectionVersion = 1;
    private const int PitchClasses = 12;

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
    private readonly double[] _shares;
    private readonly float[][] _pushCos, _pushSin;
    private readonly LatentGroup _fine;
    private readonly float[] _anchors, _tremble, _trembleAcross;
    private readonly ulong _seed;
    private readonly double[] _chroma = new double[PitchClasses];
    private Follower _energy, _pulse;
    private double _turn;

    /// <summary>Draws the waypoints and directions.</summary>
    /// <param name="layout">Shape and response of the latent.</param>
    /// <param name="sample">The generator's prior; called here only.</param>
    /// <param name="motion">Time constants and weights; speed, direction, pulse, harmony and noise come with every step.</param>
    /// <param name="seed">Which path.</param>
    public LatentChoreographer(LatentLayout layout, LatentSampler sample, MotionSettings motion, ulong seed)
    {
        CheckLayout(layout);
        _layout = layout;
        _motion = motion;
        _pool = new LatentPool(layout, sample, motion.Truncation, seed);
        _paths = [.. Enumerable.Range(0, layout.Groups.Count).Select(group => new LatentPath(_pool, group))];
        _shares = Shares(layout, motion);
        _pushCos = [.. layout.Groups.Select((group, number) => MakeDirection(2 * number, group))];
        _pushSin = [.. layout.Groups.Select((group, number) => MakeOrthogonal(2 * number + 1, group, _pushCos[number]))];
        _seed = seed;
        _fine = layout.Group("fine") ?? layout.Groups[^1];
        _anchors = [.. Enumerable.Range(0, PitchClasses).SelectMany(pitch => MakeDirection(1000 + pitch, _fine))];
        _tremble = MakeDirection(2000, _fine);
        _trembleAcross = MakeOrthogonal(2001, _fine, _tremble);
        _energy = new Follower(motion.Attack, motion.Release);
        _pulse = new Follower(0, motion.Decay);
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
        double pulse = input.Pulse * _pulse.Step(input.Onset, seconds) / Math.Sqrt(_paths.Length);
        Travelled += Math.Abs(distance);
        _turn = Math.IEEERemainder(_turn + Math.Abs(distance) * TurnPerChange, Math.Tau);
        (double sin, double cos) = Math.SinCos(_turn);

        for (int g = 0; g < _paths.Length; g++)
        {
            Span<float> part = Part(latent, _layout.Groups[g]);
            _paths[g].Advance(distance * _shares[g]);
            _paths[g].Evaluate(part);
            double push = pulse + (g < input.Push.Length ? input.Push[g] : 0);
            if (push != 0)
            {
                TensorPrimitives.MultiplyAdd(_pushCos[g], (float)(push * cos), part, part);
                TensorPrimitives.MultiplyAdd(_pushSin[g], (float)(push * sin), part, part);
            }
        }
        AddHarmony(input, seconds, Part(latent, _fine));
        AddNoise(input, Part(latent, _fine));
        Confine(latent);
        TensorPrimitives.Add(latent, _pool.Mean, latent);
    }

    /// <inheritdoc/>
    public void Reset()
    {
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
            throw new InvalidDataException($"saved state holds {groups} latent groups, expected {_paths.Length}");
        foreach (LatentPath path in _paths)
            path.Restore(reader);
        reader.Read<double>(_chroma);
        _energy.Value = reader.Read<double>();
        _pulse.Value = reader.Read<double>();
        _turn = reader.Read<double>();
        Travelled = reader.Read<double>();
    }

    private void AddHarmony(in ChoreographyInput input, double seconds, Span<float> part)
    {
        double keep = _motion.Glide > 0 ? Math.Exp(-seconds * 1000 / _motion.Glide) : 0;
        double energy = 0;
        for (int pitch = 0; pitch < PitchClasses; pitch++)
        {
            double heard = pitch < input.Chroma.Length ? input.Chroma[pitch] : 0;
            // Squared: the notes that sound, not the floor under them.
            _chroma[pitch] = heard * heard + (_chroma[pitch] - heard * heard) * keep;
            energy += _chroma[pitch] * _chroma[pitch];
        }
        double scale = input.Harmony / Math.Sqrt(energy + HarmonyFloor * HarmonyFloor);
        if (scale == 0)
            return;
        for (int pitch = 0; pitch < PitchClasses; pitch++)
            TensorPrimitives.MultiplyAdd(_anchors.AsSpan(pitch * part.Length, part.Length), (float)(_chroma[pitch] * scale), part, part);
    }

    private void AddNoise(in ChoreographyInput input, Span<float> part)
    {
        if (input.Noise == 0)
            return;
        double phase = input.Seconds * NoiseRate;
        float along = 2 * SmoothNoise.At(_seed, NoiseStream, phase) - 1, across = 2 * SmoothNoise.At(_seed, NoiseStream + 1, phase) - 1;
        TensorPrimitives.MultiplyAdd(_tremble, input.Noise * along, part, part);
        TensorPrimitives.MultiplyAdd(_trembleAcross, input.Noise * across, part, part);
    }

    /// <summary>Bends each layer back towards the typical radius; C1, and the identity within the soft radius.</summary>
    private void Confine(Span<float> latent)
    {
        for (int layer = 0; layer < _layout.Layers; layer++)
        {
            Span<float> row = latent.Slice(layer * _layout.Width, _layout.Width);
            float radius = TensorPrimitives.Norm(row);
            float soft = LatentPool.SoftRadius * _pool.Radius[layer], hard = HardRadius * _pool.Radius[layer];
            if (radius <= soft || radius == 0)
                continue;
            float bent = hard > soft ? soft + (hard - soft) * MathF.Tanh((radius - soft) / (hard - soft)) : 0;
            TensorPrimitives.Multiply(row, bent / radius, row);
        }
    }

    private Span<float> Part(Span<float> latent, LatentGroup group) =>
        latent.Slice(group.FirstLayer * _layout.Width, group.LayerCount * _layout.Width);

    private float[] MakeDirection(int number, LatentGroup group)
    {
        var direction = new float[group.LayerCount * _layout.Width];
        _pool.Direction(number, group, direction);
        return direction;
    }

    /// <summary>A second direction at a right angle to the first, so that their turning mix keeps its length.</summary>
    private float[] MakeOrthogonal(int number, LatentGroup group, float[] first)
    {
        float[] second = MakeDirection(number, group);
        double along = 0;
        for (int layer = 0; layer < group.LayerCount; layer++)
        {
            double change = _pool.Change[group.FirstLayer + layer];
            int start = layer * _layout.Width;
            along += change * change * TensorPrimitives.Dot(first.AsSpan(start, _layout.Width), second.AsSpan(start, _layout.Width));
        }
        TensorPrimitives.MultiplyAdd(first, (float)-along, second, second);
        if (_pool.ImageLength(second, group) < 1e-3)
            return new float[second.Length];
        _pool.Normalise(second, group);
        return second;
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
