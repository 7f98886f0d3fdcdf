namespace AInimEngine.Engine.Live.Outputs;

/// <summary>The pictures on their way to other programs: as many as can be held at once, so that there is always one. Any thread; allocates nothing.</summary>
internal sealed class PicturePool
{
    private readonly Lock _lock = new();
    private readonly Stack<OutputPicture> _free;

    /// <param name="count">Pictures.</param>
    /// <param name="size">Bytes of each.</param>
    internal PicturePool(int count, int size)
    {
        _free = new Stack<OutputPicture>(count);
        for (int i = 0; i < count; i++)
            _free.Push(new OutputPicture(size));
    }

    /// <summary>Pictures that nobody holds.</summary>
    internal int Free
    {
        get
        {
            lock (_lock)
                return _free.Count;
        }
    }

    /// <summary>Takes one, held once.</summary>
    internal bool TryTake(out OutputPicture? picture)
    {
        lock (_lock)
        {
            if (!_free.TryPop(out picture))
                return false;
            picture.Holders = 1;
            return true;
        }
    }

    /// <summary>One more holds it.</summary>
    internal void Hold(OutputPicture picture)
    {
        lock (_lock)
            picture.Holders++;
    }

    /// <summary>One holds it no more.</summary>
    internal void Release(OutputPicture picture)
    {
        lock (_lock)
            if (--picture.Holders == 0)
                _free.Push(picture);
    }
}
