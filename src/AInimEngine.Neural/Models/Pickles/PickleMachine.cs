using System.Buffers.Binary;
using System.Text;
using System.Text.Unicode;

namespace AInimEngine.Neural.Models.Pickles;

/// <summary>
/// Reads a pickle symbolically: calls, classes and persistent references become inert nodes, nothing is imported or called.
/// Protocols 2 to 5 as far as models use them. Time and memory are linear in the bytes read, and recursion is not needed.
/// </summary>
internal sealed class PickleMachine
{
    private readonly ReadOnlyMemory<byte> _bytes;
    private readonly PickleBudget _budget;
    private readonly List<PickleNode> _stack = [];
    private readonly Stack<int> _marks = [];
    private readonly Dictionary<uint, PickleNode> _memo = [];
    private readonly List<PicklePersistent> _persistents = [];
    private int _position;

    private PickleMachine(ReadOnlyMemory<byte> bytes, int position, PickleBudget budget) =>
        (_bytes, _position, _budget) = (bytes, position, budget);

    /// <summary>Reads one pickle.</summary>
    /// <param name="bytes">A file, or a part of one.</param>
    /// <param name="position">Where the pickle begins; afterwards, where it ended.</param>
    /// <param name="budget">Shared by all pickles of a file.</param>
    /// <param name="persistents">Every persistent reference, in order.</param>
    /// <exception cref="InvalidDataException">Broken, too large, or with something that no model needs.</exception>
    public static PickleNode Read(ReadOnlyMemory<byte> bytes, ref int position, PickleBudget budget, out IReadOnlyList<PicklePersistent> persistents)
    {
        var machine = new PickleMachine(bytes, position, budget);
        PickleNode node = machine.Run();
        position = machine._position;
        persistents = machine._persistents;
        return node;
    }

    private PickleNode Run()
    {
        while (true)
        {
            _budget.SpendOpcode();
            byte opcode = Byte();
            if (opcode == PickleOpcode.Stop)
                return _stack.Count == 1 && _marks.Count == 0 ? _stack[0] : throw Broken("it stops in the middle");
            Step(opcode);
        }
    }

