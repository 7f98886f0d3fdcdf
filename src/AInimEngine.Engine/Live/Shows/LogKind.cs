namespace AInimEngine.Engine.Live.Shows;

/// <summary>What a record of a show log holds. The numbers are the file's.</summary>
internal enum LogKind : byte
{
    /// <summary>How the show was played: <see cref="LogHead"/>. The first record.</summary>
    Head = 1,

    /// <summary>A preset came on stage: <see cref="LogDeck"/>. Before any picture of it.</summary>
    Deck = 2,

    /// <summary>The controls of a picture that a generator made: <see cref="LogPicture"/>. Before any frame that shows it.</summary>
    Picture = 3,

    /// <summary>A picture that was shown: <see cref="LogFrame"/>.</summary>
    Frame = 4,

    /// <summary>Sound: seconds of the first sample on the display's clock (double), then 24-bit stereo at 48 kHz.</summary>
    Sound = 5,

    /// <summary>What a hand did: frame (long), row, value (float), text.</summary>
    Event = 6,

    /// <summary>Frame (long) and the first 16 bytes of the SHA-256 of its pixels.</summary>
    Hash = 7,

    /// <summary>Records that found no room so far (long).</summary>
    Lost = 8,

    /// <summary>The show ended well.</summary>
    End = 9,
}
