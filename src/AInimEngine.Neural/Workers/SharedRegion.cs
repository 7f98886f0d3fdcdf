using System.IO.MemoryMappedFiles;
using System.Runtime.InteropServices;
using System.Text;
using AInimEngine.Core.Errors;
using AInimEngine.Core.Files;

namespace AInimEngine.Neural.Workers;

/// <summary>
/// Memory that a generator's process and its worker share: header, messages, controls, two pictures, guides. A file in
/// memory that has no name any more once both have it open. Every page is written when it is made, because a page that
/// the system cannot provide later ends the process (SIGBUS).
/// </summary>
internal sealed unsafe class SharedRegion : IDisposable
{
    /// <summary>Of the memory's layout and the bytes in the pipes.</summary>
    public const int Version = 3;

    /// <summary>Most guide pictures of one frame.</summary>
    public const int MaxGuides = 4;

    /// <summary>Most floats of controls: a latent and what else is steered.</summary>
    public const int MaxControls = 1 << 18;

    /// <summary>Most bytes of a message.</summary>
    public const int MaxMessage = 1 << 18;

    private const ulong Magic = 0x6D656D6D696E6961; // "ainimmem"
    private const int PageBytes = 4096;
    private const long MessageOffset = PageBytes, ControlOffset = MessageOffset + MaxMessage, PictureOffset = ControlOffset + MaxControls * sizeof(float);
    private const long MaxPictureBytes = 16384L * 16384 * 12;

    private readonly MemoryMappedFile _mapping;
    private readonly MemoryMappedViewAccessor _view;
    private byte* _start;

    private SharedRegion(FileStream file, string path, long pictureBytes, long guideBytes)
    {
        (Path, PictureBytes, GuideBytes) = (path, pictureBytes, guideBytes);
        _mapping = MemoryMappedFile.CreateFromFile(file, null, 0, MemoryMappedFileAccess.ReadWrite, HandleInheritability.None, leaveOpen: true);
        _view = _mapping.CreateViewAccessor();
        Bytes = file.Length;
        byte* start = null;
        _view.SafeMemoryMappedViewHandle.AcquirePointer(ref start);
        _start = start + _view.PointerOffset;
    }

    /// <summary>Path at which the other process opens it.</summary>
    public string Path { get; }

    /// <summary>Its size.</summary>
    public long Bytes { get; }

    /// <summary>Room for each of the two pictures; never read from the memory again, where the other process could change it.</summary>
    public long PictureBytes { get; }

    /// <summary>Room for all guides.</summary>
    public long GuideBytes { get; }

    /// <summary>The header. Valid until <see cref="Dispose"/>.</summary>
    public ref RegionHeader Header => ref *(RegionHeader*)Start;

    /// <summary>Controls in the order of the generator's inputs.</summary>
    public Span<float> Controls => new(Start + ControlOffset, MaxControls);

    private byte* Start
    {
        get
        {
            ObjectDisposedException.ThrowIf(_start is null, this);
            return _start;
        }
    }

    /// <summary>Makes memory.</summary>
    /// <param name="pictureBytes">Room for each of the two pictures.</param>
    /// <param name="guideBytes">Room for all guides.</param>
    /// <exception cref="AInimException">There is not so much.</exception>
    public static SharedRegion Create(long pictureBytes, long guideBytes)
    {
        // In memory where there is enough of it: containers often give /dev/shm 64 MB, two pictures of 4K take 133.
        string[] folders = [.. new[] { "/dev/shm", System.IO.Path.GetTempPath() }.Where(Directory.Exists)];
        for (int i = 0; ; i++)
        {
            try
            {
                return CreateIn(folders[i], WholePages(pictureBytes), WholePages(guideBytes));
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                if (i == folders.Length - 1)
                    throw new AInimException(ExitCode.Output, $"cannot make memory to share with a worker in {string.Join(" or ", folders)}: {SystemReason.Of(error)} Make room there, or set TMPDIR.", error);
            }
        }
    }

