using AInimEngine.Neural.Interop;

namespace AInimEngine.Neural;

/// <summary>Smaller types for the ops that gain from them, on this thread, until disposed on it, innermost first.</summary>
public readonly ref struct Autocast
{
    private const int Enter = 1, Leave = -1;
    private readonly DeviceType _device;
    private readonly int _enabled;
    private readonly int _type;

    internal Autocast(DeviceType device, ScalarType type, bool enabled)
    {
        _device = device;
        _enabled = enabled ? 1 : 0;
        _type = (int)type;
        TorchException.Check(NativeMethods.Autocast((int)device, ref _enabled, ref _type, Enter));
    }

    /// <summary>Puts back what was.</summary>
    public void Dispose()
    {
        int enabled = _enabled, type = _type;
        TorchException.Check(NativeMethods.Autocast((int)_device, ref enabled, ref type, Leave));
    }
}
