using System.Globalization;
using System.Net;
using System.Net.Sockets;
using AInimEngine.Core.Errors;

namespace AInimEngine.Control.Osc;

/// <summary>Where OSC goes to, as people write it.</summary>
internal static class OscAddress
{
    internal const int DefaultPort = 9001;

    /// <summary>"host:port", "host", "[::1]:port". Names are looked up, which may take seconds: for set-up only.</summary>
    /// <exception cref="AInimException">It is no address, or the name is not known.</exception>
    internal static IPEndPoint Resolve(string text)
    {
        string host = text;
        int port = DefaultPort;
        int colon = text.LastIndexOf(':');
        bool isBareV6 = colon >= 0 && text.IndexOf(':', StringComparison.Ordinal) != colon && !text.StartsWith('[');
        if (colon >= 0 && !isBareV6 && !text.EndsWith(']'))
        {
            if (!int.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out port) || port is < 1 or > 65535)
                throw Wrong(text, "the port is a number from 1 to 65535");
            host = text[..colon];
        }
        host = host.Trim('[', ']');
        if (host.Length == 0)
            throw Wrong(text, "it names no host");
        try
        {
            IPAddress[] found = IPAddress.TryParse(host, out IPAddress? address) ? [address] : Dns.GetHostAddresses(host);
            return new IPEndPoint(found.FirstOrDefault(a => a.AddressFamily == AddressFamily.InterNetwork) ?? found[0], port);
        }
        catch (Exception error) when (error is SocketException or ArgumentException or IndexOutOfRangeException)
        {
            throw Wrong(text, "no computer of that name is known");
        }
    }

    private static AInimException Wrong(string text, string reason) =>
        new(ExitCode.Usage, $"cannot send OSC to '{text}': {reason}. Write host:port, e.g. 192.168.1.20:9001.");
}
