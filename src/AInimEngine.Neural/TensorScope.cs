namespace AInimEngine.Neural;

/// <summary>
/// Owns the tensors that its thread makes until it is disposed, and then frees them, except those kept. Scopes nest;
/// dispose them on their thread, innermost first. Tensors made outside any scope belong to whoever made them.
/// </summary>
/// <example>
/// <code>
/// using var scope = new TensorScope();
/// return scope.Keep(x.Matmul(w).Add(b).Tanh());
/// </code>
/// </example>
public sealed class TensorScope : IDisposable
{
    [ThreadStatic]
    private static TensorScope? s_current;

    private readonly TensorScope? _outer;
    private readonly List<Tensor> _tensors = [];
    private bool _disposed;

    /// <summary>Begins a scope on this thread.</summary>
    public TensorScope()
    {
        _outer = s_current;
        s_current = this;
    }

    internal static TensorScope? Current => s_current;

    /// <summary>Hands a tensor to the scope outside this one, or to the caller where there is none.</summary>
    public Tensor Keep(Tensor tensor)
    {
        if (tensor.Scope == this)
        {
            tensor.Scope = _outer;
            _outer?.Own(tensor);
        }
        return tensor;
    }

    /// <summary>Frees what the scope owns.</summary>
    public void Dispose()
    {
        if (_disposed)
            return;
        if (s_current != this)
            throw new InvalidOperationException("a tensor scope was ended on another thread, or before a scope inside it");
        _disposed = true;
        s_current = _outer;
        foreach (Tensor tensor in _tensors)
            if (tensor.Scope == this)
                tensor.Dispose();
        _tensors.Clear();
    }

    internal void Own(Tensor tensor) => _tensors.Add(tensor);
}
