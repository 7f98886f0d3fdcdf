namespace AInimEngine.Neural;

/// <summary>Kind of device; the numbers are libtorch's.</summary>
public enum DeviceType
{
    /// <summary>The processor.</summary>
    Cpu = 0,

    /// <summary>An NVIDIA GPU (or an AMD one, in a ROCm build).</summary>
    Cuda = 1,
}
