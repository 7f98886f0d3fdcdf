using AInimEngine.Core.State;

namespace AInimEngine.Audio.Level;

/// <summary>
/// Brings a live sound to one level, slowly, so that a quiet room and a loud stage look alike; silence stays silent, and
/// nothing clips. It keeps no sound back. Time is counted in samples, so blocks of any size give the same. Allocates
/// nothing. One thread; the meters may be read by any.
/// </summary>
/// <remarks>
/// Gain control works in dB on the level of the last 0.4 s, so that a step of any size up or down is followed in the same
/// time. The gate hears the last 50 ms. While it is closed the gain and its meter stand still, so that a long break changes
/// nothing, and what passes is amplified by 0 dB at the most. The limiter turns down at once and lets go within 0.1 s.
/// </remarks>
public sealed class AutoGain : IStateful
{
    private const int Version = 1;

    /// <summary>The gain is reconsidered every so many samples: 1.3 ms.</summary>
    private const int Hop = 64;

    private const float GateSeconds = 0.05f, MeterSeconds = 0.4f, OpenSeconds = 0.003f, FadeSeconds = 0.1f, ReleaseSeconds = 0.1f;
    private const float Quietest = 1e-12f;

    private readonly AutoGainSettings _settings;
    private readonly float _gateRate, _meterRate, _gainRate, _openRate, _fadeRate, _releaseRate, _limit, _open, _close;
    private float _power, _gatePower, _meterPower, _gainDb, _applied, _limiter, _peak;
    private long _heard;
    private int _inHop;
    private bool _isSilent;

    /// <summary>Makes it with a gain of 0 dB.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A setting is out of its range.</exception>
    public AutoGain(AutoGainSettings settings)
    {
        Check(settings.FixedDb ?? 0, -60, 60, nameof(settings.FixedDb));
        Check(settings.TargetDb, -40, -6, nameof(settings.TargetDb));
        Check(settings.CeilingDb, 0, 60, nameof(settings.CeilingDb));
        Check(settings.FloorDb, -60, 0, nameof(settings.FloorDb));
        Check(settings.Seconds, 0.1f, 60, nameof(settings.Seconds));
        Check(settings.CloseDb, -120, settings.OpenDb, nameof(settings.CloseDb));
        Check(settings.LimitDb, -40, 0, nameof(settings.LimitDb));
        _settings = settings;
        _gateRate = Rate(GateSeconds, Hop);
        _meterRate = Rate(MeterSeconds, Hop);
        _gainRate = Rate(settings.Seconds, Hop);
        _openRate = Rate(OpenSeconds, 1);
        _fadeRate = Rate(FadeSeconds, 1);
        _releaseRate = Rate(ReleaseSeconds, 1);
        _limit = Amplitude(settings.LimitDb);
        _open = Power(settings.OpenDb);
        _close = Power(settings.CloseDb);
        Reset();
    }

    /// <summary>The gain now, dB: the automatic one, or that by hand. What passes a closed gate gets 0 dB at the most.</summary>
    public float GainDb => _settings.FixedDb ?? Volatile.Read(ref _gainDb);

    /// <summary>How loud the sound comes in, last 50 ms, dBFS; -120 at the least.</summary>
    public float LevelDb => Decibels(Volatile.Read(ref _gatePower));

    /// <summary>The loudest sample that came in since the last look at it, linear; the look sets it back. For a meter, one reader.</summary>
    public float TakePeak() => Interlocked.Exchange(ref _peak, 0);

    /// <summary>The gate is closed.</summary>
    public bool IsSilent => Volatile.Read(ref _isSilent);

    /// <summary>How far the limiter turns down now, dB, 0 or less.</summary>
    public float LimiterDb => 20 * MathF.Log10(Volatile.Read(ref _limiter));

