namespace AInimEngine.Analysis.Stems;

/// <summary>The stems that a mix is taken apart into.</summary>
public enum StemKind
{
    /// <summary>What is struck: short in time, wide in frequency.</summary>
    Percussive,

    /// <summary>What is held below some 180 Hz.</summary>
    Bass,

    /// <summary>What is held in the middle of the stereo picture between 200 Hz and 6 kHz.</summary>
    Lead,

    /// <summary>All else.</summary>
    Rest,
}
