using System.Runtime.ExceptionServices;

namespace AInimEngine.Training.Data.Sources;

/// <summary>Reads all files of a folder on as many threads as the process has cores.</summary>
internal static class PictureWorkers
{
    private const int LeastAtOnce = 8, MostAtOnce = 48; // few files a start of ffmpeg are slow, many leave the other threads idle at the end

    /// <summary>Reads; the result does not depend on the number of threads.</summary>
    public static LoadedPicture[] Run(
        IReadOnlyList<SourceFile> files, PictureReader reader, IProgress<DataProgress>? progress, CancellationToken cancellation)
    {
        var results = new LoadedPicture[files.Count];
        int workers = Math.Clamp(Environment.ProcessorCount, 1, Math.Max(1, files.Count));
        int step = Math.Clamp(files.Count / (4 * workers), LeastAtOnce, MostAtOnce);
        int next = 0, done = 0;
        ExceptionDispatchInfo? trouble = null;
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var threads = new Thread[workers];
        for (int i = 0; i < workers; i++)
        {
            threads[i] = new Thread(Work) { IsBackground = true, Name = $"pictures {i}" };
            threads[i].Start();
        }
        foreach (Thread thread in threads)
            thread.Join();
        cancellation.ThrowIfCancellationRequested();
        trouble?.Throw();
        return results;

        void Tell(int count) => progress?.Report(new DataProgress(DataStage.Reading, Interlocked.Add(ref done, count), files.Count));

        void Work()
        {
            try
            {
                while (Interlocked.Add(ref next, step) - step is int first && first < files.Count)
                {
                    reader.Read(files, first, Math.Min(step, files.Count - first), results, Tell, stop.Token);
                }
            }
#pragma warning disable CA1031 // Whatever it is belongs to the thread that asked.
            catch (Exception error)
#pragma warning restore CA1031
            {
                Interlocked.CompareExchange(ref trouble, ExceptionDispatchInfo.Capture(error), null);
                stop.Cancel();
            }
        }
    }
}
