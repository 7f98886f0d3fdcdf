using AInimEngine.Analysis.Spectrum;
using AInimEngine.Core.State;

namespace AInimEngine.Analysis.Beats;

/// <summary>
/// Belief over <see cref="BeatStates"/> after each frame: the forward algorithm (Rabiner 1989, eq. 19 to 21). A frame
/// costs a few thousand multiplications: positions move by turning rings, and only the states near a beat or half-way
/// between two are weighed.
/// </summary>
internal sealed class BeatFilter : IStateful
{
    private const int Row = 2 * BeatStates.Reach + 1, Bins = 32;

    private static readonly (float Cos, float Sin)[] s_turns = MakeTurns();

    private readonly BeatModel _model;
    private readonly double[] _steps, _start = new double[BeatStates.Count], _favour = new double[BeatStates.Count];
    private readonly float[] _belief = new float[BeatStates.Total];
    private readonly int[] _head = new int[BeatStates.Count];
    private readonly double[] _mass = new double[BeatStates.Count], _out = new double[BeatStates.Count], _in = new double[BeatStates.Count];
    private readonly float[] _beatWeights = new float[BeatStates.Levels + 1], _offBeatWeights = new float[BeatStates.Levels + 1];
    private readonly float[] _histogram = new float[Bins];
    private int _chosen;

    internal BeatFilter(BeatModel model)
    {
        _model = model;
        _steps = BeatStates.Steps(model);
        Reset();
    }

    /// <summary>Frames per beat, with a fraction.</summary>
    internal double Interval { get; private set; }

    /// <summary>Place in the beat at the last frame, 0..1.</summary>
    internal double Phase { get; private set; }

    /// <summary>Share of the belief in the chosen tempo.</summary>
    internal double TempoShare { get; private set; }

    /// <summary>Resultant length of the phases that are believed at that tempo, 0..1.</summary>
    internal double PhaseShare { get; private set; }

    /// <summary>Belief in each interval; sums to 1.</summary>
    internal ReadOnlySpan<double> Mass => _mass;

    /// <summary>One frame passes, on which the evidence for a beat is as given.</summary>
    /// <param name="evidence">Logarithm of a likelihood ratio, 0 says nothing.</param>
    /// <param name="offBeat">Share of it that is excused half-way between beats.</param>
    internal void Hear(float evidence, double offBeat)
    {
        Move();
        float beat = MathF.Exp(evidence) - 1, half = MathF.Exp(Math.Max(0, evidence) * (float)offBeat) - 1;
        for (int level = 0; level <= BeatStates.Levels; level++)
        {
            _beatWeights[level] = 1 + beat * level / BeatStates.Levels;
            _offBeatWeights[level] = 1 + half * level / BeatStates.Levels;
        }
        double sum = 0;
        for (int k = 0; k < BeatStates.Count; k++)
        {
            Span<float> ring = Ring(k);
            Weigh(ring, _head[k], BeatStates.Beat(k), _beatWeights);
            Weigh(ring, _head[k], BeatStates.OffBeat(k), _offBeatWeights);
            sum += _mass[k] = VectorMath.Sum(ring);
        }
        Normalise(sum);
        Choose();
    }

    /// <summary>Believes in tempi near this one, as if the prior were there; 0 takes the model's prior again.</summary>
    /// <param name="bpm">Beats a minute.</param>
    /// <param name="width">Standard deviation in octaves.</param>
    /// <param name="only">No others at all.</param>
    internal void Favour(double bpm, double width, bool only)
    {
        for (int k = 0; k < BeatStates.Count; k++)
        {
            double interval = k + BeatStates.Shortest;
            double octaves = bpm > 0 ? Math.Log2(BeatClock.Bpm(interval) / bpm) / width : 0;
            _favour[k] = bpm <= 0 ? 1 : only && Math.Abs(octaves) > 3 ? 0 : Math.Exp(-0.5 * octaves * octaves);
        }
        SetStart();
    }

    /// <summary>Forgets tempo and phase, keeps what is favoured.</summary>
    internal void Restart()
    {
        for (int k = 0; k < BeatStates.Count; k++)
            Ring(k).Fill((float)(_start[k] / (k + BeatStates.Shortest)));
        Recount();
    }

