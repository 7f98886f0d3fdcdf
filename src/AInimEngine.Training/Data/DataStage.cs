namespace AInimEngine.Training.Data;

/// <summary>What is being done while a set is made.</summary>
public enum DataStage
{
    /// <summary>Looking at the files: which they are, whether the set exists already.</summary>
    Looking,

    /// <summary>Watching a film for its scenes; counted in frames, of which the total is an estimate.</summary>
    Watching,

    /// <summary>Decoding, cropping and resizing; counted in pictures.</summary>
    Reading,

    /// <summary>Comparing and grouping; counted in pictures.</summary>
    Sorting,
}
