using AInimEngine.Neural.Interop;

namespace AInimEngine.Neural;

// Gradients.
public sealed unsafe partial class Tensor
{
    /// <summary>Whether gradients flow to it.</summary>
    public bool RequiresGrad
    {
        get => Info.RequiresGrad != 0;
        set => TorchException.Check(NativeMethods.TensorSetRequiresGrad(Handle, value ? 1 : 0));
    }

    /// <summary>Whether it is the result of no recorded op.</summary>
    public bool IsLeaf => Info.IsLeaf != 0;

    /// <summary>
    /// What <see cref="Backward"/> has added up, or null. Reading it makes a new handle, to be disposed like any tensor.
    /// </summary>
    public Tensor? Grad
    {
        get
        {
            TorchException.Check(NativeMethods.TensorGrad(Handle, out nint grad));
            return grad == 0 ? null : new Tensor(new TensorHandle(grad));
        }
        set
        {
            bool held = false;
            try
            {
                value?.Handle.DangerousAddRef(ref held);
                TorchException.Check(NativeMethods.TensorSetGrad(Handle, value?.Handle.DangerousGetHandle() ?? 0));
            }
            finally
            {
                if (held)
                    value!.Handle.DangerousRelease();
            }
        }
    }

    /// <summary>Sets whether gradients flow to it.</summary>
    public Tensor RequiresGrad_(bool requiresGrad = true)
    {
        RequiresGrad = requiresGrad;
        return this;
    }

    /// <summary>Adds the gradient of this tensor to <see cref="Grad"/> of every leaf that it depends on.</summary>
    /// <param name="gradient">Weights of this tensor's elements; may be left out for one element.</param>
    /// <param name="retainGraph">Keeps the graph for another pass.</param>
    /// <param name="createGraph">Records the gradients' own graph, for gradients of gradients.</param>
    public void Backward(Tensor? gradient = null, bool retainGraph = false, bool createGraph = false)
    {
        bool held = false;
        try
        {
            gradient?.Handle.DangerousAddRef(ref held);
            TorchException.Check(NativeMethods.TensorBackward(
                Handle, gradient?.Handle.DangerousGetHandle() ?? 0, retainGraph || createGraph ? 1 : 0, createGraph ? 1 : 0));
        }
        finally
        {
            if (held)
                gradient!.Handle.DangerousRelease();
        }
    }
}
