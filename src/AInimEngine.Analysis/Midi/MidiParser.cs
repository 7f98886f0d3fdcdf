using System.Buffers.Binary;
using System.Text;
using AInimEngine.Core.Errors;

namespace AInimEngine.Analysis.Midi;

/// <summary>Reads the chunks of a Standard MIDI File; allocates in proportion to the events that it has seen.</summary>
internal ref struct MidiParser(ReadOnlySpan<byte> data, string name)
{
    private const int LongestName = 256;

    private readonly ReadOnlySpan<byte> _data = data;
    private readonly string _name = name;
    private readonly List<(long Tick, int Microseconds)> _tempi = [];
    private readonly List<TimeSignature> _timeSignatures = [];
    private readonly List<KeySignature> _keySignatures = [];
    private int _position, _end, _events;

    internal static AInimException Error(string name, string what, Exception? inner = null) =>
        new(ExitCode.Input, $"cannot read MIDI file '{name}': {what.TrimEnd('.')}.", inner);

    internal MidiFile Parse()
    {
        if (_data.Length > MidiFile.MaximumBytes)
            throw Error(_name, $"it has {_data.Length} bytes, more than {MidiFile.MaximumBytes}");
        _end = _data.Length;
        if (_end >= 20 && Tag(0, "RIFF"u8) && Tag(8, "RMID"u8) && Tag(12, "data"u8))
            _position = 20;
        if (_end - _position < 14 || !Tag(_position, "MThd"u8))
            throw Error(_name, "it does not begin with a MIDI header (MThd)");
        uint headerLength = BinaryPrimitives.ReadUInt32BigEndian(_data[(_position + 4)..]);
        int format = Word(_position + 8), trackCount = Word(_position + 10), division = Word(_position + 12);
        if (headerLength < 6 || headerLength > _end - _position - 8)
            throw Error(_name, $"its header claims {headerLength} bytes");
        if (format == 2)
            throw Error(_name, "it holds independent sequences (format 2), which have no common time. Save it as format 0 or 1");
        if (format > 2)
            throw Error(_name, $"format {format} is unknown (0 and 1 are read)");
        _position += 8 + (int)headerLength;

        var tracks = new List<MidiTrack>();
        while (tracks.Count < trackCount)
        {
            if (_data.Length - _position < 8)
                throw Error(_name, $"it ends after {tracks.Count} of {trackCount} tracks");
            bool isTrack = Tag(_position, "MTrk"u8);
            uint length = BinaryPrimitives.ReadUInt32BigEndian(_data[(_position + 4)..]);
            _position += 8;
            if (length > _data.Length - _position)
                throw Error(_name, $"the chunk at byte {_position - 8} claims {length} bytes, {_data.Length - _position} are left");
            _end = _position + (int)length;
            if (isTrack)
                tracks.Add(ParseTrack());
            _position = _end;
        }
        if (tracks.Count == 0)
            throw Error(_name, "it has no tracks");

        var file = new MidiFile(format, MakeTempo(division), tracks, Sorted(_timeSignatures, static s => s.Tick, new(0, 4, 4)),
            Sorted(_keySignatures, static s => s.Tick, null));
        if (file.Duration > MidiFile.MaximumHours * 3600)
            throw Error(_name, $"it lasts {file.Duration / 3600:0} hours, more than {MidiFile.MaximumHours:0}");
        return file;
    }

    /// <summary>Several signatures at one tick (one per track, often): the last holds.</summary>
    private static List<T> Sorted<T>(List<T> signatures, Func<T, long> tickOf, T? first)
        where T : struct
    {
        var sorted = new List<T>();
        if (first is { } initial)
            sorted.Add(initial);
        foreach (T signature in signatures.OrderBy(tickOf))
        {
            if (sorted.Count > 0 && tickOf(sorted[^1]) == tickOf(signature))
                sorted[^1] = signature;
            else
                sorted.Add(signature);
        }
        return sorted;
    }

    private readonly TempoMap MakeTempo(int division)
    {
        if (division < 0x8000)
        {
            if (division == 0)
                throw Error(_name, "its quarter note has 0 ticks");
            return TempoMap.FromTempi(division, _tempi);
        }
        int frames = -(sbyte)(division >> 8), ticksPerFrame = division & 0xFF;
        if (frames is not (24 or 25 or 29 or 30) || ticksPerFrame == 0)
            throw Error(_name, $"it is timed by {frames} SMPTE frames a second of {ticksPerFrame} ticks (24, 25, 29 or 30 frames of 1 to 255 ticks are)");
        // 29 stands for 30000/1001 (drop frame).
        return TempoMap.FromSmpte((frames == 29 ? 30000.0 / 1001 : frames) * ticksPerFrame);
    }

    private MidiTrack ParseTrack()
    {
        var notes = new TrackNotes();
        var controllers = new List<MidiController>();
        string trackName = "";
        long tick = 0;
        int running = 0;
        for (bool ended = false; _position < _end && !ended;)
        {
            tick += VariableLength();
            if (++_events > MidiFile.MaximumEvents)
                throw Error(_name, $"it has more than {MidiFile.MaximumEvents} events");
            int begin = _position, status = Byte();
            if (status < 0x80)
            {
                if (running == 0)
                    throw Error(_name, $"there is no status before the data byte {status} at byte {begin}");
                (status, _position) = (running, begin);
            }
            switch (status)
            {
                case 0xFF:
                    int type = Byte();
                    ended = type == 0x2F;
                    ParseMeta(type, tick, Bytes(VariableLength()), ref trackName);
                    break;
                case 0xF0 or 0xF7:
                    Bytes(VariableLength());
                    break;
                case > 0xF0:
                    throw Error(_name, $"status {status:X2} at byte {begin} does not belong in a file");
                default:
                    running = status;
                    ParseVoice(status, tick, notes, controllers);
                    break;
            }
        }
        return new(trackName, notes.EndAt(tick), controllers, tick);
    }

    private void ParseVoice(int status, long tick, TrackNotes notes, List<MidiController> controllers)
    {
        byte channel = (byte)(status & 0x0F), first = DataByte();
        int kind = status >> 4;
        byte second = kind is 0xC or 0xD ? (byte)0 : DataByte();
        if (kind == 0x9 && second > 0)
            notes.Begin(tick, channel, first, second);
        else if (kind is 0x8 or 0x9)
            notes.End(tick, channel, first);
        else if (kind == 0xB)
            controllers.Add(new(tick, channel, first, second));
    }

    private readonly void ParseMeta(int type, long tick, ReadOnlySpan<byte> content, ref string trackName)
    {
        switch (type)
        {
            case 0x03 when trackName.Length == 0:
                trackName = Text(content);
                break;
            case 0x51 when content.Length >= 3:
                int microseconds = (content[0] << 16) | (content[1] << 8) | content[2];
                if (microseconds > 0)
                    _tempi.Add((tick, microseconds));
                break;
            case 0x58 when content.Length >= 2 && content[0] > 0 && content[1] <= 7:
                _timeSignatures.Add(new(tick, content[0], 1 << content[1]));
                break;
            case 0x59 when content.Length >= 2 && (sbyte)content[0] is >= -7 and <= 7:
                _keySignatures.Add(new(tick, (sbyte)content[0], content[1] == 1));
                break;
        }
    }

    private static string Text(ReadOnlySpan<byte> content)
    {
        content = content[..Math.Min(content.Length, LongestName)];
        // The standard asks for ASCII; what is not UTF-8 is most likely Latin-1.
        string text = System.Text.Unicode.Utf8.IsValid(content) ? Encoding.UTF8.GetString(content) : Encoding.Latin1.GetString(content);
        return string.Concat(text.Where(letter => !char.IsControl(letter))).Trim();
    }

    private readonly bool Tag(int at, ReadOnlySpan<byte> tag) => _data[at..].StartsWith(tag);

    private readonly int Word(int at) => BinaryPrimitives.ReadUInt16BigEndian(_data[at..]);

    private byte Byte() => _position < _end ? _data[_position++] : throw Error(_name, $"a track ends in the middle of an event at byte {_position}");

    private byte DataByte()
    {
        byte value = Byte();
        return value < 0x80 ? value : throw Error(_name, $"the byte {value:X2} at byte {_position - 1} should be below 80");
    }

    private int VariableLength()
    {
        int begin = _position, value = 0;
        for (int count = 0; count < 4; count++)
        {
            int next = Byte();
            value = (value << 7) | (next & 0x7F);
            if (next < 0x80)
                return value;
        }
        throw Error(_name, $"the number at byte {begin} has more than four bytes");
    }

    private ReadOnlySpan<byte> Bytes(int count)
    {
        if (count > _end - _position)
            throw Error(_name, $"the event at byte {_position} claims {count} bytes, {_end - _position} are left in its track");
        ReadOnlySpan<byte> bytes = _data.Slice(_position, count);
        _position += count;
        return bytes;
    }
}