    /// <summary>Opens memory that another process made, checks it, and takes its name away.</summary>
    /// <exception cref="AInimException">It is something else.</exception>
    public static SharedRegion Open(string path)
    {
        try
        {
            using FileStream file = Stream(path, FileMode.Open);
            if (file.Length < PictureOffset)
                throw Foreign(path);
            RegionHeader header = default;
            file.ReadExactly(MemoryMarshal.AsBytes(new Span<RegionHeader>(ref header)));
            if (header.Magic != Magic)
                throw Foreign(path);
            if (header.Version != Version)
                throw new AInimException(ExitCode.Usage, $"the engine speaks version {header.Version} to its worker, which speaks {Version}: they are of two builds. Build again.");
            if (header.PictureBytes is < 0 or > MaxPictureBytes || header.GuideBytes is < 0 or > MaxGuides * MaxPictureBytes
                || header.PictureBytes % PageBytes != 0 || header.GuideBytes % PageBytes != 0 || Length(header.PictureBytes, header.GuideBytes) != file.Length)
                throw Foreign(path);
            var region = new SharedRegion(file, path, header.PictureBytes, header.GuideBytes);
            PartialFile.Discard(path);
            return region;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new AInimException(ExitCode.Usage, $"cannot open the shared memory '{path}': {SystemReason.Of(error)} Workers are started by the engine itself.", error);
        }
    }

    /// <summary>Where a picture lies.</summary>
    /// <param name="slot">0 or 1.</param>
    public byte* Picture(int slot)
    {
        if (slot is not (0 or 1))
            throw new ArgumentOutOfRangeException(nameof(slot));
        return Start + PictureOffset + slot * PictureBytes;
    }

    /// <summary>Where the guides lie, one after another at multiples of <see cref="WholePages"/>.</summary>
    public byte* Guides => Start + PictureOffset + 2 * PictureBytes;

    /// <summary>Rounded up to whole pages.</summary>
    public static long WholePages(long bytes) => (bytes + PageBytes - 1) / PageBytes * PageBytes;

    /// <summary>Writes into the message area.</summary>
    /// <exception cref="NotSupportedException">The message is too long.</exception>
    public void WriteMessage(Action<BinaryWriter> write)
    {
        using var stream = new UnmanagedMemoryStream(Start + MessageOffset, MaxMessage, MaxMessage, FileAccess.Write);
        using var writer = new BinaryWriter(stream, Encoding.UTF8);
        write(writer);
        Header.MessageBytes = (int)stream.Position;
    }

    /// <summary>Reads what the other process wrote into the message area.</summary>
    /// <exception cref="InvalidDataException">It is not what was expected.</exception>
    public T ReadMessage<T>(Func<BinaryReader, T> read)
    {
        int length = Header.MessageBytes;
        if (length is < 0 or > MaxMessage)
            throw new InvalidDataException($"a message of {length} bytes");
        // Of a copy, so that what is checked is what is used.
        using var reader = new BinaryReader(new MemoryStream(new Span<byte>(Start + MessageOffset, length).ToArray()), Encoding.UTF8);
        try
        {
            T message = read(reader);
            return reader.BaseStream.Position == length ? message : throw new InvalidDataException($"a message of {length} bytes holds {reader.BaseStream.Position}");
        }
        catch (Exception error) when (error is IOException or FormatException or ArgumentException)
        {
            throw new InvalidDataException("a message cannot be read", error);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_start is null)
            return;
        _start = null;
        _view.SafeMemoryMappedViewHandle.ReleasePointer();
        _view.Dispose();
        _mapping.Dispose();
    }

    private static SharedRegion CreateIn(string folder, long pictureBytes, long guideBytes)
    {
        long length = Length(pictureBytes, guideBytes);
        if (new DriveInfo(folder).AvailableFreeSpace < length)
            throw new IOException($"{length / 1_000_000} MB are wanted, and there is less");
        string path = System.IO.Path.Combine(folder, $"ainim-{Environment.ProcessId}-{Guid.NewGuid():n}");
        using FileStream file = Stream(path, FileMode.CreateNew);
        try
        {
            byte[] zeros = new byte[1 << 16];
            for (long left = length; left > 0; left -= zeros.Length)
                file.Write(zeros, 0, (int)Math.Min(left, zeros.Length));
            var region = new SharedRegion(file, path, pictureBytes, guideBytes);
            region.Header = new RegionHeader { Magic = Magic, Version = Version, PictureBytes = pictureBytes, GuideBytes = guideBytes };
            return region;
        }
        catch
        {
            PartialFile.Discard(path);
            throw;
        }
    }

    private static FileStream Stream(string path, FileMode mode)
    {
        var options = new FileStreamOptions { Mode = mode, Access = FileAccess.ReadWrite, Share = FileShare.ReadWrite | FileShare.Delete, BufferSize = 0 };
        if (mode == FileMode.CreateNew && !OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return new FileStream(path, options);
    }

    private static AInimException Foreign(string path) =>
        new(ExitCode.Usage, $"'{path}' is not memory of the engine's. Workers are started by the engine itself.");

    private static long Length(long pictureBytes, long guideBytes) => PictureOffset + 2 * pictureBytes + guideBytes;
}
