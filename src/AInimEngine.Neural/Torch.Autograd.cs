using AInimEngine.Neural.Interop;

namespace AInimEngine.Neural;

// Gradients as values.
public static unsafe partial class Torch
{
    /// <summary>Gradients of outputs by inputs, without touching <see cref="Tensor.Grad"/>.</summary>
    /// <param name="outputs">What is differentiated; their weighted sum.</param>
    /// <param name="inputs">By what.</param>
    /// <param name="outputGrads">Weights of the outputs' elements; may be left out for outputs of one element.</param>
    /// <param name="retainGraph">Keeps the graph for another pass.</param>
    /// <param name="createGraph">Records the gradients' own graph, for gradients of gradients.</param>
    /// <param name="allowUnused">Gives null for inputs that no output depends on, instead of refusing.</param>
    /// <returns>One per input.</returns>
    public static Tensor?[] Grad(
        Tensor[] outputs, Tensor[] inputs, Tensor[]? outputGrads = null,
        bool retainGraph = false, bool createGraph = false, bool allowUnused = false)
    {
        if (outputGrads is not null && outputGrads.Length != outputs.Length)
            throw new ArgumentException($"{outputGrads.Length} gradients given for {outputs.Length} outputs", nameof(outputGrads));
        nint* ends = stackalloc nint[outputs.Length];
        nint* weights = stackalloc nint[outputs.Length];
        nint* starts = stackalloc nint[inputs.Length];
        nint* found = stackalloc nint[inputs.Length];
        for (int i = 0; i < outputs.Length; i++)
        {
            ends[i] = outputs[i].Handle.DangerousGetHandle();
            weights[i] = outputGrads is null ? 0 : outputGrads[i].Handle.DangerousGetHandle();
        }
        for (int i = 0; i < inputs.Length; i++)
            starts[i] = inputs[i].Handle.DangerousGetHandle();
        int status = NativeMethods.Grad(
            ends, weights, outputs.Length, starts, found, inputs.Length,
            retainGraph || createGraph ? 1 : 0, createGraph ? 1 : 0, allowUnused ? 1 : 0);
        GC.KeepAlive(outputs);
        GC.KeepAlive(inputs);
        GC.KeepAlive(outputGrads);
        TorchException.Check(status);
        var grads = new Tensor?[inputs.Length];
        for (int i = 0; i < grads.Length; i++)
            grads[i] = found[i] == 0 ? null : new Tensor(new TensorHandle(found[i]));
        return grads;
    }
}
