namespace AInimEngine.Neural;

/// <summary>In which order a tensor's elements lie in memory; the numbers are libtorch's.</summary>
public enum MemoryFormat
{
    /// <summary>Last dimension fastest.</summary>
    Contiguous = 0,

    /// <summary>As the source.</summary>
    Preserve = 1,

    /// <summary>[N, C, H, W] stored as [N, H, W, C]: faster convolutions on the CPU where channels are few.</summary>
    ChannelsLast = 2,
}
