using System.Collections.Concurrent;

namespace AInimEngine.Engine.Offline;

/// <summary>
/// The render thread: makes a <see cref="FramePainter"/>, runs jobs on it one after another, and disposes of it, all on
/// the one thread that its GL context lives on.
/// </summary>
public sealed class PainterThread : IDisposable
{
    private readonly BlockingCollection<Action<FramePainter>> _jobs = [];
    private readonly Thread _thread;

    private PainterThread(Func<FramePainter> create, TaskCompletionSource ready)
    {
        _thread = new Thread(() => Run(create, ready)) { Name = "ainim render", IsBackground = true };
        _thread.Start();
    }

    /// <summary>Starts the thread and waits until the painter is made.</summary>
    /// <param name="create">Called on the thread; what it throws is thrown here.</param>
    public static async Task<PainterThread> StartAsync(Func<FramePainter> create)
    {
        var ready = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var thread = new PainterThread(create, ready);
        try
        {
            await ready.Task;
            return thread;
        }
        catch
        {
            thread.Dispose();
            throw;
        }
    }

    /// <summary>Runs a job on the thread; completes, or fails, with it.</summary>
    public Task RunAsync(Action<FramePainter> job)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _jobs.Add(painter =>
        {
            try
            {
                job(painter);
                done.SetResult();
            }
            catch (Exception error)
            {
                done.SetException(error);
            }
        });
        return done.Task;
    }

    /// <summary>Lets the jobs finish, disposes of the painter on its thread, and ends the thread.</summary>
    public void Dispose()
    {
        _jobs.CompleteAdding();
        _thread.Join();
        _jobs.Dispose();
    }

    private void Run(Func<FramePainter> create, TaskCompletionSource ready)
    {
        FramePainter painter;
        try
        {
            painter = create();
        }
        catch (Exception error)
        {
            ready.SetException(error);
            return;
        }
        using (painter)
        {
            ready.SetResult();
            foreach (Action<FramePainter> job in _jobs.GetConsumingEnumerable())
                job(painter);
        }
    }
}