    /// <summary>Sets the level of sound in place.</summary>
    /// <param name="interleaved">Left, right, ...; of even length. NaN and infinity become 0.</param>
    public void Process(Span<float> interleaved)
    {
        float wanted = Wanted;
        for (int i = 0; i + 1 < interleaved.Length; i += 2)
        {
            float left = Finite(interleaved[i]), right = Finite(interleaved[i + 1]);
            float loudest = Math.Max(MathF.Abs(left), MathF.Abs(right));
            if (loudest > _peak)
                _peak = loudest;
            _power += (left * left) + (right * right);
            if (++_inHop == Hop)
            {
                Consider();
                wanted = Wanted;
            }
            _applied += (wanted - _applied) * (_isSilent ? _fadeRate : _openRate);
            float loud = loudest * _applied;
            _limiter += (1 - _limiter) * _releaseRate;
            if (loud * _limiter > _limit)
                _limiter = _limit / loud;
            float gain = _applied * _limiter;
            interleaved[i] = Math.Clamp(left * gain, -_limit, _limit);
            interleaved[i + 1] = Math.Clamp(right * gain, -_limit, _limit);
        }
    }

    /// <inheritdoc/>
    public void Reset()
    {
        (_power, _gatePower, _meterPower, _gainDb, _peak) = (0, 0, 0, 0, 0);
        (_heard, _inHop, _isSilent) = (0, 0, true);
        _limiter = 1;
        _applied = Wanted;
    }

    /// <inheritdoc/>
    public void Save(StateWriter writer)
    {
        writer.Section("auto-gain", Version);
        writer.Write<float>([_power, _gatePower, _meterPower, _gainDb, _applied, _limiter]);
        writer.Write(_heard);
        writer.Write(_inHop);
        writer.Write(_isSilent ? 1 : 0);
    }

    /// <inheritdoc/>
    public void Restore(StateReader reader)
    {
        reader.Section("auto-gain", Version);
        Span<float> levels = stackalloc float[6];
        reader.Read(levels);
        (_power, _gatePower, _meterPower, _gainDb, _applied, _limiter) = (levels[0], levels[1], levels[2], levels[3], levels[4], levels[5]);
        _heard = reader.Read<long>();
        _inHop = reader.Read<int>();
        _isSilent = reader.Read<int>() != 0;
    }

    /// <summary>The linear gain that the sound should have. By hand the gate changes nothing.</summary>
    private float Wanted => _settings.FixedDb is { } byHand ? Amplitude(byHand) : Amplitude(_isSilent ? Math.Min(_gainDb, 0) : _gainDb);

    /// <summary>Looks at the last hop: is it silent, and where should the gain go?</summary>
    private void Consider()
    {
        float power = _power / (2 * Hop);
        (_power, _inHop) = (0, 0);
        _gatePower += (power - _gatePower) * _gateRate;
        _isSilent = _gatePower < (_isSilent ? _open : _close);
        // The gate hears a tail for 50 ms after the sound; the meter must not, or each rest would raise the gain a little.
        if (_isSilent || power < _close)
            return;
        // At first the meter is the mean of what was heard so far, or it would begin with a silence that never was.
        _heard++;
        _meterPower += (power - _meterPower) * Math.Max(_meterRate, 1f / _heard);
        float target = Math.Clamp(_settings.TargetDb - Decibels(_meterPower), _settings.FloorDb, _settings.CeilingDb);
        _gainDb += (target - _gainDb) * _gainRate;
    }

    // Far over full scale is no sound, and its square no number.
    private static float Finite(float sample) => float.IsFinite(sample) ? Math.Clamp(sample, -1000, 1000) : 0;

    /// <summary>What a one-pole smoother moves in one step, for a time constant.</summary>
    private static float Rate(float seconds, int step) => 1 - MathF.Exp(-step / (seconds * SoundFormat.SampleRate));

    private static float Amplitude(float decibels) => MathF.Pow(10, decibels / 20);

    private static float Power(float decibels) => MathF.Pow(10, decibels / 10);

    private static float Decibels(float power) => 10 * MathF.Log10(Math.Max(power, Quietest));

    private static void Check(float value, float least, float most, string name)
    {
        if (!(value >= least && value <= most))
            throw new ArgumentOutOfRangeException(name, value, $"must be {least} to {most}");
    }
}
