using AInimEngine.Neural.Models.Formats;
using AInimEngine.Neural.Models.Pickles;

namespace AInimEngine.Neural.Models.Importing;

/// <summary>Checkpoints that torch saved: a dictionary with the averaged generator, or the generator's state by itself.</summary>
internal static class TorchCheckpoint
{
    // The averaged weights make better pictures than those of the last step.
    private static readonly string[] s_generators = ["g_ema", "G_ema", "g", "G", "generator", "netG", "state_dict"];

    /// <summary>Card and arrays under our names.</summary>
    /// <exception cref="InvalidDataException">There is no generator that is known.</exception>
    public static (ModelCard Card, IReadOnlyDictionary<string, StoredArray> Arrays) Read(string name, PickleNode root, TorchArrays reader)
    {
        if (StateDictionary.ReadList(StateDictionary.Find(root, "g_ema"), reader) is { } average)
        {
            OrderedDictionary<string, StoredArray> named = StateDictionary.Read(StateDictionary.Find(root, "g"), reader)
                ?? throw new InvalidDataException("its g_ema is a list without names, as FastGAN's, and the state 'g' that has the names is missing");
            return FastGanArrays.Import(name, FastGanArrays.WithAverage(named, average));
        }
        foreach (string key in s_generators)
            if (StateDictionary.Read(StateDictionary.Find(root, key), reader) is { } arrays)
                return NamedArrays.Read(name, WithMean(arrays, root, reader), new Dictionary<string, string>());
        if (StateDictionary.Read(root, reader) is { } plain)
            return NamedArrays.Read(name, plain, new Dictionary<string, string>());
        throw new InvalidDataException("it holds no generator that is known: StyleGAN2's pickles, checkpoints of rosinality's StyleGAN2 and of FastGAN, and safetensors are read");
    }

    // rosinality's converter puts the mean of w beside the generator.
    private static OrderedDictionary<string, StoredArray> WithMean(OrderedDictionary<string, StoredArray> arrays, PickleNode root, TorchArrays reader)
    {
        if (RosinalityArrays.Recognises(arrays) && StateDictionary.Find(root, RosinalityArrays.Mean) is { } mean && reader.Find(RosinalityArrays.Mean, mean) is { } array)
            arrays.TryAdd(RosinalityArrays.Mean, array);
        return arrays;
    }
}
