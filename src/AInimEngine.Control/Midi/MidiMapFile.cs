using System.Text.Json;
using AInimEngine.Core.Errors;
using AInimEngine.Core.Files;

namespace AInimEngine.Control.Midi;

/// <summary>
/// Maps as JSON: {"format": "ainim-midi", "version": 1, "global": [binding..], "presets": {"NAME": [binding..]}}; a binding
/// is {"row", "device", "channel", "kind", "number", "min", "max", "invert", "mode", "coding", "step"}, of which only row, kind
/// and number are needed. Bounded and checked: these files travel between people.
/// </summary>
public static class MidiMapFile
{
    /// <summary>Most bytes of a file.</summary>
    public const long MostBytes = 1 << 20;

    /// <summary>Most bindings in all.</summary>
    public const int MostBindings = 4096;

    /// <summary>Reads a map; an empty one where there is no file yet.</summary>
    /// <exception cref="AInimException">It cannot be read; the message says what is wrong at which line and column.</exception>
    public static MidiMap ReadOrEmpty(string path) => File.Exists(path) ? Read(path) : MidiMap.Empty;

    /// <summary>Reads a map.</summary>
    /// <exception cref="AInimException">It is missing or cannot be read; the message says what is wrong at which line and column.</exception>
    public static MidiMap Read(string path)
    {
        try
        {
            return new MidiMapReader(SmallFile.Read(path, MostBytes)).Read();
        }
        catch (MidiMapFault fault)
        {
            throw new AInimException(ExitCode.Input, $"{path}:{fault.Line}:{fault.Column}: {fault.Message.TrimEnd('.')}. Mend or remove the file.", fault);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new AInimException(ExitCode.Input, $"cannot read the MIDI map '{path}': {SystemReason.Of(error)}", error);
        }
    }

    /// <summary>Writes a map; the file appears whole or not at all.</summary>
    /// <exception cref="AInimException">It cannot be written.</exception>
    public static void Write(string path, MidiMap map)
    {
        try
        {
            if (Path.GetDirectoryName(Path.GetFullPath(path)) is { } folder)
                Directory.CreateDirectory(folder);
            PartialFile.Write(path, file => file.Write(Bytes(map)), isDurable: false); // by the display's thread
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new AInimException(ExitCode.Output, $"cannot write the MIDI map '{path}': {SystemReason.Of(error)}", error);
        }
    }

    /// <summary>The file's bytes.</summary>
    internal static byte[] Bytes(MidiMap map)
    {
        using var memory = new MemoryStream();
        using (var writer = new Utf8JsonWriter(memory, new JsonWriterOptions { Indented = true }))
        {
            writer.WriteStartObject();
            writer.WriteString("format", "ainim-midi");
            writer.WriteNumber("version", 1);
            WriteList(writer, "global", map.Global);
            writer.WriteStartObject("presets");
            foreach ((string preset, IReadOnlyList<MidiBinding> bindings) in map.Presets.OrderBy(pair => pair.Key, StringComparer.Ordinal))
                WriteList(writer, preset, bindings);
            writer.WriteEndObject();
            writer.WriteEndObject();
        }
        return memory.ToArray();
    }

    private static void WriteList(Utf8JsonWriter writer, string name, IReadOnlyList<MidiBinding> bindings)
    {
        var plain = new MidiBinding { Row = "" };
        writer.WriteStartArray(name);
        foreach (MidiBinding binding in bindings)
        {
            writer.WriteStartObject();
            writer.WriteString("row", binding.Row);
            if (binding.Device is not null)
                writer.WriteString("device", binding.Device);
            if (binding.Channel > 0)
                writer.WriteNumber("channel", binding.Channel);
            writer.WriteString("kind", MidiMapWords.Kinds[(int)binding.Kind]);
            writer.WriteNumber("number", binding.Number);
            if (binding.Min != plain.Min)
                writer.WriteNumber("min", binding.Min);
            if (binding.Max != plain.Max)
                writer.WriteNumber("max", binding.Max);
            if (binding.Invert)
                writer.WriteBoolean("invert", true);
            writer.WriteString("mode", MidiMapWords.Modes[(int)binding.Mode]);
            if (binding.Mode == MidiMode.Relative)
            {
                writer.WriteString("coding", MidiMapWords.Codings[(int)binding.Coding]);
                writer.WriteNumber("step", binding.Step);
            }
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
    }
}