    private void Step(byte opcode)
    {
        switch (opcode)
        {
            case PickleOpcode.Proto:
                if (Byte() is var protocol and (< 2 or > 5))
                    throw new InvalidDataException($"its pickle is of protocol {protocol}; pickle it anew with a protocol from 2 to 5");
                break;
            case PickleOpcode.Frame:
                // A hint for buffering; what follows is bounded by itself.
                Take(8);
                break;
            case PickleOpcode.Mark:
                if (_marks.Count >= PickleBudget.MostMarks)
                    throw new InvalidDataException($"its pickle nests more than {PickleBudget.MostMarks} deep");
                _marks.Push(_stack.Count);
                break;
            case PickleOpcode.None: Push(PickleNone.Instance); break;
            case PickleOpcode.NewTrue: Push(PickleBool.True); break;
            case PickleOpcode.NewFalse: Push(PickleBool.False); break;
            case PickleOpcode.BinInt: Push(new PickleInteger(BinaryPrimitives.ReadInt32LittleEndian(Take(4).Span))); break;
            case PickleOpcode.BinInt1: Push(new PickleInteger(Byte())); break;
            case PickleOpcode.BinInt2: Push(new PickleInteger(BinaryPrimitives.ReadUInt16LittleEndian(Take(2).Span))); break;
            case PickleOpcode.Long1: Push(Integer(Take(Byte()))); break;
            case PickleOpcode.BinFloat: Push(new PickleFloat(BinaryPrimitives.ReadDoubleBigEndian(Take(8).Span))); break;
            case PickleOpcode.BinUnicode: Push(Text(Take(Length32()))); break;
            case PickleOpcode.ShortBinUnicode: Push(Text(Take(Byte()))); break;
            case PickleOpcode.BinUnicode8: Push(Text(Take(Length64()))); break;
            case PickleOpcode.BinBytes: Push(new PickleBytes(Take(Length32()))); break;
            case PickleOpcode.ShortBinBytes: Push(new PickleBytes(Take(Byte()))); break;
            case PickleOpcode.BinBytes8: Push(new PickleBytes(Take(Length64()))); break;
            case PickleOpcode.BinString: Push(new PickleBytes(Take(Length32()))); break;
            case PickleOpcode.ShortBinString: Push(new PickleBytes(Take(Byte()))); break;
            case PickleOpcode.EmptyDict: Push(new PickleDictionary()); break;
            case PickleOpcode.EmptyList: Push(new PickleList()); break;
            case PickleOpcode.EmptySet: Push(new PickleSet()); break;
            case PickleOpcode.EmptyTuple: Push(PickleTuple.Empty); break;
            case PickleOpcode.Tuple: Push(new PickleTuple(PopToMark())); break;
            case PickleOpcode.Tuple1: Push(new PickleTuple(Pop(1))); break;
            case PickleOpcode.Tuple2: Push(new PickleTuple(Pop(2))); break;
            case PickleOpcode.Tuple3: Push(new PickleTuple(Pop(3))); break;
            case PickleOpcode.Append: Append(Pop(1)); break;
            case PickleOpcode.Appends: Append(PopToMark()); break;
            case PickleOpcode.AddItems: AddItems(PopToMark()); break;
            case PickleOpcode.SetItem: SetItems(Pop(2)); break;
            case PickleOpcode.SetItems: SetItems(PopToMark()); break;
            case PickleOpcode.BinPut: Remember(Byte()); break;
            case PickleOpcode.LongBinPut: Remember(BinaryPrimitives.ReadUInt32LittleEndian(Take(4).Span)); break;
            case PickleOpcode.Memoize: Remember((uint)_memo.Count); break;
            case PickleOpcode.BinGet: Push(Recall(Byte())); break;
            case PickleOpcode.LongBinGet: Push(Recall(BinaryPrimitives.ReadUInt32LittleEndian(Take(4).Span))); break;
            case PickleOpcode.Global: Push(Allowed(Line(), Line())); break;
            case PickleOpcode.StackGlobal: StackGlobal(); break;
            case PickleOpcode.Reduce: Call(); break;
            case PickleOpcode.NewObj: Call(); break;
            case PickleOpcode.Build: Build(Pop(1)[0]); break;
            case PickleOpcode.BinPersId: Persistent(Pop(1)[0]); break;
            default:
                throw new InvalidDataException($"its pickle has the instruction {PickleOpcode.NameOf(opcode)} at byte {_position - 1}, which model files do without");
        }
    }

    private void StackGlobal()
    {
        PickleNode[] names = Pop(2);
        if (names[0] is not PickleText module || names[1] is not PickleText name)
            throw Broken("a name is no text");
        Push(Allowed(module.Text, name.Text));
    }

    private void Call()
    {
        PickleNode[] parts = Pop(2);
        if (parts[0] is not PickleGlobal callee || parts[1] is not PickleTuple arguments)
            throw Broken("something is called that has no name");
        Push(new PickleCall(callee, arguments));
    }

    private void Build(PickleNode state)
    {
        if (Top() is not PickleCall { State: null } call)
            throw Broken("state is given to something that takes none");
        call.State = state;
    }

    private void Persistent(PickleNode id)
    {
        var reference = new PicklePersistent(id);
        _persistents.Add(reference);
        Push(reference);
    }

    private void Append(PickleNode[] items)
    {
        if (Top() is not (PickleContainer list and (PickleList or PickleCall)))
            throw Broken("items are added to what is no list");
        foreach (PickleNode item in items)
            list.Add(item);
    }

    private void AddItems(PickleNode[] items)
    {
        if (Top() is not PickleSet set)
            throw Broken("items are added to what is no set");
        foreach (PickleNode item in items)
            set.Add(item);
    }

