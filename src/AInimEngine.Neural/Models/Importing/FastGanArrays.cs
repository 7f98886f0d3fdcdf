using AInimEngine.Neural.Models.Formats;

namespace AInimEngine.Neural.Models.Importing;

/// <summary>
/// Reads FastGAN's generator: its own names, with spectral normalisation folded into the weights and what only training
/// needs left out.
/// </summary>
internal static class FastGanArrays
{
    private const string First = "init.init.0";

    private static readonly string[] s_originals = [".weight_orig", ".parametrizations.weight.original"];

    /// <summary>Whether these are such arrays.</summary>
    public static bool Recognises(IReadOnlyDictionary<string, StoredArray> arrays) =>
        arrays.ContainsKey($"{First}.weight") || s_originals.Any(ending => arrays.ContainsKey(First + ending));

    /// <summary>
    /// Puts an average over training in the place of the parameters of a state. The list has no names: it is in the order of
    /// parameters(), which is that of the state without its buffers.
    /// </summary>
    /// <exception cref="InvalidDataException">The two are not of one network.</exception>
    public static Dictionary<string, StoredArray> WithAverage(OrderedDictionary<string, StoredArray> state, List<StoredArray> average)
    {
        string[] parameters = [.. state.Keys.Where(name => !IsBuffer(name))];
        if (parameters.Length != average.Count)
            throw new InvalidDataException($"its g_ema has {average.Count} arrays and its generator {parameters.Length}");
        var averaged = new Dictionary<string, StoredArray>(state, StringComparer.Ordinal);
        for (int i = 0; i < parameters.Length; i++)
        {
            if (!average[i].Shape.AsSpan().SequenceEqual(state[parameters[i]].Shape))
                throw new InvalidDataException($"array {i} of its g_ema has the shape {Printable.Shape(average[i].Shape)}; {Printable.Quote(parameters[i])} has {Printable.Shape(state[parameters[i]].Shape)}");
            averaged[parameters[i]] = average[i];
        }
        return averaged;
    }

    /// <summary>Card and arrays.</summary>
    /// <exception cref="InvalidDataException">Something is missing or of another shape.</exception>
    public static (ModelCard Card, IReadOnlyDictionary<string, StoredArray> Arrays) Import(string name, IReadOnlyDictionary<string, StoredArray> arrays)
    {
        var folded = new Dictionary<string, StoredArray>(StringComparer.Ordinal);
        foreach ((string key, StoredArray array) in arrays)
        {
            string? ending = Array.Find(s_originals, key.EndsWith);
            if (ending is null && (IsBuffer(key) && !key.Contains(".running_", StringComparison.Ordinal)))
                continue;
            string layer = ending is null ? key : key[..^ending.Length];
            if (!folded.TryAdd(ending is null ? key : $"{layer}.weight", ending is null ? array : Fold(layer, array, arrays, ending == s_originals[0])))
                throw new InvalidDataException($"array {Printable.Quote(key)} is there twice");
        }
        return (Card(name, folded), folded);
    }

    private static ModelCard Card(string name, Dictionary<string, StoredArray> arrays)
    {
        int octaves = arrays.CountFrom(i => $"feat_{8L << i}.1.weight");
        if (octaves is < 6 or > 8)
            throw new InvalidDataException($"it has a resolution of {4L << octaves}; FastGAN's 256, 512 and 1024 are played");
        int z = arrays.Size($"{First}.weight", 4, 0);
        return new ModelCard
        {
            Name = name,
            Architecture = ModelArchitecture.FastGan,
            Resolution = 4 << octaves,
            ZDim = z,
            WDim = z,
            Channels = [arrays.Size($"{First}.weight", 4, 1) / 2, .. Enumerable.Range(0, octaves).Select(i => arrays.Size($"feat_{8L << i}.1.weight", 4, 0) / 2)],
        };
    }

    private static bool IsBuffer(string name) =>
        name.EndsWith(".weight_u", StringComparison.Ordinal) || name.EndsWith(".weight_v", StringComparison.Ordinal)
        || name.EndsWith("._u", StringComparison.Ordinal) || name.EndsWith("._v", StringComparison.Ordinal)
        || name.EndsWith(".num_batches_tracked", StringComparison.Ordinal) || name.Contains(".running_", StringComparison.Ordinal);

    // W / (u' M v), where M is W as a matrix whose rows are outputs (Miyato et al. 2018).
    private static StoredArray Fold(string layer, StoredArray original, IReadOnlyDictionary<string, StoredArray> arrays, bool isOldStyle)
    {
        (string uName, string vName) = isOldStyle ? ($"{layer}.weight_u", $"{layer}.weight_v") : ($"{layer}.parametrizations.weight.0._u", $"{layer}.parametrizations.weight.0._v");
        if (original.Shape is not [var first, var second, var height, var width])
            throw new InvalidDataException($"array '{layer}.weight_orig' has the impossible shape {Printable.Shape(original.Shape)}");
        // A transposed convolution keeps its outputs in the second place.
        bool isTransposed = layer == First;
        (long outputs, long inputs, long kernel) = isTransposed ? (second, first, height * width) : (first, second, height * width);
        if (arrays.Size(uName, 1, 0) != outputs || arrays.Size(vName, 1, 0) != inputs * kernel)
            throw new InvalidDataException($"the vectors of spectral normalisation of {Printable.Quote(layer)} do not fit its weight");
        float[] weight = original.LoadSingles(), u = arrays[uName].LoadSingles(), v = arrays[vName].LoadSingles();
        double sigma = 0;
        long at = 0;
        for (long i = 0; i < first; i++)
            for (long j = 0; j < second; j++)
                for (long k = 0; k < kernel; k++, at++)
                    sigma += (double)weight[at] * u[isTransposed ? j : i] * v[(isTransposed ? i : j) * kernel + k];
        if (!double.IsFinite(sigma) || Math.Abs(sigma) < 1e-20)
            throw new InvalidDataException($"the spectral norm of {Printable.Quote(layer)} is {sigma}: the training has failed, or the file is broken");
        for (int i = 0; i < weight.Length; i++)
            weight[i] = (float)(weight[i] / sigma);
        return StoredArray.Of(WeightArray.From($"{layer}.weight", weight, original.Shape));
    }
}
