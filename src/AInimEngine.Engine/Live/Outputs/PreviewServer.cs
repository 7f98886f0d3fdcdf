using System.Net;
using System.Net.Sockets;
using System.Text;
using AInimEngine.Core.Errors;

namespace AInimEngine.Engine.Live.Outputs;

/// <summary>
/// The show in a browser: a page, a moving picture (multipart JPEG) and a single one, over HTTP. Everyone gets the newest
/// picture when they have room for it, so a slow one sees fewer and hinders nobody. Reads nothing but the request's first line.
/// </summary>
internal sealed class PreviewServer : IDisposable
{
    /// <summary>Clients at once.</summary>
    internal const int MostClients = 8;

    private const int LongestRequest = 8192;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly JpegBox _box;
    private readonly TcpListener _listener;
    private readonly Lock _lock = new();
    private readonly List<(TcpClient Client, Thread Thread)> _clients = [];
    private readonly Thread _thread;
    private volatile bool _stop;
    private int _watching;

    private PreviewServer(JpegBox box, TcpListener listener)
    {
        (_box, _listener) = (box, listener);
        _thread = new Thread(Accept) { Name = "preview", IsBackground = true };
        _thread.Start();
    }

    /// <summary>The port that it listens to.</summary>
    internal int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>Somebody waits for pictures.</summary>
    internal bool IsWatched => Volatile.Read(ref _watching) > 0;

    /// <summary>Starts to listen.</summary>
    /// <param name="box">Where pictures come from.</param>
    /// <param name="port">0 for any that is free.</param>
    /// <param name="open">For other computers too.</param>
    /// <exception cref="AInimException">The port is taken.</exception>
    internal static PreviewServer Start(JpegBox box, int port, bool open)
    {
        var listener = new TcpListener(open ? IPAddress.Any : IPAddress.Loopback, port);
        try
        {
            listener.Start();
        }
        catch (SocketException error)
        {
            listener.Dispose();
            throw new AInimException(ExitCode.Environment, $"cannot show a preview on port {port}: {error.Message}. Choose another one: --stream PORT.", error);
        }
        return new PreviewServer(box, listener);
    }

    /// <summary>Closes all connections.</summary>
    public void Dispose()
    {
        _stop = true;
        _listener.Dispose();
        _thread.Join();
        (TcpClient Client, Thread Thread)[] left;
        lock (_lock)
            left = [.. _clients];
        foreach ((TcpClient client, _) in left)
            client.Close();
        foreach ((_, Thread thread) in left)
            thread.Join();
    }

    private void Accept()
    {
        while (!_stop)
        {
            TcpClient client;
            try
            {
                client = _listener.AcceptTcpClient();
            }
            catch (Exception error) when (error is SocketException or ObjectDisposedException or InvalidOperationException)
            {
                if (_stop)
                    return;
                continue;
            }
            client.NoDelay = true;
            client.SendTimeout = client.ReceiveTimeout = (int)Patience.TotalMilliseconds;
            var thread = new Thread(() => Serve(client)) { Name = "preview client", IsBackground = true, Priority = ThreadPriority.BelowNormal };
            lock (_lock)
                _clients.Add((client, thread));
            thread.Start();
        }
    }

    private void Serve(TcpClient client)
    {
        try
        {
            using NetworkStream stream = client.GetStream();
            string[] words = ReadLine(stream).Split(' ');
            bool full;
            lock (_lock)
                full = _clients.Count > MostClients;
            if (words.Length < 2 || words[0] is not ("GET" or "HEAD"))
                Answer(stream, "400 Bad Request", "text/plain", "only GET is understood\n"u8);
            else if (full)
                Answer(stream, "503 Service Unavailable", "text/plain", "too many look at it already\n"u8);
            else
                Answer(stream, words[1].Split('?')[0], words[0] == "HEAD");
        }
        catch (Exception error) when (error is IOException or SocketException or ObjectDisposedException or InvalidOperationException)
        {
            // The client went away, or was too slow for five seconds.
        }
        finally
        {
            client.Dispose();
            lock (_lock)
                _clients.RemoveAll(known => ReferenceEquals(known.Client, client));
        }
    }

    private void Answer(NetworkStream stream, string path, bool headOnly)
    {
        switch (path)
        {
            case "/":
                Answer(stream, "200 OK", "text/html; charset=utf-8", headOnly ? [] : Page);
                break;
            case "/preview.mjpg" or "/frame.jpg" when headOnly:
                Answer(stream, "200 OK", path == "/frame.jpg" ? "image/jpeg" : "multipart/x-mixed-replace; boundary=frame", []);
                break;
            case "/preview.mjpg" or "/frame.jpg":
                Interlocked.Increment(ref _watching);
                try
                {
                    if (path == "/frame.jpg")
                        SendOne(stream);
                    else
                        SendAll(stream);
                }
                finally
                {
                    Interlocked.Decrement(ref _watching);
                }
                break;
            default:
                Answer(stream, "404 Not Found", "text/plain", "there are /, /preview.mjpg and /frame.jpg\n"u8);
                break;
        }
    }

    private void SendOne(NetworkStream stream)
    {
        byte[] copy = [];
        if (_box.Copy(_box.Number, ref copy, Patience, out int length) == 0)
            Answer(stream, "503 Service Unavailable", "text/plain", "there is no picture\n"u8);
        else
            Answer(stream, "200 OK", "image/jpeg", copy.AsSpan(0, length));
    }

    private void SendAll(NetworkStream stream)
    {
        stream.Write("HTTP/1.1 200 OK\r\nContent-Type: multipart/x-mixed-replace; boundary=frame\r\nCache-Control: no-store\r\nConnection: close\r\n\r\n"u8);
        byte[] copy = [];
        Span<byte> head = stackalloc byte[100];
        for (long seen = _box.Number; !_stop && (seen = _box.Copy(seen, ref copy, Patience, out int length)) > 0;)
        {
            System.Text.Unicode.Utf8.TryWrite(head, $"--frame\r\nContent-Type: image/jpeg\r\nContent-Length: {length}\r\n\r\n", out int count);
            stream.Write(head[..count]);
            stream.Write(copy, 0, length);
            stream.Write("\r\n"u8);
        }
    }

    private static void Answer(NetworkStream stream, string status, string type, ReadOnlySpan<byte> content)
    {
        stream.Write(Encoding.ASCII.GetBytes($"HTTP/1.1 {status}\r\nContent-Type: {type}\r\nContent-Length: {content.Length}\r\nCache-Control: no-store\r\nConnection: close\r\n\r\n"));
        stream.Write(content);
    }

    /// <summary>The request's first line; the rest is read and forgotten, so that closing is no reset.</summary>
    private static string ReadLine(NetworkStream stream)
    {
        var request = new byte[LongestRequest];
        int count = 0;
        while (count < request.Length && request.AsSpan(0, count).IndexOf("\r\n\r\n"u8) < 0)
        {
            int read = stream.Read(request, count, request.Length - count);
            if (read == 0)
                break;
            count += read;
        }
        int end = request.AsSpan(0, count).IndexOf((byte)'\r');
        return Encoding.ASCII.GetString(request, 0, Math.Max(0, end));
    }

    private static ReadOnlySpan<byte> Page => """
        <!doctype html><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>AInimEngine</title>
        <style>html,body{margin:0;height:100%;background:#000}img{width:100%;height:100%;object-fit:contain}</style>
        <img src="preview.mjpg" alt="the show">

        """u8;
}
