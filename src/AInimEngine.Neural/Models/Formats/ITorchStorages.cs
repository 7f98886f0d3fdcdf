using AInimEngine.Neural.Models.Pickles;

namespace AInimEngine.Neural.Models.Formats;

/// <summary>The blocks of bytes that torch keeps beside its pickle.</summary>
internal interface ITorchStorages
{
    /// <summary>The block of a persistent reference.</summary>
    /// <exception cref="InvalidDataException">There is none, or it has another size than the reference says.</exception>
    TorchStorage Find(PicklePersistent reference);
}
