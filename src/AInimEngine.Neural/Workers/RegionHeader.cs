using System.Runtime.InteropServices;
using AInimEngine.Core.Time;

namespace AInimEngine.Neural.Workers;

/// <summary>The first bytes of the shared memory. Written by one side while the other waits for a byte in its pipe.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct RegionHeader
{
    /// <summary>Says that the file is such memory.</summary>
    public ulong Magic;

    /// <summary>Version of everything that the two processes agree on.</summary>
    public int Version;

    /// <summary>Bytes in the message area.</summary>
    public int MessageBytes;

    /// <summary>Bytes of each of the two pictures' places; for <see cref="SharedRegion.Open"/> alone.</summary>
    public long PictureBytes;

    /// <summary>Bytes of the place of all guides; likewise.</summary>
    public long GuideBytes;

    /// <summary>Instant of the picture asked for.</summary>
    public FrameTime Time;

    /// <summary>Which of the two places the picture goes to.</summary>
    public int Slot;

    /// <summary>Number of guides.</summary>
    public int GuideCount;

    /// <summary>The picture asked for.</summary>
    public PictureShape Output;

    /// <summary>The guides.</summary>
    public PictureShapes Guides;

    /// <summary>Seed of the sample asked for.</summary>
    public ulong Seed;

    /// <summary>Managed bytes that the worker's thread has allocated since it began.</summary>
    public long WorkerAllocatedBytes;
}
