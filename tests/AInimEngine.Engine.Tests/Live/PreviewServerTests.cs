using System.Net.Http;
using System.Net.Sockets;
using AInimEngine.Engine.Live.Outputs;
using AInimEngine.Engine.Tests.Support;

namespace AInimEngine.Engine.Tests.Live;

/// <summary>Clients that ask for nothing, or never finish asking.</summary>
public sealed class PreviewServerTests
{
    [Fact]
    public async Task IdleConnectionsAreBoundedAndKeepNobodyOut()
    {
        using PreviewServer server = PreviewServer.Start(new JpegBox(), 0, open: false);
        var idle = new List<TcpClient>();
        try
        {
            for (int i = 0; i < 40; i++)
            {
                idle.Add(new TcpClient("localhost", server.Port));
                Assert.InRange(server.Connections, 0, 24);
            }
            Waiting.Until(() => server.Connections >= 9, "more idle connections than clients are answered");
            using var http = new HttpClient();
            Assert.Contains("preview.mjpg", await http.GetStringAsync(new Uri($"http://localhost:{server.Port}/"), TestContext.Current.CancellationToken), StringComparison.Ordinal);
        }
        finally
        {
            idle.ForEach(client => client.Dispose());
        }
    }

    [Fact]
    public void ARequestThatNeverEndsIsCutThoughItsBytesKeepComing()
    {
        using PreviewServer server = PreviewServer.Start(new JpegBox(), 0, open: false, TimeSpan.FromSeconds(0.5));
        using var client = new TcpClient("localhost", server.Port);
        Waiting.Until(() => server.Connections == 1, "the connection");
        Waiting.Until(() => !Send(client) || server.Connections == 0, "the cut");
    }

    private static bool Send(TcpClient client)
    {
        try
        {
            return client.Client.Send("G"u8) == 1;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
