using System.Runtime.InteropServices;
using AInimEngine.Analysis.Spectrum;

namespace AInimEngine.Analysis.Beats.Learned;

/// <summary>
/// Beat and downbeat likelihood of a whole track, 93.75 a second, by the sibling of the live model that sees 11 s ahead as
/// well as behind. Value k is for the middle of hop 2k, sample 512 k + 128.
/// </summary>
internal sealed class LearnedBeatCurve : ISpectrumListener
{
    private readonly ActivationFeatures _features = new();
    private readonly ActivationNetwork _network;
    private readonly float[] _frame = new float[ActivationFeatures.Count];
    private readonly List<float> _beats = [], _downbeats = [];
    private readonly int _late;
    private int _skip;

    /// <summary>Runs the shipped model.</summary>
    internal LearnedBeatCurve()
        : this(ActivationModel.LookAhead)
    {
    }

    /// <summary>Runs a model, ready for the first hop.</summary>
    internal LearnedBeatCurve(ActivationModel model)
    {
        _network = new ActivationNetwork(model);
        _skip = _late = _network.Delay + model.Delay;
    }

    /// <summary>Likelihood of a beat, 0..1; complete after <see cref="End"/>.</summary>
    internal ReadOnlySpan<float> Beats => CollectionsMarshal.AsSpan(_beats);

    /// <summary>Likelihood of a downbeat, at most that of a beat.</summary>
    internal ReadOnlySpan<float> Downbeats => CollectionsMarshal.AsSpan(_downbeats);

    /// <inheritdoc/>
    public void Hear(long hop, ReadOnlySpan<float> power, ReadOnlySpan<float> amplitude)
    {
        if (hop % 2 != 0)
            return;
        _features.Next(amplitude, _frame);
        Advance();
    }

    /// <summary>The sound is over: what the model still owed is added to the curves.</summary>
    internal void End()
    {
        _network.End();
        Array.Clear(_frame);
        for (int i = 0; i < _late; i++)
            Advance();
    }

    private void Advance()
    {
        _network.Next(_frame, out float beat, out float downbeat);
        if (_skip > 0)
        {
            _skip--;
            return;
        }
        _beats.Add(beat);
        _downbeats.Add(downbeat);
    }
}
