using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using AInimEngine.Core.Errors;

namespace AInimEngine.Engine.Live.Outputs;

/// <summary>
/// The show in a browser: a page, a moving picture (multipart JPEG) and a single one, over HTTP. Everyone gets the newest
/// picture when they have room for it, so a slow one sees fewer and hinders nobody. Reads nothing but the request's first line.
/// Connections are bounded, and one that has asked for nothing yet makes room for a newer one.
/// </summary>
internal sealed class PreviewServer : IDisposable
{
    /// <summary>Clients that are answered at once.</summary>
    internal const int MostClients = 8;

    // Room for those that are still asking, or are told that it is full; and for those that were closed and are not gone yet.
    private const int MostConnections = MostClients + 4, MostThreads = 2 * MostConnections;

    private const int LongestRequest = 8192;

    // A system without free files says so at once, again and again.
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(5), s_rest = TimeSpan.FromMilliseconds(50);

    private readonly JpegBox _box;
    private readonly TcpListener _listener;
    private readonly TimeSpan _patience;
    private readonly Lock _lock = new();
    private readonly List<Connection> _connections = [];
    private readonly ManualResetEventSlim _stop = new();
    private readonly Thread _thread;
    private int _answered, _watching;

    private PreviewServer(JpegBox box, TcpListener listener, TimeSpan patience)
    {
        (_box, _listener, _patience) = (box, listener, patience);
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
    /// <param name="patience">How long a request, an answer or a picture may take; null for five seconds.</param>
    /// <exception cref="AInimException">The port is taken.</exception>
    internal static PreviewServer Start(JpegBox box, int port, bool open, TimeSpan? patience = null)
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
        return new PreviewServer(box, listener, patience ?? s_patience);
    }

    /// <summary>Connections at present. Any thread.</summary>
    internal int Connections
    {
        get
        {
            lock (_lock)
                return _connections.Count;
        }
    }

    /// <summary>Closes all connections.</summary>
    public void Dispose()
    {
        _stop.Set();
        _listener.Dispose();
        _thread.Join();
        Connection[] left;
        lock (_lock)
            left = [.. _connections];
        foreach (Connection connection in left)
            connection.Client.Dispose();
        foreach (Connection connection in left)
            connection.Thread!.Join();
        _stop.Dispose();
    }

    private void Accept()
    {
        while (!_stop.IsSet)
        {
            TcpClient? client = null;
            try
            {
                client = _listener.AcceptTcpClient();
                client.NoDelay = true;
                client.SendTimeout = client.ReceiveTimeout = (int)_patience.TotalMilliseconds;
                if (MakeRoom())
                    Begin(new Connection(client));
                else
                    client.Dispose();
            }
#pragma warning disable CA1031 // Whatever a client or the system does, the show goes on; the next one may succeed.
            catch (Exception)
#pragma warning restore CA1031
            {
                client?.Dispose();
                _stop.Wait(s_rest);
            }
        }
    }

    /// <summary>Closes the oldest one that has asked for nothing yet, where there are too many.</summary>
    /// <returns>Whether there is room for one more.</returns>
    private bool MakeRoom()
    {
        lock (_lock)
        {
            if (_connections.Count < MostConnections)
                return true;
            if (_connections.Count >= MostThreads || _connections.Find(known => known.IsAsking) is not { } oldest)
                return false;
            oldest.IsAsking = false;
            oldest.Client.Dispose();
            return true;
        }
    }

    private void Begin(Connection connection)
    {
        connection.Thread = new Thread(() => Serve(connection)) { Name = "preview client", IsBackground = true, Priority = ThreadPriority.BelowNormal };
        lock (_lock)
            _connections.Add(connection);
        try
        {
            connection.Thread.Start();
        }
        catch
        {
            Forget(connection);
            throw;
        }
    }

    private void Serve(Connection connection)
    {
        try
        {
            using NetworkStream stream = connection.Client.GetStream();
            string[] words = ReadLine(stream).Split(' ');
            lock (_lock)
                connection.IsAsking = false;
            try
            {
                bool isFull = Interlocked.Increment(ref _answered) > MostClients;
                if (words.Length < 2 || words[0] is not ("GET" or "HEAD"))
                    Answer(stream, "400 Bad Request", "text/plain", "only GET is understood\n"u8);
                else if (isFull)
                    Answer(stream, "503 Service Unavailable", "text/plain", "too many look at it already\n"u8);
                else
                    Answer(stream, words[1].Split('?')[0], words[0] == "HEAD");
            }
            finally
            {
                Interlocked.Decrement(ref _answered);
            }
        }
        catch (Exception error) when (error is IOException or SocketException or ObjectDisposedException or InvalidOperationException)
        {
            // The client went away, was too slow, or had to make room.
        }
        finally
        {
            connection.Client.Dispose();
            Forget(connection);
        }
    }

    private void Forget(Connection connection)
    {
        lock (_lock)
            _connections.Remove(connection);
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
        if (_box.Copy(_box.Number, ref copy, _patience, out int length) == 0)
            Answer(stream, "503 Service Unavailable", "text/plain", "there is no picture\n"u8);
        else
            Answer(stream, "200 OK", "image/jpeg", copy.AsSpan(0, length));
    }

    private void SendAll(NetworkStream stream)
    {
        stream.Write("HTTP/1.1 200 OK\r\nContent-Type: multipart/x-mixed-replace; boundary=frame\r\nCache-Control: no-store\r\nConnection: close\r\n\r\n"u8);
        byte[] copy = [];
        Span<byte> head = stackalloc byte[100];
        for (long seen = _box.Number; !_stop.IsSet && (seen = _box.Copy(seen, ref copy, _patience, out int length)) > 0;)
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

    /// <summary>The request's first line; the rest is read and forgotten, so that closing is no reset. Has one deadline for all of it.</summary>
    private string ReadLine(NetworkStream stream)
    {
        var request = new byte[LongestRequest];
        long start = Stopwatch.GetTimestamp();
        int count = 0;
        while (count < request.Length && request.AsSpan(0, count).IndexOf("\r\n\r\n"u8) < 0)
        {
            double left = (_patience - Stopwatch.GetElapsedTime(start)).TotalMilliseconds;
            if (left < 1)
                throw new IOException("the request takes too long");
            stream.ReadTimeout = (int)left;
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

    private sealed class Connection(TcpClient client)
    {
        public TcpClient Client => client;

        public Thread? Thread { get; set; }

        /// <summary>Its request has not been read; under the lock.</summary>
        public bool IsAsking { get; set; } = true;
    }
}
