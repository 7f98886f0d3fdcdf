using System.Runtime.InteropServices;
using System.Security.Cryptography;
using AInimEngine.Core.Errors;
using AInimEngine.Core.Files;

namespace AInimEngine.Training.Data;

/// <summary>
/// Writes a training set: pictures go to numbered places, in any order and from any thread; at the end those that stay move
/// together. The space is claimed first, so that a full disk is known before an hour of decoding. Discarded unless completed.
/// </summary>
internal sealed class TrainingSetWriter : IDisposable
{
    private static int s_written;

    private readonly string _path;
    private readonly string _partial;
    private readonly int _resolution;
    private readonly FileStream _file;

    /// <summary>Begins.</summary>
    /// <param name="path">What it will be called.</param>
    /// <param name="resolution">R.</param>
    /// <param name="places">How many pictures at most.</param>
    /// <exception cref="AInimException">No space, or the folder cannot be written.</exception>
    public TrainingSetWriter(string path, int resolution, int places)
    {
        _path = path;
        _partial = $"{path}.{Environment.ProcessId}-{Interlocked.Increment(ref s_written)}.partial";
        _resolution = resolution;
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            _file = new FileStream(_partial, new FileStreamOptions
            {
                Mode = FileMode.Create, Access = FileAccess.ReadWrite,
                PreallocationSize = TrainingSetFormat.HeadBytes + (long)places * TrainingSetFormat.PictureBytes(resolution),
            });
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw Trouble(error);
        }
    }

    /// <summary>Puts a picture, [3, R, R], into a place. Any thread.</summary>
    /// <exception cref="AInimException">It cannot be written.</exception>
    public void Write(int place, ReadOnlySpan<byte> pixels)
    {
        try
        {
            RandomAccess.Write(_file.SafeFileHandle, pixels, Offset(place));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw Trouble(error);
        }
    }

    /// <summary>Keeps some of the pictures, in their order, and gives the file its name.</summary>
    /// <param name="places">Which, rising.</param>
    /// <param name="classNames">Names of the classes.</param>
    /// <param name="labels">Class of every kept picture, or none.</param>
    /// <param name="names">Where every kept picture came from.</param>
    /// <param name="report">What became of the files.</param>
    /// <exception cref="AInimException">It cannot be written.</exception>
    public void Complete(IReadOnlyList<int> places, string[] classNames, int[] labels, string[] names, DataReport report)
    {
        try
        {
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            var pixels = new byte[TrainingSetFormat.PictureBytes(_resolution)];
            var hashes = new ulong[places.Count];
            for (int i = 0; i < places.Count; i++)
            {
                if (RandomAccess.Read(_file.SafeFileHandle, pixels, Offset(places[i])) != pixels.Length)
                    throw new IOException("what was written cannot be read back");
                if (places[i] != i)
                    RandomAccess.Write(_file.SafeFileHandle, pixels, Offset(i));
                hash.AppendData(pixels);
                hashes[i] = TrainingSetFormat.PictureHash(pixels);
            }
            hash.AppendData(MemoryMarshal.AsBytes(labels.AsSpan()));
            var description = new TrainingSetFormat.Description(Convert.ToHexStringLower(hash.GetHashAndReset()), hashes, classNames, labels, names, report);
            TrainingSetFormat.Complete(_file, _resolution, description);
            _file.Dispose();
            File.Move(_partial, _path, overwrite: true);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw Trouble(error);
        }
    }

    /// <summary>Discards what was not completed.</summary>
    public void Dispose()
    {
        _file.Dispose();
        PartialFile.Discard(_partial);
    }

    private long Offset(int place) => TrainingSetFormat.HeadBytes + (long)place * TrainingSetFormat.PictureBytes(_resolution);

    private AInimException Trouble(Exception error)
    {
        PartialFile.Discard(_partial);
        return new AInimException(
            ExitCode.Output, $"cannot keep the training set in '{Path.GetDirectoryName(_path)}': {SystemReason.Of(error)} Make room there, or set XDG_CACHE_HOME to another place.", error);
    }
}
