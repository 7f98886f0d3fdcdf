using System.Net;

namespace AInimEngine.Control.Osc;

/// <summary>Where OSC is listened to.</summary>
public sealed record OscSettings
{
    /// <summary>UDP port, 1 to 65535; 0 takes a free one.</summary>
    public int Port { get; init; } = 9000;

    /// <summary>Address to bind. This computer alone unless it is opened: OSC knows no passwords.</summary>
    public IPAddress Address { get; init; } = IPAddress.Loopback;

    /// <summary>The same for every computer that can reach this one.</summary>
    public OscSettings Opened() => this with { Address = IPAddress.Any };
}
