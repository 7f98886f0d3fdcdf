using AInimEngine.Neural.Interop;

namespace AInimEngine.Neural.Programs;

/// <summary>
/// Records an <see cref="OpProgram"/>. Every call adds a step and returns the slot of its result; nothing is computed
/// until the program runs. A wrong op name or kind of argument is refused here, a wrong shape when the program runs.
/// </summary>
/// <example>
/// <code>
/// using var b = new OpProgramBuilder();
/// Slot latent = b.Input(ScalarType.Float32, 1, 64);
/// Slot hidden = b.Sin(b.Addmm(b.Constant(bias), latent, b.Constant(weight)));
/// b.Output(b.Call("aten::sigmoid", hidden));
/// using OpProgram program = b.Build();
/// </code>
/// </example>
public sealed unsafe partial class OpProgramBuilder : IDisposable
{
    private const int MaxResults = 16;
    private readonly ProgramHandle _handle;
    private readonly Dictionary<string, TorchOp> _ops = [];
    private readonly List<string> _listing = [];
    private int _inputs;
    private int _outputs;
    private bool _built;

    /// <summary>Begins a program.</summary>
    /// <param name="training">
    /// False: runs below autograd, fastest. True: runs in the caller's grad mode, so results can be differentiated.
    /// </param>
    public OpProgramBuilder(bool training = false)
    {
        _handle = NativeMethods.ProgramNew(training ? 1 : 0);
        if (_handle.IsInvalid)
            throw new TorchException(NativeMethods.LastError());
    }

    /// <summary>Declares an input of any type and shape; takes tensors only.</summary>
    public Slot Input()
    {
        _inputs++;
        return new Slot(TorchException.CheckIndex(NativeMethods.ProgramInput(_handle, -1, null, -1)));
    }

    /// <summary>Declares an input of one type and shape; takes tensors or plain memory.</summary>
    /// <param name="type">Element type.</param>
    /// <param name="shape">Sizes; -1 fits any, for tensors only.</param>
    public Slot Input(ScalarType type, params ReadOnlySpan<long> shape)
    {
        _inputs++;
        fixed (long* sizes = shape)
            return new Slot(TorchException.CheckIndex(NativeMethods.ProgramInput(_handle, (int)type, sizes, shape.Length)));
    }

    /// <summary>Holds a tensor, not a copy of it: the program keeps it alive, the caller may dispose its own handle.</summary>
    public Slot Constant(Tensor tensor) =>
        new(TorchException.CheckIndex(NativeMethods.ProgramConstant(_handle, tensor.Handle)));

    /// <summary>Holds memory of the program's own, for out and in-place ops; keeps its values from run to run.</summary>
    public Slot Buffer(ScalarType type, params ReadOnlySpan<long> shape)
    {
        using Tensor tensor = Ops.Zeros.Call(shape.ToArray(), type).DetachFromScope();
        return Constant(tensor);
    }

    /// <summary>Adds a step that returns one value.</summary>
    /// <param name="op">The op.</param>
    /// <param name="arguments">In the schema's order; tensors among them become constants.</param>
    public Slot Call(TorchOp op, params ReadOnlySpan<OpArgument> arguments)
    {
        int* results = stackalloc int[MaxResults];
        int count = Record(op, arguments, results);
        if (count != 1)
            throw new InvalidOperationException($"{op} returns {count} values; use CallAll");
        return new Slot(results[0]);
    }

    /// <summary>Adds a step by name: "aten::sin", "aten::add.Tensor".</summary>
    /// <inheritdoc cref="Call(TorchOp, ReadOnlySpan{OpArgument})"/>
    public Slot Call(string op, params ReadOnlySpan<OpArgument> arguments) => Call(Find(op), arguments);

