namespace AInimEngine.Engine.Live.Shows;

/// <summary>All that a picture that was shown was made of. Made once and read into again and again.</summary>
internal sealed class LogFrame
{
    private byte[] _content = [];
    private int _length;

    /// <summary>The record that it was read from.</summary>
    internal ReadOnlySpan<byte> Content => _content.AsSpan(0, _length);

    /// <summary>Number on the display's clock.</summary>
    internal long Frame { get; private set; } = -1;

    /// <summary>What the governor had taken away.</summary>
    internal int Level { get; private set; }

    /// <summary>The flash limiter changed it.</summary>
    internal bool IsLimited { get; private set; }

    /// <summary>The test pattern was shown instead of the presets.</summary>
    internal bool IsPattern { get; private set; }

    /// <summary>0 is a blackout, 1 all light.</summary>
    internal float Light { get; private set; }

    /// <summary>How far a change of preset was, 0..1.</summary>
    internal float Progress { get; private set; }

    /// <summary>Name of its transition.</summary>
    internal string Transition { get; private set; } = "";

    /// <summary>The preset that plays.</summary>
    internal LogDeckState Playing { get; } = new();

    /// <summary>The preset that comes; its number is 0 where none does.</summary>
    internal LogDeckState Coming { get; } = new();

    /// <summary>Both are seen.</summary>
    internal bool IsChanging => Coming is { Deck: not 0, IsPainted: true };

    /// <summary>Writes a frame.</summary>
    internal static void Pack(LogPacker to, LiveStage stage, in ShownFrame shown)
    {
        to.Clear().Add(shown.Frame).Add(shown.Level).Add(shown.IsLimited ? 1 : 0).Add(shown.IsPattern ? 1 : 0).Add(shown.Light)
            .Add(stage.Progress).Add(stage.TransitionName).Add(stage.Coming is null ? 1 : 2);
        LogDeckState.Pack(to, stage.Playing);
        if (stage.Coming is { } coming)
            LogDeckState.Pack(to, coming);
    }

    /// <exception cref="InvalidDataException">It is none.</exception>
    internal void Unpack(ReadOnlySpan<byte> bytes)
    {
        if (_content.Length < bytes.Length)
            _content = new byte[bytes.Length];
        bytes.CopyTo(_content);
        _length = bytes.Length;
        var from = new LogUnpacker(bytes);
        Frame = FrameOf(bytes);
        from.Next<long>();
        Level = from.Next(0, 255);
        IsLimited = from.Next(0, 1) == 1;
        IsPattern = from.Next(0, 1) == 1;
        (Light, Progress) = (from.NextFinite(), from.NextFinite());
        string name = from.Text();
        Transition = name == Transition ? Transition : name;
        int decks = from.Next(1, 2);
        Playing.Unpack(ref from);
        Coming.Deck = 0;
        if (decks == 2)
            Coming.Unpack(ref from);
    }

    /// <summary>The number alone.</summary>
    /// <exception cref="InvalidDataException">It is none.</exception>
    internal static long FrameOf(ReadOnlySpan<byte> bytes)
    {
        var from = new LogUnpacker(bytes);
        long frame = from.Next<long>();
        return frame is >= 0 and < 1L << 40 ? frame : throw new InvalidDataException($"there is no frame {frame}");
    }
}
