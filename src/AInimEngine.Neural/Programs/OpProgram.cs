using AInimEngine.Neural.Interop;

namespace AInimEngine.Neural.Programs;

/// <summary>
/// A sequence of op calls recorded by an <see cref="OpProgramBuilder"/> and run by one native call, without managed
/// allocation. Values are freed natively at their last use. One run at a time; from any thread.
/// </summary>
public sealed unsafe class OpProgram : IDisposable
{
    private readonly ProgramHandle _handle;
    private readonly string[] _listing;

    internal OpProgram(ProgramHandle handle, int inputCount, int outputCount, string[] listing)
    {
        _handle = handle;
        InputCount = inputCount;
        OutputCount = outputCount;
        _listing = listing;
    }

    /// <summary>Number of inputs.</summary>
    public int InputCount { get; }

    /// <summary>Number of outputs.</summary>
    public int OutputCount { get; }

    /// <summary>Number of op calls of one run.</summary>
    public int StepCount => _listing.Length;

    /// <summary>Runs it; the results are copied into <paramref name="outputs"/>, converted to their types.</summary>
    /// <param name="inputs">In the order in which they were declared.</param>
    /// <param name="outputs">In the order in which they were declared; shapes must be those of the results.</param>
    /// <exception cref="TorchException">libtorch refused a step; names the step, the op and the arguments' shapes.</exception>
    public void Run(ReadOnlySpan<ProgramBuffer> inputs, ReadOnlySpan<ProgramBuffer> outputs)
    {
        NativeBinding* nativeInputs = stackalloc NativeBinding[inputs.Length];
        NativeBinding* nativeOutputs = stackalloc NativeBinding[outputs.Length];
        int heldInputs = 0, heldOutputs = 0;
        try
        {
            for (; heldInputs < inputs.Length; heldInputs++)
                nativeInputs[heldInputs] = Bind(in inputs[heldInputs]);
            for (; heldOutputs < outputs.Length; heldOutputs++)
                nativeOutputs[heldOutputs] = Bind(in outputs[heldOutputs]);
            TorchException.Check(NativeMethods.ProgramRun(_handle, nativeInputs, inputs.Length, nativeOutputs, outputs.Length));
        }
        finally
        {
            while (heldInputs > 0)
                inputs[--heldInputs].Tensor?.Handle.DangerousRelease();
            while (heldOutputs > 0)
                outputs[--heldOutputs].Tensor?.Handle.DangerousRelease();
        }
    }

    /// <summary>Runs it for new tensors: for set-up and tools; frames take the overload that writes into buffers.</summary>
    /// <inheritdoc cref="Run(ReadOnlySpan{ProgramBuffer}, ReadOnlySpan{ProgramBuffer})"/>
    public Tensor[] Run(params ReadOnlySpan<ProgramBuffer> inputs)
    {
        NativeBinding* nativeInputs = stackalloc NativeBinding[inputs.Length];
        NativeBinding* nativeOutputs = stackalloc NativeBinding[OutputCount];
        new Span<NativeBinding>(nativeOutputs, OutputCount).Clear();
        int held = 0;
        try
        {
            for (; held < inputs.Length; held++)
                nativeInputs[held] = Bind(in inputs[held]);
            TorchException.Check(NativeMethods.ProgramRun(_handle, nativeInputs, inputs.Length, nativeOutputs, OutputCount));
        }
        finally
        {
            while (held > 0)
                inputs[--held].Tensor?.Handle.DangerousRelease();
        }
        var tensors = new Tensor[OutputCount];
        for (int i = 0; i < tensors.Length; i++)
            tensors[i] = new Tensor(new TensorHandle(nativeOutputs[i].Tensor));
        return tensors;
    }

    /// <summary>The steps, one a line: "%5 = aten::addmm(%0, %3, %4)".</summary>
    public override string ToString() => string.Join('\n', _listing);

    /// <summary>Lets the program and its constants go.</summary>
    public void Dispose() => _handle.Dispose();

    private static NativeBinding Bind(ref readonly ProgramBuffer buffer)
    {
        NativeBinding binding = default;
        if (buffer.Tensor is { } tensor)
        {
            bool held = false;
            tensor.Handle.DangerousAddRef(ref held);
            binding.Tensor = tensor.Handle.DangerousGetHandle();
            return binding;
        }
        binding.Data = (nint)buffer.Data;
        binding.Bytes = buffer.Bytes;
        binding.Type = (int)buffer.Type;
        return binding;
    }
}