    /// <summary>Adds a step that returns any number of values.</summary>
    /// <inheritdoc cref="Call(TorchOp, ReadOnlySpan{OpArgument})"/>
    public Slot[] CallAll(TorchOp op, params ReadOnlySpan<OpArgument> arguments)
    {
        int* results = stackalloc int[MaxResults];
        int count = Record(op, arguments, results);
        var slots = new Slot[count];
        for (int i = 0; i < count; i++)
            slots[i] = new Slot(results[i]);
        return slots;
    }

    /// <summary>Adds a step by name.</summary>
    /// <inheritdoc cref="CallAll(TorchOp, ReadOnlySpan{OpArgument})"/>
    public Slot[] CallAll(string op, params ReadOnlySpan<OpArgument> arguments) => CallAll(Find(op), arguments);

    /// <summary>Takes apart a value that is a list of tensors (of split, chunk, unbind).</summary>
    /// <param name="list">The list.</param>
    /// <param name="count">How many it holds.</param>
    public Slot[] Unpack(Slot list, int count)
    {
        int* results = stackalloc int[count];
        TorchException.Check(NativeMethods.ProgramUnpack(_handle, list.Index, results, count));
        var slots = new Slot[count];
        for (int i = 0; i < count; i++)
            slots[i] = new Slot(results[i]);
        _listing.Add($"{string.Join(", ", slots.Select(slot => $"%{slot.Index}"))} = unpack(%{list.Index})");
        return slots;
    }

    /// <summary>Joins values along a dimension.</summary>
    public Slot Cat(Slot[] values, long dim = 0) => Call(Ops.Cat, values, dim);

    /// <summary>Joins values of one shape along a new dimension.</summary>
    public Slot Stack(Slot[] values, long dim = 0) => Call(Ops.Stack, values, dim);

    /// <summary>Declares an output.</summary>
    public void Output(Slot value)
    {
        TorchException.Check(NativeMethods.ProgramOutput(_handle, value.Index));
        _outputs++;
    }

    /// <summary>Ends the recording. The program is the caller's; the builder takes no more steps.</summary>
    public OpProgram Build()
    {
        TorchException.Check(NativeMethods.ProgramFinish(_handle));
        _built = true;
        return new OpProgram(_handle, _inputs, _outputs, [.. _listing]);
    }

    /// <summary>Lets an unfinished program go.</summary>
    public void Dispose()
    {
        if (!_built)
            _handle.Dispose();
    }

    private TorchOp Find(string name)
    {
        if (!_ops.TryGetValue(name, out TorchOp? op))
            _ops.Add(name, op = TorchOp.Parse(name));
        return op;
    }

    private int Record(TorchOp op, ReadOnlySpan<OpArgument> arguments, int* results)
    {
        NativeValue* values = stackalloc NativeValue[arguments.Length];
        byte* scratch = stackalloc byte[EncodedArguments.ScratchBytes];
        using var encoded = new EncodedArguments(arguments, values, scratch);
        int count = TorchException.CheckIndex(
            NativeMethods.ProgramStep(_handle, op.Native, values, arguments.Length, results, MaxResults));
        var line = new System.Text.StringBuilder();
        for (int i = 0; i < count; i++)
            line.Append(i > 0 ? ", %" : "%").Append(results[i]);
        line.Append($" = {op}(");
        for (int i = 0; i < arguments.Length; i++)
            line.Append(i > 0 ? ", " : "").Append(Describe(values + i));
        _listing.Add(line.Append(')').ToString());
        return count;
    }

    private static string Describe(NativeValue* value) => value->Tag switch
    {
        NativeTag.Slot => $"%{value->Integer}",
        NativeTag.Slots => $"[%{string.Join(", %", new Span<int>((void*)value->Pointer, value->Count).ToArray())}]",
        NativeTag.Int => $"{value->Integer}",
        NativeTag.Bool => value->Integer != 0 ? "true" : "false",
        NativeTag.Double => FormattableString.Invariant($"{value->Number}"),
        NativeTag.Ints => $"[{string.Join(", ", new Span<long>((void*)value->Pointer, value->Count).ToArray())}]",
        _ => value->Tag.ToString().ToLowerInvariant(),
    };
}
