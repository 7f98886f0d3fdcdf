namespace AInimEngine.Engine.Live.Shows;

/// <summary>What became of the render of a show.</summary>
public sealed class ShowRenderResult
{
    /// <summary>Pictures of the video.</summary>
    public long Frames { get; internal set; }

    /// <summary>Of these, how many an earlier run had made.</summary>
    public long ResumedAt { get; internal set; }

    /// <summary>Made exactly as shown, at the show's own size and rate; otherwise there is nothing to compare.</summary>
    public bool IsExact { get; internal set; }

    /// <summary>Pictures that were shown.</summary>
    public long Shown { get; internal set; }

    /// <summary>Pictures whose hash the log has.</summary>
    public long Hashes { get; internal set; }

    /// <summary>Of these, how many were made, and compared.</summary>
    public long Compared { get; internal set; }

    /// <summary>Of these, how many are the same to the bit.</summary>
    public long Equal { get; internal set; }

    /// <summary>Number of the first picture that is not; -1 for none.</summary>
    public long FirstDifferent { get; internal set; } = -1;

    /// <summary>Generators' pictures that the log has lost.</summary>
    public long Missing { get; internal set; }
}
