namespace AInimEngine.Analysis.Beats;

/// <summary>
/// The likeliest sequence of beats in a whole track: the Viterbi algorithm over <see cref="BeatStates"/> (Rabiner 1989,
/// eq. 32 to 35). Memory does not grow with the track: what lies a minute and a half back is settled.
/// </summary>
internal sealed class BeatPath
{
    /// <summary>Frames within which paths have come together; a power of two.</summary>
    private const int Settled = 8192, Kept = 2 * Settled;

    private const int Row = 2 * BeatStates.Reach + 1;
    private const float Never = -1e9f;

    private readonly float[] _scores = new float[BeatStates.Total];
    private readonly int[] _head = new int[BeatStates.Count];
    private readonly float[] _steps = new float[BeatStates.Count * Row];
    private readonly float[] _out = new float[BeatStates.Count];
    private readonly byte[] _from = new byte[Kept * BeatStates.Count];
    private readonly float[] _beatScores = new float[BeatStates.Levels + 1], _offBeatScores = new float[BeatStates.Levels + 1];
    private readonly int _first, _end;

    /// <param name="model">The prior and how steady the tempo is.</param>
    /// <param name="shortest">Least interval allowed, in frames.</param>
    /// <param name="longest">Greatest interval allowed, in frames.</param>
    internal BeatPath(BeatModel model, double shortest = 0, double longest = 1000)
    {
        _first = Math.Clamp((int)Math.Floor(shortest), BeatStates.Shortest, BeatStates.Longest) - BeatStates.Shortest;
        _end = Math.Clamp((int)Math.Ceiling(longest), BeatStates.Shortest, BeatStates.Longest) - BeatStates.Shortest + 1;
        double[] steps = BeatStates.Steps(model);
        for (int i = 0; i < steps.Length; i++)
            _steps[i] = steps[i] > 0 ? (float)Math.Log(steps[i]) : Never;
        for (int k = _first; k < _end; k++)
            Ring(k).Fill((float)(model.LogPrior(k + BeatStates.Shortest) - Math.Log(k + BeatStates.Shortest)));
    }

    /// <summary>Frames on which beats fall, rising; once per object.</summary>
    /// <param name="evidence">Logarithm of a likelihood ratio per frame.</param>
    /// <param name="offBeat">Share of it that is excused half-way between beats.</param>
    internal List<int> Find(ReadOnlySpan<float> evidence, float offBeat)
    {
        var beats = new List<int>();
        for (int frame = 0; frame < evidence.Length; frame++)
        {
            Move(frame);
            Weigh(evidence[frame], offBeat);
            if (frame % 256 == 255)
                Level();
            if (frame % Settled == Settled - 1 && frame >= Kept - 1)
                Trace(frame, frame - Settled, beats);
        }
        if (evidence.Length > 0)
            Trace(evidence.Length - 1, evidence.Length - 1, beats);
        return beats;
    }

    private Span<float> Ring(int k) => _scores.AsSpan(BeatStates.First(k), k + BeatStates.Shortest);

    private void Move(int frame)
    {
        for (int k = _first; k < _end; k++)
        {
            _head[k] = _head[k] == 0 ? k + BeatStates.Shortest - 1 : _head[k] - 1;
            _out[k] = _scores[BeatStates.First(k) + _head[k]];
        }
        Span<byte> from = _from.AsSpan(frame % Kept * BeatStates.Count, BeatStates.Count);
        for (int j = _first; j < _end; j++)
        {
            float best = Never;
            int source = j;
            for (int k = Math.Max(_first, j - BeatStates.Reach); k <= Math.Min(_end - 1, j + BeatStates.Reach); k++)
            {
                float score = _out[k] + _steps[k * Row + j - k + BeatStates.Reach];
                if (score > best)
                    (best, source) = (score, k);
            }
            from[j] = (byte)source;
            _scores[BeatStates.First(j) + _head[j]] = best;
        }
    }

    private void Weigh(float evidence, float offBeat)
    {
        float beat = MathF.Exp(evidence) - 1, half = MathF.Exp(Math.Max(0, evidence) * offBeat) - 1;
        for (int level = 0; level <= BeatStates.Levels; level++)
        {
            _beatScores[level] = MathF.Log(1 + beat * level / BeatStates.Levels);
            _offBeatScores[level] = MathF.Log(1 + half * level / BeatStates.Levels);
        }
        for (int k = _first; k < _end; k++)
        {
            Add(Ring(k), _head[k], BeatStates.Beat(k), _beatScores);
            if (half > 0)
                Add(Ring(k), _head[k], BeatStates.OffBeat(k), _offBeatScores);
        }
    }

    private static void Add(Span<float> ring, int head, ReadOnlySpan<(byte Position, byte Level)> region, float[] scores)
    {
        foreach ((byte position, byte level) in region)
        {
            int slot = head + position;
            if (slot >= ring.Length)
                slot -= ring.Length;
            ring[slot] += scores[level];
        }
    }

    /// <summary>Keeps scores near 0, where floats are fine.</summary>
    private void Level()
    {
        float best = Never;
        for (int k = _first; k < _end; k++)
        {
            foreach (float score in Ring(k))
                best = Math.Max(best, score);
        }
        for (int k = _first; k < _end; k++)
        {
            foreach (ref float score in Ring(k))
                score -= best;
        }
    }

    /// <summary>Follows the best path back from a frame and keeps its beats up to another that were not kept before.</summary>
    private void Trace(int frame, int until, List<int> beats)
    {
        float best = float.NegativeInfinity;
        int interval = _first, position = 0;
        for (int k = _first; k < _end; k++)
        {
            Span<float> ring = Ring(k);
            for (int slot = 0; slot < ring.Length; slot++)
            {
                if (ring[slot] > best)
                    (best, interval, position) = (ring[slot], k, (slot - _head[k] + ring.Length) % ring.Length);
            }
        }
        int oldest = Math.Max(0, frame - Kept + 1), after = beats.Count > 0 ? beats[^1] + BeatStates.Shortest / 2 : -1;
        int insert = beats.Count;
        for (int at = frame - position; at >= oldest && at > after; )
        {
            if (at <= until)
                beats.Add(at);
            interval = _from[at % Kept * BeatStates.Count + interval];
            at -= interval + BeatStates.Shortest;
        }
        beats.Reverse(insert, beats.Count - insert);
    }
}
