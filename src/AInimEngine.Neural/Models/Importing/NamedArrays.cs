using AInimEngine.Neural.Models.Formats;

namespace AInimEngine.Neural.Models.Importing;

/// <summary>Recognises a network by the names of its arrays.</summary>
internal static class NamedArrays
{
    /// <summary>Card and arrays under our names.</summary>
    /// <param name="name">The model's name.</param>
    /// <param name="arrays">Under whatever names.</param>
    /// <param name="metadata">What the file says beside them.</param>
    /// <exception cref="InvalidDataException">It is no network that is known.</exception>
    public static (ModelCard Card, IReadOnlyDictionary<string, StoredArray> Arrays) Read(
        string name, IReadOnlyDictionary<string, StoredArray> arrays, IReadOnlyDictionary<string, string> metadata)
    {
        if (Sg2Arrays.Recognises(arrays))
            return (Sg2Arrays.Card(name, arrays), Sg2Arrays.WithoutFilters(arrays));
        if (RosinalityArrays.Recognises(arrays))
            return RosinalityArrays.Import(name, arrays);
        if (FastGanArrays.Recognises(arrays))
            return FastGanArrays.Import(name, arrays);
        if (SmArrays.IsProbe(arrays))
            arrays = SmArrays.FromProbe(arrays);
        if (SmArrays.Recognises(arrays))
            return (SmArrays.Card(name, arrays, metadata), arrays);
        throw new InvalidDataException("its arrays are of no network that is known: StyleGAN2 under the names of its authors or of rosinality's, FastGAN and SM are");
    }
}
