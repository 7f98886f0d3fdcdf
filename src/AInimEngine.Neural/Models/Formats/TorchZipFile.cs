using System.Text;
using AInimEngine.Neural.Models.Pickles;

namespace AInimEngine.Neural.Models.Formats;

/// <summary>
/// Torch's file format since 1.6: a zip file of one folder with data.pkl, and an entry data/KEY for each storage. TorchScript
/// archives, which hold code as well, are refused.
/// </summary>
internal sealed class TorchZipFile : ITorchStorages
{
    private readonly ZipIndex _zip;
    private readonly string _folder;

    private TorchZipFile(ZipIndex zip, string folder, PickleNode root) => (_zip, _folder, Root) = (zip, folder, root);

    /// <summary>The pickled object.</summary>
    public PickleNode Root { get; }

    /// <summary>Reads directory and pickle.</summary>
    /// <exception cref="InvalidDataException">Broken, or no file of weights.</exception>
    public static TorchZipFile Read(ReadOnlyMemory<byte> bytes, PickleBudget budget)
    {
        ZipIndex zip = ZipIndex.Read(bytes, RefuseProgram);
        string folder = FolderOf(zip);
        if (zip.Find(folder + "byteorder") is { } order && Encoding.ASCII.GetString(order.Span[..Math.Min(order.Length, 10)]).Trim() != "little")
            throw new InvalidDataException("it was written on a big-endian machine, which is not read");
        ReadOnlyMemory<byte> pickle = zip.Find(folder + "data.pkl")!.Value;
        int position = 0;
        PickleNode root = PickleMachine.Read(pickle, ref position, budget, out _);
        return position == pickle.Length
            ? new TorchZipFile(zip, folder, root)
            : throw new InvalidDataException($"{pickle.Length - position} bytes follow its pickle, which belong to nothing");
    }

    /// <inheritdoc/>
    public TorchStorage Find(PicklePersistent reference)
    {
        (ScalarType type, string key, long elements) = TorchStorage.Parse(reference);
        if (_zip.Find($"{_folder}data/{key}") is not { } bytes)
            throw new InvalidDataException($"it refers to the storage {Printable.Quote(key)}, which it does not hold");
        // Elements are bounded before they are multiplied.
        return elements <= int.MaxValue && bytes.Length == elements * type.Size()
            ? new TorchStorage(type, bytes)
            : throw new InvalidDataException($"its storage {Printable.Quote(key)} has {bytes.Length} bytes and should have {elements} elements");
    }

    private static void RefuseProgram(string name)
    {
        if (name.Split('/', 3) is [_, "code" or "constants.pkl", ..])
            throw new InvalidDataException("it is a TorchScript archive, which holds a program; nothing of it was run. Save the state_dict() of the model instead");
    }

    private static string FolderOf(ZipIndex zip)
    {
        string? folder = null;
        foreach (string name in zip.Names)
        {
            if (name.Split('/', 3) is [var stem, "data.pkl"])
                folder = folder is null ? stem + "/" : throw new InvalidDataException("it has several pickles");
        }
        return folder ?? throw new InvalidDataException("it is a zip file, and none that torch wrote (there is no data.pkl in a folder); unpack it if it holds a model");
    }
}
