using AInimEngine.Core.State;

namespace AInimEngine.Analysis.Loudness;

/// <summary>Says whether anything is heard: opens at -60 dBFS, closes below -66 dBFS, so that it does not flutter.</summary>
internal sealed class SilenceGate : IStateful
{
    private const float Opens = 1e-3f, Closes = 5.0119e-4f;
    private bool _open;

    /// <summary>Takes the RMS of a hop.</summary>
    internal bool Hear(float rms) => _open = rms >= (_open ? Closes : Opens);

    /// <inheritdoc/>
    public void Reset() => _open = false;

    /// <inheritdoc/>
    public void Save(StateWriter writer)
    {
        writer.Section("analysis.gate", 1);
        writer.Write(_open);
    }

    /// <inheritdoc/>
    public void Restore(StateReader reader)
    {
        reader.Section("analysis.gate", 1);
        _open = reader.Read<bool>();
    }
}
