using AInimEngine.Core.State;

namespace AInimEngine.Analysis.Beats.Learned;

/// <summary>
/// Beat and downbeat likelihood of live sound by a small causal network that was trained on music whose beats are known
/// because it was composed for it. Remembers 22 s. Allocates nothing per spectrum.
/// </summary>
internal sealed class LearnedBeatActivation : IBeatActivation
{
    private readonly ActivationFeatures _features = new();
    private readonly ActivationNetwork _network;
    private readonly float[] _frame = new float[ActivationFeatures.Count];

    /// <summary>Runs the shipped model.</summary>
    internal LearnedBeatActivation()
        : this(ActivationModel.Causal)
    {
    }

    /// <summary>Runs a model that does not look ahead.</summary>
    internal LearnedBeatActivation(ActivationModel model)
    {
        if (model.LooksAhead)
            throw new ArgumentException("a model that looks ahead cannot run live", nameof(model));
        _network = new ActivationNetwork(model);
        Delay = model.Delay;
    }

    /// <inheritdoc/>
    public int Delay { get; }

    /// <inheritdoc/>
    public BeatCalibration Calibration => BeatCalibration.Learned;

    /// <inheritdoc/>
    public void Hear(ReadOnlySpan<float> amplitude, out float beat, out float downbeat)
    {
        _features.Next(amplitude, _frame);
        _network.Next(_frame, out beat, out downbeat);
    }

    /// <inheritdoc/>
    public void Reset()
    {
        _features.Reset();
        _network.Reset();
    }

    /// <inheritdoc/>
    public void Save(StateWriter writer)
    {
        writer.Section("analysis.beats.learned", 1);
        _features.Save(writer);
        _network.Save(writer);
    }

    /// <inheritdoc/>
    public void Restore(StateReader reader)
    {
        reader.Section("analysis.beats.learned", 1);
        _features.Restore(reader);
        _network.Restore(reader);
    }
}
