using System.Runtime.ExceptionServices;

namespace AInimEngine.Training.Data.Sources;

/// <summary>Reads all files of a folder on as many threads as the process has cores.</summary>
internal static class PictureWorkers
{
    private const int MostAtOnce = 48;

    /// <summary>Reads; the result does not depend on the number of threads.</summary>
    public static LoadedPicture[] Run(
        IReadOnlyList<SourceFile> files, PictureReader reader, IProgress<DataProgress>? progress, CancellationToken cancellation)
    {
        var results = new LoadedPicture[files.Count];
        int workers = Math.Clamp(Environment.ProcessorCount, 1, Math.Max(1, files.Count));
        int step = Math.Clamp(files.Count / (4 * workers), 1, MostAtOnce);
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

        void Work()
        {
            try
            {
                while (Interlocked.Add(ref next, step) - step is int first && first < files.Count)
                {
                    int count = Math.Min(step, files.Count - first);
                    reader.Read(files, first, count, results, stop.Token);
                    progress?.Report(new DataProgress(DataStage.Reading, Interlocked.Add(ref done, count), files.Count));
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