    private void SetItems(PickleNode[] pairs)
    {
        if (Top() is not (PickleContainer map and (PickleDictionary or PickleCall)))
            throw Broken("keys are set in what is no dictionary");
        if (pairs.Length % 2 != 0)
            throw Broken("a key has no value");
        for (int i = 0; i < pairs.Length; i += 2)
            map.Set(pairs[i], pairs[i + 1]);
    }

    private static PickleNode Integer(ReadOnlyMemory<byte> bytes)
    {
        if (bytes.Length > 8)
            return new PickleLong(bytes);
        long value = 0;
        ReadOnlySpan<byte> span = bytes.Span;
        for (int i = 0; i < span.Length; i++)
            value |= (long)span[i] << (8 * i);
        int unused = 64 - 8 * span.Length;
        return new PickleInteger(span.IsEmpty ? 0 : value << unused >> unused);
    }

    private PickleText Text(ReadOnlyMemory<byte> utf8)
    {
        if (utf8.Length > PickleBudget.MostText)
            throw new InvalidDataException($"its pickle has a text of {utf8.Length} bytes; at most {PickleBudget.MostText} are read");
        return Utf8.IsValid(utf8.Span) ? new PickleText(utf8) : throw Broken("a text is not UTF-8");
    }

    private PickleGlobal Allowed(string module, string name)
    {
        var global = new PickleGlobal(module, name);
        return PickleGlobals.IsAllowed(global)
            ? global
            : throw new InvalidDataException(
                $"its pickle names the Python object {Printable.Quote(global.ToString())}, which the weights of a model do without; nothing was run. If it is a model, save its state_dict() instead, or convert it to safetensors where it was made");
    }

    private string Line()
    {
        ReadOnlySpan<byte> rest = _bytes.Span[_position..];
        int end = rest[..Math.Min(rest.Length, 300)].IndexOf((byte)'\n');
        if (end < 0)
            throw Broken("a name does not end");
        _position += end + 1;
        return Encoding.Latin1.GetString(rest[..end]);
    }

    private void Remember(uint index)
    {
        PickleNode node = Top();
        _memo[index] = node;
    }

    private PickleNode Recall(uint index) => _memo.TryGetValue(index, out PickleNode? node) ? node : throw Broken($"it takes up number {index}, which it never put down");

    private void Push(PickleNode node) => _stack.Add(node);

    private PickleNode Top() => _stack.Count > Floor ? _stack[^1] : throw Broken("it takes from an empty stack");

    private int Floor => _marks.TryPeek(out int mark) ? mark : 0;

    private PickleNode[] Pop(int count)
    {
        if (_stack.Count - Floor < count)
            throw Broken("it takes from an empty stack");
        return Cut(_stack.Count - count);
    }

    private PickleNode[] PopToMark() => _marks.TryPop(out int mark) ? Cut(mark) : throw Broken("it goes back to a mark that is not there");

    private PickleNode[] Cut(int from)
    {
        var items = new PickleNode[_stack.Count - from];
        _stack.CopyTo(from, items, 0, items.Length);
        _stack.RemoveRange(from, items.Length);
        return items;
    }

    private byte Byte()
    {
        if (_position >= _bytes.Length)
            throw Truncated();
        return _bytes.Span[_position++];
    }

    private long Length32() => BinaryPrimitives.ReadUInt32LittleEndian(Take(4).Span);

    private long Length64()
    {
        ulong length = BinaryPrimitives.ReadUInt64LittleEndian(Take(8).Span);
        return length <= int.MaxValue ? (long)length : throw Truncated();
    }

    private ReadOnlyMemory<byte> Take(long count)
    {
        if (count > _bytes.Length - _position)
            throw Truncated();
        ReadOnlyMemory<byte> taken = _bytes.Slice(_position, (int)count);
        _position += (int)count;
        return taken;
    }

    private static InvalidDataException Truncated() => new("its pickle ends too early: the file is cut off or broken; copy or download it again");

    private InvalidDataException Broken(string what) => new($"its pickle is broken at byte {_position}: {what}");
}
