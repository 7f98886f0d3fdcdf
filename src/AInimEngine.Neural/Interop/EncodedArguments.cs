using System.Runtime.InteropServices;

namespace AInimEngine.Neural.Interop;

/// <summary>
/// Arguments in native form for the length of one call. Lists and strings lie in the caller's scratch while they fit.
/// </summary>
internal unsafe ref struct EncodedArguments
{
    /// <summary>Bytes of scratch that nearly every call is content with.</summary>
    internal const int ScratchBytes = 512;

    private readonly ReadOnlySpan<OpArgument> _arguments;
    private byte* _heap;
    private int _encoded;

    /// <summary>Encodes.</summary>
    /// <param name="arguments">What to encode.</param>
    /// <param name="values">Room for as many; must not move (stack).</param>
    /// <param name="scratch"><see cref="ScratchBytes"/> bytes, 8-byte aligned; must not move.</param>
    internal EncodedArguments(ReadOnlySpan<OpArgument> arguments, NativeValue* values, byte* scratch)
    {
        _arguments = arguments;
        int needed = 0;
        foreach (ref readonly OpArgument argument in arguments)
            needed += Aligned(argument.ContentBytes);
        byte* contents = needed <= ScratchBytes ? scratch : _heap = (byte*)NativeMemory.Alloc((nuint)needed);
        try
        {
            for (; _encoded < arguments.Length; _encoded++)
            {
                arguments[_encoded].Encode(values + _encoded, contents);
                contents += Aligned(arguments[_encoded].ContentBytes);
            }
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>Lets handles and memory go.</summary>
    public void Dispose()
    {
        while (_encoded > 0)
            _arguments[--_encoded].Release();
        NativeMemory.Free(_heap);
        _heap = null;
    }

    private static int Aligned(int bytes) => (bytes + 7) & ~7;
}
