using System.Text.Json.Serialization;

namespace AInimEngine.Training.Data;

/// <summary>What became of the files: kept with the set, and the same when it comes from the cache.</summary>
public sealed record DataReport
{
    /// <summary>Files that were looked at; of a film, frames that were chosen.</summary>
    public required int Found { get; init; }

    /// <summary>Pictures in the set.</summary>
    public required int Used { get; init; }

    /// <summary>Files that are no pictures or cannot be read, in order of names.</summary>
    public IReadOnlyList<SkippedFile> Skipped { get; init; } = [];

    /// <summary>Pictures left out because an earlier one is the same to the pixel.</summary>
    public IReadOnlyList<PicturePair> Duplicates { get; init; } = [];

    /// <summary>Pictures that look almost the same as an earlier one. They are used; from a film they are left out.</summary>
    public IReadOnlyList<PicturePair> NearDuplicates { get; init; } = [];

    /// <summary>Whether near duplicates were looked for; not where there are more than 30,000 pictures, which takes too long.</summary>
    public bool IsCompared { get; init; } = true;

    /// <summary>Pictures whose shorter side is below the resolution, so that they had to be enlarged.</summary>
    public int Enlarged { get; init; }

    /// <summary>Shorter side of the smallest picture, pixels.</summary>
    public int SmallestSide { get; init; }

    /// <summary>Median of the shorter sides, pixels.</summary>
    public int MedianSide { get; init; }

    /// <summary>Pictures with transparent pixels, laid over the backdrop.</summary>
    public int Transparent { get; init; }

    /// <summary>Of those, the ones of which hardly anything can be seen on the backdrop: dark drawings on black, light ones on white.</summary>
    public int Vanished { get; init; }

    /// <summary>Pictures whose colours were converted from a profile other than sRGB.</summary>
    public int Converted { get; init; }

    /// <summary>Pictures whose profile cannot be read here (tables, CMYK) and which were taken as sRGB.</summary>
    public int ProfilesIgnored { get; init; }

    /// <summary>Classes in order, with their pictures; empty without classes.</summary>
    public IReadOnlyList<ClassCount> Classes { get; init; } = [];

    /// <summary>Scenes of a film; 0 for a folder.</summary>
    public int Scenes { get; init; }

    /// <summary>What people should know, a sentence each, gravest first.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>Whether the set was there already.</summary>
    [JsonIgnore]
    public bool FromCache { get; init; }
}
