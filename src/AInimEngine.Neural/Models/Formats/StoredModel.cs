using AInimEngine.Neural.Models.Pickles;

namespace AInimEngine.Neural.Models.Formats;

/// <summary>
/// What a file says, before anybody asks which network it is: names with arrays that are still in the file, or a pickled
/// object that has them somewhere.
/// </summary>
internal sealed class StoredModel
{
    /// <summary>Arrays by name, of files that have nothing else.</summary>
    public IReadOnlyDictionary<string, StoredArray>? Arrays { get; init; }

    /// <summary>Text beside the arrays, by key.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; init; } = new Dictionary<string, string>();

    /// <summary>The object of a pickled file.</summary>
    public PickleNode? Root { get; init; }

    /// <summary>Where the object's storages are.</summary>
    public ITorchStorages? Storages { get; init; }

    /// <summary>For all pickles of the file.</summary>
    public PickleBudget Budget { get; init; } = new();
}
