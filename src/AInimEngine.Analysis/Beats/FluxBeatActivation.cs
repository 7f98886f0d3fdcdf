using AInimEngine.Core.State;

namespace AInimEngine.Analysis.Beats;

/// <summary>
/// Reasoned likelihood of a beat: how much the levels rise, most of all the lowest, against how much they rose at most
/// in the last seconds (SuperFlux: Boeck and Widmer, DAFx 2013, eq. 1 to 4). It rises at every onset.
/// </summary>
internal sealed class FluxBeatActivation : IBeatActivation
{
    /// <summary>Weights of the mean rise below 160 Hz, below 2560 Hz and above.</summary>
    private const float LowWeight = 0.3f, MidWeight = 0.5f, HighWeight = 0.2f;

    /// <summary>Rise in octaves of level below which nothing counts as an onset.</summary>
    private const float Least = 0.25f;

    /// <summary>
    /// How many times its long mean the rise must reach to count as a sure onset: noise rises all the time, and its
    /// highest rise stands out from the others by little.
    /// </summary>
    private const float Standing = 2f;

    private static readonly float s_forget = (float)Math.Exp(-1 / (4 * BeatClock.Rate));
    private static readonly float s_follow = (float)Math.Exp(-1 / (0.25 * BeatClock.Rate));
    private static readonly float s_remember = (float)Math.Exp(-1 / (0.5 * BeatClock.Rate));

    private readonly float[] _levels = new float[2 * BeatBands.Padded];
    private readonly float[] _colour = new float[BeatBands.Padded];
    private int _now;
    private float _mean, _level, _highest, _lowHighest, _changeHighest;
    private bool _started;

    /// <inheritdoc/>
    public int Delay => 0;

    /// <inheritdoc/>
    public BeatCalibration Calibration => BeatCalibration.Flux;

    /// <inheritdoc/>
    public void Hear(ReadOnlySpan<float> amplitude, out float beat, out float downbeat)
    {
        _now ^= 1;
        BeatBands.Levels(amplitude, _levels.AsSpan(_now * BeatBands.Padded, BeatBands.Padded));
        Judge(out beat, out downbeat);
    }

    /// <summary>The same for levels that are known.</summary>
    internal void HearLevels(ReadOnlySpan<float> levels, out float beat, out float downbeat)
    {
        _now ^= 1;
        levels.CopyTo(_levels.AsSpan(_now * BeatBands.Padded, BeatBands.Padded));
        Judge(out beat, out downbeat);
    }

    private void Judge(out float beat, out float downbeat)
    {
        ReadOnlySpan<float> now = _levels.AsSpan(_now * BeatBands.Padded, BeatBands.Padded);
        ReadOnlySpan<float> before = _levels.AsSpan((_now ^ 1) * BeatBands.Padded, BeatBands.Padded);
        if (!_started)
        {
            // The first spectrum has nothing before it: it is no onset.
            _started = true;
            now.CopyTo(_levels.AsSpan((_now ^ 1) * BeatBands.Padded, BeatBands.Padded));
            now.CopyTo(_colour);
        }
        float low = Rise(now, before, 0, BeatBands.Low), mid = Rise(now, before, BeatBands.Low, BeatBands.Mid);
        float high = Rise(now, before, BeatBands.Mid, BeatBands.Count);
        float flux = LowWeight * low + MidWeight * mid + HighWeight * high;
        float above = Math.Max(0, flux - _mean);
        _mean = s_follow * _mean + (1 - s_follow) * flux;
        _highest = Math.Max(above, _highest * s_forget);
        _level = s_forget * _level + (1 - s_forget) * flux;
        beat = above / Math.Max(_highest, Math.Max(Least, Standing * _level));

        // The first beat of a bar brings new harmony and, more often than others, the bass.
        float change = 0;
        for (int i = BeatBands.Low; i < BeatBands.Mid; i++)
        {
            change += Math.Abs(now[i] - _colour[i]);
            _colour[i] = s_remember * _colour[i] + (1 - s_remember) * now[i];
        }
        change /= BeatBands.Mid - BeatBands.Low;
        _changeHighest = Math.Max(change, _changeHighest * s_forget);
        _lowHighest = Math.Max(low, _lowHighest * s_forget);
        downbeat = beat * 0.5f * (low / Math.Max(_lowHighest, Least) + change / Math.Max(_changeHighest, Least));
    }

    /// <inheritdoc/>
    public void Reset()
    {
        Array.Clear(_levels);
        Array.Clear(_colour);
        (_now, _mean, _level, _highest, _lowHighest, _changeHighest, _started) = (0, 0, 0, 0, 0, 0, false);
    }

    /// <inheritdoc/>
    public void Save(StateWriter writer)
    {
        writer.Section("analysis.fluxbeat", 1);
        writer.Write<float>(_levels);
        writer.Write<float>(_colour);
        writer.Write(_now);
        writer.Write(_mean);
        writer.Write(_level);
        writer.Write(_highest);
        writer.Write(_lowHighest);
        writer.Write(_changeHighest);
        writer.Write(_started);
    }

    /// <inheritdoc/>
    public void Restore(StateReader reader)
    {
        reader.Section("analysis.fluxbeat", 1);
        reader.Read<float>(_levels);
        reader.Read<float>(_colour);
        _now = reader.Read<int>();
        _mean = reader.Read<float>();
        _level = reader.Read<float>();
        _highest = reader.Read<float>();
        _lowHighest = reader.Read<float>();
        _changeHighest = reader.Read<float>();
        _started = reader.Read<bool>();
    }

    private static float Rise(ReadOnlySpan<float> now, ReadOnlySpan<float> before, int first, int end)
    {
        float sum = 0;
        for (int i = first; i < end; i++)
        {
            float reference = Math.Max(before[i], Math.Max(before[Math.Max(i - 1, 0)], before[Math.Min(i + 1, BeatBands.Count - 1)]));
            sum += Math.Max(0, now[i] - reference);
        }
        return sum / (end - first);
    }
}
