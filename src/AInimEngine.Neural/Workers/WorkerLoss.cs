namespace AInimEngine.Neural.Workers;

/// <summary>What a generator does when its worker process is lost.</summary>
public enum WorkerLoss
{
    /// <summary>The last picture stays while a new worker starts in the background: for shows.</summary>
    KeepPicture,

    /// <summary>The picture at hand fails with a <see cref="GeneratorLostException"/>; the next one starts a new worker: for films.</summary>
    Fail,
}
