using AInimEngine.Core.Frames;

namespace AInimEngine.Analysis.Features;

/// <summary>
/// Holds sound until it is asked for, so that what is computed never depends on how the sound was cut into blocks.
/// Grows to the largest block it was given, then allocates no more. Makes every sample finite.
/// </summary>
internal sealed class SampleFifo
{
    /// <summary>Louder than this (24 dB over full scale) is clipped: squares must stay finite.</summary>
    private const float Loudest = 16;

    private float[] _samples = new float[8192];
    private int _first, _count;

    /// <summary>Position in the track of the next sample to be taken.</summary>
    internal long Position { get; private set; }

    /// <summary>Takes in a block that must follow the last one.</summary>
    internal void Write(in AudioBlock block)
    {
        if (block.SampleRate != Hop.SampleRate || block.Channels != Hop.Channels)
            throw new ArgumentException($"analysis takes {Hop.SampleRate} Hz stereo, not {block.SampleRate} Hz with {block.Channels} channels", nameof(block));
        long expected = Position + _count / Hop.Channels;
        if (block.FirstSample != expected)
            throw new ArgumentException($"the block begins at sample {block.FirstSample}, expected {expected}", nameof(block));
        Span<float> room = Append(block.Length * Hop.Channels);
        ReadOnlySpan<float> samples = block.Samples[..room.Length];
        for (int i = 0; i < room.Length; i++)
        {
            float x = samples[i];
            room[i] = float.IsFinite(x) ? Math.Clamp(x, -Loudest, Loudest) : 0;
        }
    }

    /// <summary>Appends silence.</summary>
    internal void WriteSilence(int samples) => Append(samples * Hop.Channels).Clear();

    /// <summary>Takes the next samples of each channel, or none when there are not as many. Valid until the next write.</summary>
    internal bool TryTake(int samples, out ReadOnlySpan<float> taken)
    {
        int length = samples * Hop.Channels;
        if (_count < length)
        {
            taken = default;
            return false;
        }
        taken = _samples.AsSpan(_first, length);
        _first += length;
        _count -= length;
        Position += samples;
        return true;
    }

    /// <summary>Samples of each channel that wait.</summary>
    internal int Waiting => _count / Hop.Channels;

    /// <summary>Forgets what waits; the next block must begin at <paramref name="position"/>.</summary>
    internal void Restart(long position)
    {
        _first = _count = 0;
        Position = position;
    }

    private Span<float> Append(int length)
    {
        if (_first + _count + length > _samples.Length)
        {
            float[] target = _count + length > _samples.Length ? new float[Math.Max(_count + length, _samples.Length * 2)] : _samples;
            _samples.AsSpan(_first, _count).CopyTo(target);
            (_samples, _first) = (target, 0);
        }
        Span<float> room = _samples.AsSpan(_first + _count, length);
        _count += length;
        return room;
    }
}
