namespace AInimEngine.Neural.Models.Pickles;

/// <summary>The opcodes that are read, and names for those that are not.</summary>
internal static class PickleOpcode
{
    public const byte
        Proto = 0x80, Frame = 0x95, Stop = (byte)'.', Mark = (byte)'(',
        None = (byte)'N', NewTrue = 0x88, NewFalse = 0x89,
        BinInt = (byte)'J', BinInt1 = (byte)'K', BinInt2 = (byte)'M', Long1 = 0x8a, BinFloat = (byte)'G',
        BinUnicode = (byte)'X', ShortBinUnicode = 0x8c, BinUnicode8 = 0x8d,
        BinBytes = (byte)'B', ShortBinBytes = (byte)'C', BinBytes8 = 0x8e,
        BinString = (byte)'T', ShortBinString = (byte)'U',
        EmptyDict = (byte)'}', EmptyList = (byte)']', EmptySet = 0x8f, EmptyTuple = (byte)')',
        Tuple = (byte)'t', Tuple1 = 0x85, Tuple2 = 0x86, Tuple3 = 0x87,
        Append = (byte)'a', Appends = (byte)'e', AddItems = 0x90, SetItem = (byte)'s', SetItems = (byte)'u',
        BinPut = (byte)'q', LongBinPut = (byte)'r', Memoize = 0x94, BinGet = (byte)'h', LongBinGet = (byte)'j',
        Global = (byte)'c', StackGlobal = 0x93, Reduce = (byte)'R', NewObj = 0x81, Build = (byte)'b', BinPersId = (byte)'Q';

    /// <summary>Python's name of an opcode that is refused.</summary>
    public static string NameOf(byte opcode) => opcode switch
    {
        (byte)'i' => "INST",
        (byte)'o' => "OBJ",
        0x92 => "NEWOBJ_EX",
        0x82 => "EXT1",
        0x83 => "EXT2",
        0x84 => "EXT4",
        (byte)'P' => "PERSID",
        0x96 => "BYTEARRAY8",
        0x97 => "NEXT_BUFFER",
        0x98 => "READONLY_BUFFER",
        0x8b => "LONG4",
        0x91 => "FROZENSET",
        (byte)'0' => "POP",
        (byte)'1' => "POP_MARK",
        (byte)'2' => "DUP",
        (byte)'F' => "FLOAT",
        (byte)'I' => "INT",
        (byte)'L' => "LONG",
        (byte)'S' => "STRING",
        (byte)'V' => "UNICODE",
        (byte)'d' => "DICT",
        (byte)'l' => "LIST",
        (byte)'g' => "GET",
        (byte)'p' => "PUT",
        _ => $"0x{opcode:x2}",
    };
}
