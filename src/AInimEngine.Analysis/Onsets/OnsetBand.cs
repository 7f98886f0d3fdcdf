namespace AInimEngine.Analysis.Onsets;

/// <summary>In which part of the spectrum an onset is heard.</summary>
public enum OnsetBand
{
    /// <summary>Over the whole band.</summary>
    All,

    /// <summary>Below 160 Hz: kicks, bass notes.</summary>
    Low,

    /// <summary>160 Hz to 2560 Hz: snares, chords, voices.</summary>
    Mid,

    /// <summary>Above 2560 Hz: hats.</summary>
    High,
}