    /// <summary>Believes in one tempo and phase.</summary>
    /// <param name="interval">Frames per beat.</param>
    /// <param name="phase">Place in the beat now, 0..1.</param>
    internal void Believe(double interval, double phase)
    {
        for (int k = 0; k < BeatStates.Count; k++)
        {
            Span<float> ring = Ring(k);
            double octaves = Math.Log2((k + BeatStates.Shortest) / interval) / 0.03;
            double tempo = Math.Exp(-0.5 * octaves * octaves) + 1e-6;
            for (int p = 0; p < ring.Length; p++)
            {
                double away = (double)p / ring.Length - phase;
                away = (away - Math.Round(away)) / 0.04;
                ring[Slot(k, p)] = (float)(tempo * (Math.Exp(-0.5 * away * away) + 1e-4) / ring.Length);
            }
        }
        Recount();
        _chosen = Math.Clamp((int)Math.Round(interval), BeatStates.Shortest, BeatStates.Longest) - BeatStates.Shortest;
        Choose();
    }

    /// <inheritdoc/>
    public void Reset()
    {
        Array.Fill(_favour, 1);
        SetStart();
        Array.Clear(_head);
        Restart();
        (Interval, Phase, TempoShare, PhaseShare) = (BeatClock.Rate * 60 / _model.PriorBpm, 0, 0, 0);
        _chosen = (int)Math.Round(Interval) - BeatStates.Shortest;
    }

    /// <inheritdoc/>
    public void Save(StateWriter writer)
    {
        writer.Section("analysis.beatfilter", 1);
        writer.Write<float>(_belief);
        writer.Write<int>(_head);
        writer.Write<double>(_mass);
        writer.Write<double>(_favour);
        writer.Write(_chosen);
        writer.Write(Interval);
        writer.Write(Phase);
        writer.Write(TempoShare);
        writer.Write(PhaseShare);
    }

    /// <inheritdoc/>
    public void Restore(StateReader reader)
    {
        reader.Section("analysis.beatfilter", 1);
        reader.Read<float>(_belief);
        reader.Read<int>(_head);
        reader.Read<double>(_mass);
        reader.Read<double>(_favour);
        _chosen = reader.Read<int>();
        Interval = reader.Read<double>();
        Phase = reader.Read<double>();
        TempoShare = reader.Read<double>();
        PhaseShare = reader.Read<double>();
        SetStart();
    }

    private Span<float> Ring(int k) => _belief.AsSpan(BeatStates.First(k), k + BeatStates.Shortest);

    private int Slot(int k, int position)
    {
        int slot = _head[k] + position, length = k + BeatStates.Shortest;
        return slot >= length ? slot - length : slot;
    }

    private void SetStart()
    {
        double sum = 0;
        for (int k = 0; k < BeatStates.Count; k++)
            sum += _start[k] = _favour[k] * Math.Exp(_model.LogPrior(k + BeatStates.Shortest));
        for (int k = 0; k < BeatStates.Count; k++)
            _start[k] /= sum;
    }

    private void Move()
    {
        double all = 0;
        for (int k = 0; k < BeatStates.Count; k++)
        {
            int length = k + BeatStates.Shortest;
            _head[k] = _head[k] == 0 ? length - 1 : _head[k] - 1;
            all += _out[k] = _belief[BeatStates.First(k) + _head[k]];
        }
        double jump = _model.Jumps * all;
        for (int k = 0; k < BeatStates.Count; k++)
            _in[k] = jump * _start[k];
        for (int k = 0; k < BeatStates.Count; k++)
        {
            double leaving = _out[k];
            int from = Math.Max(0, k - BeatStates.Reach), to = Math.Min(BeatStates.Count - 1, k + BeatStates.Reach);
            ReadOnlySpan<double> steps = _steps.AsSpan(k * Row + from - k + BeatStates.Reach, to - from + 1);
            for (int j = from; j <= to; j++)
                _in[j] += leaving * steps[j - from];
        }
        for (int k = 0; k < BeatStates.Count; k++)
            _belief[BeatStates.First(k) + _head[k]] = (float)(_in[k] * _favour[k]);
    }

    private static void Weigh(Span<float> ring, int head, ReadOnlySpan<(byte Position, byte Level)> region, float[] weights)
    {
        foreach ((byte position, byte level) in region)
        {
            int slot = head + position;
            if (slot >= ring.Length)
                slot -= ring.Length;
            ring[slot] *= weights[level];
        }
    }

    private void Recount()
    {
        double sum = 0;
        for (int k = 0; k < BeatStates.Count; k++)
            sum += _mass[k] = VectorMath.Sum(Ring(k));
        Normalise(sum);
    }

