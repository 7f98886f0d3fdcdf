using AInimEngine.Core.State;

namespace AInimEngine.Analysis.Beats;

/// <summary>
/// Belief over the bars of three and of four beats and the place in them; hears one likelihood of a downbeat per beat.
/// Likelihoods count against their own running mean and spread, so any scale will do.
/// </summary>
internal sealed class BarFilter : IStateful
{
    private const int States = 7;

    /// <summary>Share of the belief that loses its place at each beat.</summary>
    private const double Slip = 0.004;

    /// <summary>Belief in bars of three before anything is heard.</summary>
    private const double Three = 0.2;

    /// <summary>Weight of a downbeat likelihood one spread above the mean.</summary>
    private const double Weight = 0.55;

    private const double Forget = 0.94;

    // 0..2: bars of three; 3..6: bars of four.
    private readonly double[] _belief = new double[States], _next = new double[States];
    private double _weight, _sum, _squares;

    internal BarFilter() => Reset();

    /// <summary>3 or 4.</summary>
    internal int BeatsPerBar { get; private set; } = 4;

    /// <summary>Place of the last beat that was heard, 1..<see cref="BeatsPerBar"/>.</summary>
    internal int Position { get; private set; } = 1;

    /// <summary>Belief in that place, less what chance would give, 0..1.</summary>
    internal double Confidence { get; private set; }

    /// <summary>The next beat was heard.</summary>
    /// <param name="downbeat">Likelihood that it is a downbeat.</param>
    internal void Hear(double downbeat)
    {
        _weight = Forget * _weight + 1;
        _sum = Forget * _sum + downbeat;
        _squares = Forget * _squares + downbeat * downbeat;
        double mean = _sum / _weight, spread = Math.Sqrt(Math.Max(1e-6, _squares / _weight - mean * mean));
        double evidence = _weight < 3 ? 0 : Math.Clamp((downbeat - mean) / (spread + 0.02), -2, 2.5);
        Move();
        for (int s = 0; s < States; s++)
        {
            bool first = s is 0 or 3;
            int beats = s < 3 ? 3 : 4;
            _belief[s] *= Math.Exp(Weight * (first ? evidence : -evidence / (beats - 1)));
        }
        Choose();
    }

    /// <summary>A beat that was counted was none, or one was missed: moves the belief without hearing.</summary>
    internal void Shift(int beats)
    {
        for (int i = 0; i < ((beats % 12) + 12) % 12; i++)
            Move();
        Choose();
    }

    /// <summary>The last beat heard was a downbeat.</summary>
    internal void SetDownbeat()
    {
        double three = _belief[0] + _belief[1] + _belief[2];
        Array.Clear(_belief);
        (_belief[0], _belief[3]) = (three, 1 - three);
        Choose();
    }

    /// <inheritdoc/>
    public void Reset()
    {
        for (int s = 0; s < States; s++)
            _belief[s] = s < 3 ? Three / 3 : (1 - Three) / 4;
        (_weight, _sum, _squares) = (0, 0, 0);
        (BeatsPerBar, Position, Confidence) = (4, 1, 0);
    }

    /// <inheritdoc/>
    public void Save(StateWriter writer)
    {
        writer.Section("analysis.bars", 1);
        writer.Write<double>(_belief);
        writer.Write(_weight);
        writer.Write(_sum);
        writer.Write(_squares);
        writer.Write(BeatsPerBar);
        writer.Write(Position);
        writer.Write(Confidence);
    }

    /// <inheritdoc/>
    public void Restore(StateReader reader)
    {
        reader.Section("analysis.bars", 1);
        reader.Read<double>(_belief);
        _weight = reader.Read<double>();
        _sum = reader.Read<double>();
        _squares = reader.Read<double>();
        BeatsPerBar = reader.Read<int>();
        Position = reader.Read<int>();
        Confidence = reader.Read<double>();
    }

    private void Move()
    {
        for (int s = 0; s < States; s++)
        {
            int before = s == 0 ? 2 : s == 3 ? 6 : s - 1;
            double any = s < 3 ? Three / 3 : (1 - Three) / 4;
            _next[s] = (1 - Slip) * _belief[before] + Slip * any;
        }
        _next.CopyTo(_belief, 0);
    }

    private void Choose()
    {
        double sum = 0;
        for (int s = 0; s < States; s++)
            sum += _belief[s];
        double three = 0;
        for (int s = 0; s < States; s++)
        {
            _belief[s] /= sum;
            three += s < 3 ? _belief[s] : 0;
        }
        int from = three > 0.5 ? 0 : 3, beats = three > 0.5 ? 3 : 4, best = from;
        for (int s = from; s < from + beats; s++)
        {
            if (_belief[s] > _belief[best])
                best = s;
        }
        BeatsPerBar = beats;
        Position = best - from + 1;
        double chance = 1.0 / beats, share = _belief[best] / Math.Max(1e-12, three > 0.5 ? three : 1 - three);
        Confidence = Math.Clamp((share - chance) / (1 - chance), 0, 1);
    }
}
