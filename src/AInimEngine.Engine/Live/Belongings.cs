namespace AInimEngine.Engine.Live;

/// <summary>What a show owns. It is freed in reverse order, each item whatever became of the others. One thread.</summary>
internal sealed class Belongings
{
    private readonly List<IDisposable> _items = [];

    /// <summary>Owns an item from here on.</summary>
    internal T Add<T>(T item)
        where T : IDisposable
    {
        _items.Add(item);
        return item;
    }

    /// <summary>Frees all of them.</summary>
    /// <returns>What failed first; null when nothing did.</returns>
    internal Exception? Free()
    {
        Exception? failure = null;
        for (int i = _items.Count - 1; i >= 0; i--)
        {
            try
            {
                _items[i].Dispose();
            }
#pragma warning disable CA1031 // Threads, windows and files behind it are to be freed as well.
            catch (Exception error)
#pragma warning restore CA1031
            {
                failure ??= error;
            }
        }
        _items.Clear();
        return failure;
    }
}
