using AInimEngine.Neural.Interop;

namespace AInimEngine.Neural;

/// <summary>
/// An op of libtorch, called by name through its dispatcher, so autograd, autocast and every device come with it.
/// Resolved at its first call and usable from any thread. Arguments are positional, in the schema's order; those left
/// out take the schema's defaults.
/// </summary>
public sealed unsafe class TorchOp
{
    private const int MaxResults = 16;
    private nint _native;

    /// <summary>Names an op.</summary>
    /// <param name="name">With its namespace: "aten::add".</param>
    /// <param name="overload">"Tensor", "Scalar", "out"; empty for the unnamed overload.</param>
    public TorchOp(string name, string overload = "")
    {
        Name = name;
        Overload = overload;
    }

    /// <summary>"aten::add".</summary>
    public string Name { get; }

    /// <summary>"Tensor".</summary>
    public string Overload { get; }

    /// <summary>The op's signature as libtorch prints it.</summary>
    /// <exception cref="TorchException">This libtorch has no such op.</exception>
    public string Schema => NativeMethods.OpSchema(Native);

    internal nint Native
    {
        get
        {
            if (_native == 0)
            {
                nint found = NativeMethods.OpFind(Name, Overload);
                if (found == 0)
                    throw new TorchException(NativeMethods.LastError());
                _native = found;
            }
            return _native;
        }
    }

    /// <summary>Names an op as "aten::add.Tensor".</summary>
    public static TorchOp Parse(string nameAndOverload)
    {
        int dot = nameAndOverload.IndexOf('.');
        return dot < 0 ? new(nameAndOverload) : new(nameAndOverload[..dot], nameAndOverload[(dot + 1)..]);
    }

    /// <summary>Calls it for its one tensor.</summary>
    /// <exception cref="TorchException">libtorch refused; names the op and the arguments' shapes.</exception>
    public Tensor Call(params ReadOnlySpan<OpArgument> arguments)
    {
        NativeValue* results = stackalloc NativeValue[MaxResults];
        int count = Invoke(arguments, results);
        if (count == 1 && results[0].Tag == NativeTag.Tensor)
            return new Tensor(new TensorHandle(results[0].Pointer));
        Discard(results, count);
        throw new InvalidOperationException($"{this} does not return one tensor: {Schema}");
    }

    /// <summary>Calls it for its effect (in-place and out variants); what it returns is let go.</summary>
    /// <inheritdoc cref="Call"/>
    public void Run(params ReadOnlySpan<OpArgument> arguments)
    {
        NativeValue* results = stackalloc NativeValue[MaxResults];
        Discard(results, Invoke(arguments, results));
    }

    /// <summary>Calls it for all its tensors, those of returned lists included, in order.</summary>
    /// <inheritdoc cref="Call"/>
    public Tensor[] CallAll(params ReadOnlySpan<OpArgument> arguments)
    {
        NativeValue* results = stackalloc NativeValue[MaxResults];
        int count = Invoke(arguments, results);
        var tensors = new List<Tensor>(count);
        for (int i = 0; i < count; i++)
        {
            if (results[i].Tag == NativeTag.Tensor)
                tensors.Add(new Tensor(new TensorHandle(results[i].Pointer)));
            if (results[i].Tag != NativeTag.Tensors)
                continue;
            for (int j = 0; j < results[i].Count; j++)
                tensors.Add(new Tensor(new TensorHandle(((nint*)results[i].Pointer)[j])));
            NativeMethods.Free(results[i].Pointer);
        }
        return [.. tensors];
    }

    /// <summary>Calls it for its one number; true is 1.</summary>
    /// <inheritdoc cref="Call"/>
    public double CallNumber(params ReadOnlySpan<OpArgument> arguments)
    {
        NativeValue* results = stackalloc NativeValue[MaxResults];
        int count = Invoke(arguments, results);
        if (count == 1 && results[0].Tag == NativeTag.Double)
            return results[0].Number;
        if (count == 1 && results[0].Tag is NativeTag.Int or NativeTag.Bool)
            return results[0].Integer;
        Discard(results, count);
        throw new InvalidOperationException($"{this} does not return one number: {Schema}");
    }

    /// <summary>"aten::add.Tensor".</summary>
    public override string ToString() => Overload.Length == 0 ? Name : $"{Name}.{Overload}";

    private int Invoke(ReadOnlySpan<OpArgument> arguments, NativeValue* results)
    {
        nint native = Native;
        NativeValue* values = stackalloc NativeValue[arguments.Length];
        byte* scratch = stackalloc byte[EncodedArguments.ScratchBytes];
        using var encoded = new EncodedArguments(arguments, values, scratch);
        int returned;
        TorchException.Check(NativeMethods.OpCall(native, values, arguments.Length, results, MaxResults, &returned));
        return returned;
    }

    private static void Discard(NativeValue* results, int count)
    {
        for (int i = 0; i < count; i++)
        {
            if (results[i].Tag == NativeTag.Tensor)
                NativeMethods.TensorRelease(results[i].Pointer);
            if (results[i].Tag != NativeTag.Tensors)
                continue;
            for (int j = 0; j < results[i].Count; j++)
                NativeMethods.TensorRelease(((nint*)results[i].Pointer)[j]);
            NativeMethods.Free(results[i].Pointer);
        }
    }
}
