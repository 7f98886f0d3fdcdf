using System.Text.Json;

namespace AInimEngine.Control.Midi;

/// <summary>Reads a map file's bytes, forwards only, so that every fault knows its place.</summary>
internal ref struct MidiMapReader
{
    private const int MostText = 200;

    private readonly ReadOnlySpan<byte> _bytes;
    private Utf8JsonReader _reader;
    private int _count;

    internal MidiMapReader(ReadOnlySpan<byte> bytes)
    {
        _bytes = bytes.StartsWith("\uFEFF"u8) ? bytes[3..] : bytes;
        _reader = new Utf8JsonReader(_bytes, new JsonReaderOptions { MaxDepth = 8 });
    }

    /// <summary>The map.</summary>
    /// <exception cref="MidiMapFault">It is no map.</exception>
    internal MidiMap Read()
    {
        try
        {
            MidiMap map = ReadMap();
            while (_reader.Read())
            {
                // The reader throws at anything but white space.
            }
            return map;
        }
        catch (JsonException error)
        {
            string reason = error.Message.Split(" LineNumber:")[0].Split(" Change the reader options.")[0].ReplaceLineEndings(" ");
            throw new MidiMapFault((int)(error.LineNumber ?? 0) + 1, (int)(error.BytePositionInLine ?? 0) + 1, "malformed JSON: " + reason, error);
        }
        catch (InvalidOperationException error)
        {
            throw Fault("a text in it is no UTF-8", error);
        }
    }

    private MidiMap ReadMap()
    {
        IReadOnlyList<MidiBinding> global = [];
        var presets = new Dictionary<string, IReadOnlyList<MidiBinding>>(StringComparer.Ordinal);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        Next();
        Expect(JsonTokenType.StartObject, "an object with format, version, global and presets");
        while (NextKey(seen, out string key))
        {
            switch (key)
            {
                case "format":
                    if (Text() != "ainim-midi")
                        throw Fault("the format is not \"ainim-midi\"");
                    break;
                case "version":
                    if (Number(1, 1000000) is not 1)
                        throw Fault("only version 1 can be read; a newer program wrote this");
                    break;
                case "global":
                    global = ReadList();
                    break;
                case "presets":
                    Expect(JsonTokenType.StartObject, "an object of presets");
                    var names = new HashSet<string>(StringComparer.Ordinal);
                    while (NextKey(names, out string name))
                        presets[name] = ReadList();
                    break;
                default:
                    throw Fault($"there is no key {Quoted(key)} here; there are: format, version, global, presets");
            }
        }
        if (!seen.Contains("format") || !seen.Contains("version"))
            throw Fault("format and version are missing");
        return new MidiMap { Global = global, Presets = presets };
    }

    private List<MidiBinding> ReadList()
    {
        Expect(JsonTokenType.StartArray, "a list of bindings");
        var list = new List<MidiBinding>();
        for (Next(); _reader.TokenType != JsonTokenType.EndArray; Next())
        {
            if (++_count > MidiMapFile.MostBindings)
                throw Fault($"more than {MidiMapFile.MostBindings} bindings");
            list.Add(ReadBinding());
        }
        return list;
    }

    private MidiBinding ReadBinding()
    {
        Expect(JsonTokenType.StartObject, "a binding");
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var binding = new MidiBinding { Row = "" };
        while (NextKey(seen, out string key))
        {
            binding = key switch
            {
                "row" => binding with { Row = Text() },
                "device" => binding with { Device = Text() },
                "channel" => binding with { Channel = Whole(1, 16) },
                "kind" => binding with { Kind = (MidiKind)Word(MidiMapWords.Kinds) },
                "number" => binding with { Number = Whole(0, 16383) },
                "min" => binding with { Min = (float)Number(0, 1) },
                "max" => binding with { Max = (float)Number(0, 1) },
                "invert" => binding with { Invert = Truth() },
                "mode" => binding with { Mode = (MidiMode)Word(MidiMapWords.Modes) },
                "coding" => binding with { Coding = (RelativeCoding)Word(MidiMapWords.Codings) },
                "step" => binding with { Step = (float)Number(1e-5, 1) },
                _ => throw Fault($"a binding has no {Quoted(key)}; there are: row, device, channel, kind, number, min, max, invert, mode, coding, step"),
            };
        }
        if (binding.Row.Length == 0 || !seen.Contains("kind") || (!seen.Contains("number") && binding.Kind is not (MidiKind.Bend or MidiKind.Pressure)))
            throw Fault("a binding needs row, kind and number");
        int most = binding.Kind switch { MidiKind.Nrpn => 16383, MidiKind.Control14 => 31, MidiKind.Bend or MidiKind.Pressure => 0, _ => 127 };
        if (binding.Number > most)
            throw Fault($"number {binding.Number} is above {most}, the last of its kind");
        if (binding.Mode == MidiMode.Relative && binding.Kind != MidiKind.Control)
            throw Fault("only a cc can be relative");
        return binding;
    }

    private void Next()
    {
        if (!_reader.Read())
            throw Fault("the file ends too early");
    }

    /// <summary>Goes to a key's value; false at the object's end.</summary>
    private bool NextKey(HashSet<string> seen, out string key)
    {
        Next();
        key = "";
        if (_reader.TokenType == JsonTokenType.EndObject)
            return false;
        key = _reader.GetString()!;
        if (key.Length > MostText)
            throw Fault("a key is too long");
        if (!seen.Add(key))
            throw Fault($"{Quoted(key)} stands here twice");
        Next();
        return true;
    }

    private readonly void Expect(JsonTokenType type, string what)
    {
        if (_reader.TokenType != type)
            throw Fault($"{what} is expected here");
    }

    private string Text()
    {
        Expect(JsonTokenType.String, "a text");
        string text = _reader.GetString()!;
        return text.Length is > 0 and <= MostText && !text.Any(char.IsControl) ? text : throw Fault($"a text of 1 to {MostText} characters is expected here");
    }

    private readonly bool Truth() =>
        _reader.TokenType is JsonTokenType.True or JsonTokenType.False ? _reader.TokenType == JsonTokenType.True : throw Fault("true or false is expected here");

    private double Number(double min, double max)
    {
        Expect(JsonTokenType.Number, "a number");
        return _reader.TryGetDouble(out double number) && number >= min && number <= max ? number : throw Fault(FormattableString.Invariant($"a number from {min} to {max} is expected here"));
    }

    private int Whole(int min, int max)
    {
        double number = Number(min, max);
        return number == Math.Floor(number) ? (int)number : throw Fault("a whole number is expected here");
    }

    private int Word(string[] words)
    {
        int at = Array.IndexOf(words, Text());
        return at >= 0 ? at : throw Fault("one of these is expected here: " + string.Join(", ", words));
    }

    private static string Quoted(string text) => "'" + string.Concat(text.Take(40).Select(c => char.IsControl(c) ? '?' : c)) + (text.Length > 40 ? "...'" : "'");

    private readonly MidiMapFault Fault(string message, Exception? inner = null)
    {
        ReadOnlySpan<byte> before = _bytes[..(int)Math.Min(_bytes.Length, _reader.TokenStartIndex)];
        return new MidiMapFault(before.Count((byte)'\n') + 1, before.Length - before.LastIndexOf((byte)'\n'), message, inner);
    }
}
