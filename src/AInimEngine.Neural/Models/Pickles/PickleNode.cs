namespace AInimEngine.Neural.Models.Pickles;

/// <summary>
/// What a pickle describes, as inert data: nothing here names a .NET type, and nothing is ever called. Nodes may be shared
/// and may form cycles, so whoever walks them bounds depth and steps.
/// </summary>
internal abstract class PickleNode;

/// <summary>None.</summary>
internal sealed class PickleNone : PickleNode
{
    public static readonly PickleNone Instance = new();
}

/// <summary>True or False.</summary>
internal sealed class PickleBool(bool value) : PickleNode
{
    public static readonly PickleBool True = new(true), False = new(false);

    public bool Value => value;
}

/// <summary>An integer of at most 64 bits.</summary>
internal sealed class PickleInteger(long value) : PickleNode
{
    public long Value => value;
}

/// <summary>An integer of more than 64 bits: two's complement, little-endian.</summary>
internal sealed class PickleLong(ReadOnlyMemory<byte> bytes) : PickleNode
{
    public ReadOnlyMemory<byte> Bytes => bytes;
}

/// <summary>A float.</summary>
internal sealed class PickleFloat(double value) : PickleNode
{
    public double Value => value;
}

/// <summary>Text as UTF-8, a slice of the file; decoded when asked for.</summary>
internal sealed class PickleText(ReadOnlyMemory<byte> utf8) : PickleNode
{
    private string? _text;

    public ReadOnlyMemory<byte> Utf8 => utf8;

    public string Text => _text ??= System.Text.Encoding.UTF8.GetString(utf8.Span);

    /// <summary>Whether a node is this ASCII text; makes no string, since files can ask for it often.</summary>
    public static bool Is(PickleNode node, string ascii) => node switch
    {
        PickleText text => System.Text.Ascii.Equals(text.Utf8.Span, ascii),
        PickleBytes bytes => System.Text.Ascii.Equals(bytes.Bytes.Span, ascii),
        _ => false,
    };

    /// <summary>Most bytes of a name, so that names that are put together stay small too.</summary>
    public const int MostName = 200;

    /// <summary>The text of a node that names something, also of Python 2's strings if they are ASCII; null if it is no text, or too long.</summary>
    public static string? Of(PickleNode node) => node switch
    {
        PickleText { Utf8.Length: <= MostName } text => text.Text,
        PickleBytes { Bytes.Length: <= MostName } bytes when System.Text.Ascii.IsValid(bytes.Bytes.Span) => System.Text.Encoding.ASCII.GetString(bytes.Bytes.Span),
        _ => null,
    };
}

/// <summary>Bytes, a slice of the file. Strings of Python 2 are these too.</summary>
internal sealed class PickleBytes(ReadOnlyMemory<byte> bytes) : PickleNode
{
    public ReadOnlyMemory<byte> Bytes => bytes;
}

/// <summary>A fixed tuple.</summary>
internal sealed class PickleTuple(PickleNode[] items) : PickleNode
{
    public static readonly PickleTuple Empty = new([]);

    public IReadOnlyList<PickleNode> Items => items;
}

/// <summary>Something that grows by opcodes: its items, and keys with values.</summary>
internal abstract class PickleContainer : PickleNode
{
    private List<PickleNode>? _items;
    private List<KeyValuePair<PickleNode, PickleNode>>? _entries;

    public IReadOnlyList<PickleNode> Items => _items ?? (IReadOnlyList<PickleNode>)[];

    public IReadOnlyList<KeyValuePair<PickleNode, PickleNode>> Entries => _entries ?? (IReadOnlyList<KeyValuePair<PickleNode, PickleNode>>)[];

    public void Add(PickleNode item) => (_items ??= []).Add(item);

    public void Set(PickleNode key, PickleNode value) => (_entries ??= []).Add(new(key, value));
}

/// <summary>A list.</summary>
internal sealed class PickleList : PickleContainer;

/// <summary>A set.</summary>
internal sealed class PickleSet : PickleContainer;

/// <summary>A dictionary.</summary>
internal sealed class PickleDictionary : PickleContainer;

/// <summary>The name of something in Python: a class or a function. Never looked up.</summary>
internal sealed class PickleGlobal(string module, string name) : PickleNode
{
    public string Module => module;

    public string Name => name;

    public bool Is(string otherModule, string otherName) => module == otherModule && name == otherName;

    public override string ToString() => $"{module}.{name}";
}

/// <summary>
/// "Call this with that": what Python would do and we do not. Readers recognise the few calls that rebuild containers,
/// arrays and numbers.
/// </summary>
internal sealed class PickleCall(PickleGlobal callee, PickleTuple arguments) : PickleContainer
{
    public PickleGlobal Callee => callee;

    public IReadOnlyList<PickleNode> Arguments => arguments.Items;

    /// <summary>What BUILD gave it; null if nothing.</summary>
    public PickleNode? State { get; set; }
}

/// <summary>A reference to something outside of the pickle: in torch's files, a storage.</summary>
internal sealed class PicklePersistent(PickleNode id) : PickleNode
{
    public PickleNode Id => id;
}
