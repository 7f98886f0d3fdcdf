using AInimEngine.Neural.Interop;

namespace AInimEngine.Neural;

/// <summary>
/// libtorch refused a call. The message names the op with kind, type and shape of every argument, then the reason:
/// "aten::mm(Float[2, 3], Float[4, 5]): mat1 and mat2 shapes cannot be multiplied (2x3 and 4x5)".
/// </summary>
public sealed class TorchException : Exception
{
    /// <summary>Makes the error.</summary>
    public TorchException(string message)
        : base(message)
    {
    }

    internal static void Check(int status)
    {
        if (status != 0)
            throw new TorchException(NativeMethods.LastError());
    }

    internal static int CheckIndex(int index)
    {
        if (index < 0)
            throw new TorchException(NativeMethods.LastError());
        return index;
    }
}