    private void Normalise(double sum)
    {
        // What is favoured may have no belief left: it starts anew there.
        double scale = sum > 1e-30 ? (1 - _model.Restarts) / sum : 0, anew = sum > 1e-30 ? _model.Restarts : 1;
        for (int k = 0; k < BeatStates.Count; k++)
        {
            Span<float> ring = Ring(k);
            float factor = (float)scale, term = (float)(anew * _start[k] / ring.Length);
            for (int p = 0; p < ring.Length; p++)
                ring[p] = ring[p] * factor + term;
            _mass[k] = _mass[k] * scale + anew * _start[k];
        }
    }

    private static int Near(int k) => Math.Max(2, (int)Math.Round(0.05 * (k + BeatStates.Shortest)));

    private double Share(int k)
    {
        double sum = 0;
        int near = Near(k);
        for (int j = Math.Max(0, k - near); j <= Math.Min(BeatStates.Count - 1, k + near); j++)
            sum += _mass[j];
        return sum;
    }

    private void Choose()
    {
        int best = 0;
        double most = 0;
        for (int k = 0; k < BeatStates.Count; k++)
        {
            double share = Share(k);
            if (share > most)
                (best, most) = (k, share);
        }

        // Near the present choice the strongest is followed at once; far away it must first win clearly.
        int near = Near(_chosen), local = _chosen;
        for (int k = Math.Max(0, _chosen - near); k <= Math.Min(BeatStates.Count - 1, _chosen + near); k++)
        {
            if (_mass[k] > _mass[local])
                local = k;
        }
        bool stay = Share(local) * _model.Hysteresis >= most;
        _chosen = stay ? local : best;
        TempoShare = Share(_chosen);
        double sum = 0, weighted = 0;
        near = Near(_chosen);
        int from = Math.Max(0, _chosen - near), to = Math.Min(BeatStates.Count - 1, _chosen + near);
        for (int k = from; k <= to; k++)
        {
            sum += _mass[k];
            weighted += _mass[k] * (k + BeatStates.Shortest);
        }
        double before = Interval;
        Interval = sum > 0 ? weighted / sum : _chosen + BeatStates.Shortest;
        FindPhase(from, to, stay ? Phase + 1 / before : double.NaN);
    }

    private void FindPhase(int from, int to, double expected)
    {
        Array.Clear(_histogram);
        double sumRe = 0, sumIm = 0, sum = 0;
        for (int k = from; k <= to; k++)
        {
            int length = k + BeatStates.Shortest, first = BeatStates.First(k), slot = _head[k];
            for (int p = 0; p < length; p++)
            {
                float belief = _belief[first + slot];
                if (++slot == length)
                    slot = 0;
                _histogram[(p * Bins + length / 2) / length % Bins] += belief;
                (float cos, float sin) = s_turns[first + p];
                sumRe += belief * cos;
                sumIm += belief * sin;
                sum += belief;
            }
        }
        PhaseShare = sum > 0 ? Math.Sqrt(sumRe * sumRe + sumIm * sumIm) / sum : 0;
        int best = 0;
        double most = -1;
        for (int b = 0; b < Bins; b++)
        {
            double window = 0;
            for (int d = -2; d <= 2; d++)
                window += _histogram[(b + d + Bins) % Bins];
            double away = (double)b / Bins - expected;
            if (Math.Abs(away - Math.Round(away)) < 0.15)
                window *= _model.Hysteresis;
            if (window > most)
                (best, most) = (b, window);
        }

        // The mean of the phases around the likeliest one; half a beat away lies another reading that is not mixed in.
        (sumRe, sumIm) = (0, 0);
        for (int k = from; k <= to; k++)
        {
            int length = k + BeatStates.Shortest, first = BeatStates.First(k);
            int centre = best * length / Bins, width = length / 5;
            for (int d = -width; d <= width; d++)
            {
                int p = (centre + d + length) % length;
                float belief = _belief[first + Slot(k, p)];
                sumRe += belief * s_turns[first + p].Cos;
                sumIm += belief * s_turns[first + p].Sin;
            }
        }
        double turn = Math.Atan2(sumIm, sumRe) / (2 * Math.PI);
        Phase = turn - Math.Floor(turn);
    }

    private static (float, float)[] MakeTurns()
    {
        var turns = new (float, float)[BeatStates.Total];
        for (int k = 0; k < BeatStates.Count; k++)
        {
            int length = k + BeatStates.Shortest;
            for (int p = 0; p < length; p++)
                turns[BeatStates.First(k) + p] = ((float)Math.Cos(2 * Math.PI * p / length), (float)Math.Sin(2 * Math.PI * p / length));
        }
        return turns;
    }
}
