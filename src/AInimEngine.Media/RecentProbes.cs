namespace AInimEngine.Media;

/// <summary>
/// What ffprobe said about the last files that were asked about, as long as they are what they were: a render asks five times about its
/// track, and every answer starts a program, a tenth of a second of a slow core. Thread-safe.
/// </summary>
internal static class RecentProbes
{
    private const int Most = 64;
    private static readonly Lock Gate = new();
    private static readonly LinkedList<(Key Key, MediaInfo Info)> Kept = new(); // the last used first

    /// <summary>A file as it is now, and who is asked about it.</summary>
    internal sealed record Key(FFmpegTools Tools, string FullPath, long Bytes, DateTime Written);

    /// <summary>The key of a file; null where its size and date do not tell whether it changed: it is none, or a link to one.</summary>
    internal static Key? Of(string path, FFmpegTools tools)
    {
        var file = new FileInfo(path);
        return file.Exists && (file.Attributes & FileAttributes.ReparsePoint) == 0
            ? new Key(tools, file.FullName, file.Length, file.LastWriteTimeUtc)
            : null;
    }

    /// <summary>What was said; null if it was not asked lately.</summary>
    internal static MediaInfo? Find(Key? key)
    {
        lock (Gate)
        {
            for (LinkedListNode<(Key Key, MediaInfo Info)>? node = Kept.First; node is not null; node = node.Next)
            {
                if (node.Value.Key != key)
                    continue;
                Kept.Remove(node);
                Kept.AddFirst(node);
                return node.Value.Info;
            }
        }
        return null;
    }

    /// <summary>Keeps an answer.</summary>
    /// <param name="key">Made before it was asked, so that a file that changed meanwhile is asked again.</param>
    /// <param name="info">The answer.</param>
    internal static void Keep(Key? key, MediaInfo info)
    {
        if (key is null)
            return;
        lock (Gate)
        {
            Kept.AddFirst((key, info));
            if (Kept.Count > Most)
                Kept.RemoveLast();
        }
    }
}
