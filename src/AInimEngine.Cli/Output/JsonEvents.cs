using System.Text.Json;

namespace AInimEngine.Cli.Output;

/// <summary>--json: one JSON object a line on standard output, for programs that drive the engine.</summary>
public sealed class JsonEvents
{
    private readonly Lock _gate = new();
    private readonly TextWriter _output = Console.Out;

    private JsonEvents()
    {
    }

    private static JsonEvents? s_active;

    /// <summary>Switches JSON on for this process, once.</summary>
    public static JsonEvents Start() => s_active ??= new JsonEvents();

    /// <summary>Writes {"event": name, ...}. Any thread.</summary>
    public void Write(string name, params ReadOnlySpan<(string Key, object? Value)> values)
    {
        var line = new Dictionary<string, object?> { ["event"] = name };
        foreach ((string key, object? value) in values)
            line[key] = value;
        lock (_gate)
        {
            _output.WriteLine(JsonSerializer.Serialize(line));
            _output.Flush();
        }
    }
}
