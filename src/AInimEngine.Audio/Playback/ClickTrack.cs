using AInimEngine.Core.Randomness;

namespace AInimEngine.Audio.Playback;

/// <summary>
/// Silence with clicks in it at odd times, to measure by: each a burst of noise of 10 ms that begins at once, 1.0 to 1.5 s after
/// the one before, so that it falls on no rhythm of pictures or of buffers. A pure function of its seed. One thread.
/// </summary>
public sealed class ClickTrack
{
    /// <summary>Silence before the first click, in samples per channel: an output that slept runs two seconds ahead at first.</summary>
    public const int LeadFrames = 4 * SoundFormat.SampleRate;

    private const int BurstFrames = SoundFormat.SampleRate / 100;
    private const float Loudest = 0.7f;

    private readonly ulong _seed;
    private readonly float[] _burst = new float[BurstFrames];
    private long _position, _click = LeadFrames, _before = long.MinValue;
    private ulong _clicks;

    /// <param name="seed">Of times and noise.</param>
    public ClickTrack(ulong seed)
    {
        _seed = seed;
        Philox.Uniform(seed, 1, _burst);
        for (int i = 0; i < _burst.Length; i++)
            _burst[i] = (i == 0 ? 1 : 2 * _burst[i] - 1) * Loudest * MathF.Exp(-5f * i / BurstFrames);
    }

    /// <summary>Samples per channel that were read.</summary>
    public long Position => _position;

    /// <summary>The click that comes next, or begins in the samples that are read next: its first sample per channel.</summary>
    public long Next => _click;

    /// <summary>Reads on; never ends.</summary>
    /// <param name="interleaved">Left, right, ...; at most a second.</param>
    /// <returns>Samples per channel.</returns>
    public int Read(Span<float> interleaved)
    {
        int frames = interleaved.Length / SoundFormat.Channels;
        interleaved.Clear();
        Add(_before, interleaved);
        Add(_click, interleaved);
        _position += frames;
        if (_click >= _position)
            return frames;
        _before = _click;
        _click += (long)(SoundFormat.SampleRate * (1 + 0.5 * Philox.Uniform(_seed, 0, _clicks++)));
        return frames;
    }

    private void Add(long click, Span<float> interleaved)
    {
        long end = _position + interleaved.Length / SoundFormat.Channels;
        for (long at = Math.Max(click, _position); at < Math.Min(click + BurstFrames, end); at++)
            interleaved.Slice((int)(at - _position) * SoundFormat.Channels, SoundFormat.Channels).Fill(_burst[at - click]);
    }
}
