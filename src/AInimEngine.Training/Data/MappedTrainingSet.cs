using System.IO.MemoryMappedFiles;

namespace AInimEngine.Training.Data;

/// <summary>A training set in a file that is mapped into memory: what is not looked at costs nothing.</summary>
internal sealed unsafe class MappedTrainingSet : TrainingSet
{
    private const long MostCheckedBytes = 64 << 20;

    private readonly MemoryMappedFile _map;
    private readonly MemoryMappedViewAccessor _view;
    private readonly TrainingSetFormat.Description _description;
    private byte* _pixels;

    private MappedTrainingSet(FileStream file, int resolution)
    {
        _description = TrainingSetFormat.Read(file, resolution);
        Resolution = resolution;
        _map = MemoryMappedFile.CreateFromFile(file, null, 0, MemoryMappedFileAccess.Read, HandleInheritability.None, leaveOpen: false);
        _view = _map.CreateViewAccessor(0, 0, MemoryMappedFileAccess.Read);
        _view.SafeMemoryMappedViewHandle.AcquirePointer(ref _pixels);
        _pixels += _view.PointerOffset + TrainingSetFormat.HeadBytes;
    }

    public override int Count => _description.PictureHashes.Length;

    public override int Resolution { get; }

    public override string Hash => _description.Hash;

    public override IReadOnlyList<string> ClassNames => _description.ClassNames;

    public override ReadOnlySpan<int> Labels => _description.Labels;

    /// <summary>What became of the files.</summary>
    public DataReport Report => _description.Report;

    /// <summary>Where every picture came from.</summary>
    public override string Name(int index) => _description.Names[index];

    /// <summary>Opens a set.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    /// <exception cref="InvalidDataException">It is something else, or damaged.</exception>
    public static MappedTrainingSet Open(string path, int resolution)
    {
        var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete);
        MappedTrainingSet? set = null;
        try
        {
            set = new MappedTrainingSet(file, resolution);
            set.Verify();
            return set;
        }
        catch
        {
            set?.Dispose();
            file.Dispose();
            throw;
        }
    }

    public override ReadOnlySpan<byte> Pixels(int index)
    {
        ObjectDisposedException.ThrowIf(_pixels is null, this);
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Count);
        int bytes = TrainingSetFormat.PictureBytes(Resolution);
        return new ReadOnlySpan<byte>(_pixels + (long)index * bytes, bytes);
    }

    protected override void Dispose(bool disposing)
    {
        if (_pixels is null)
            return;
        _pixels = null;
        _view.SafeMemoryMappedViewHandle.ReleasePointer();
        _view.Dispose();
        _map.Dispose();
    }

    /// <summary>Hashes pictures, evenly chosen where all would take long.</summary>
    private void Verify()
    {
        long bytes = (long)Count * TrainingSetFormat.PictureBytes(Resolution);
        int step = (int)Math.Max(1, bytes / MostCheckedBytes);
        for (int i = 0; i < Count; i += step)
        {
            if (TrainingSetFormat.PictureHash(Pixels(i)) != _description.PictureHashes[i])
                throw new InvalidDataException("the training set is damaged");
        }
    }
}
