namespace AInimEngine.Training.Data;

/// <summary>Where the pictures are and what is made of them. Together with the files it decides every pixel of the set.</summary>
/// <param name="Path">A folder, or a film.</param>
/// <param name="Resolution">Width and height of the pictures in the set, 8 to 2048.</param>
public sealed record DataSettings(string Path, int Resolution)
{
    /// <summary>Fewer pictures than this are refused.</summary>
    public const int FewestPictures = 10;

    /// <summary>Fewer than this are warned about.</summary>
    public const int FewPictures = 50;

    /// <summary>Which square is taken.</summary>
    public CropMode Crop { get; init; } = CropMode.Centre;

    /// <summary>What lies behind transparent pixels.</summary>
    public Backdrop Backdrop { get; init; } = Backdrop.Black;

    /// <summary>Whether each folder right under <see cref="Path"/> is a class.</summary>
    public bool ClassesFromFolders { get; init; }

    /// <summary>How many style classes are found by likeness where folders make none; 0 for none.</summary>
    public int StyleClusters { get; init; }

    /// <summary>Most pictures taken from a film.</summary>
    public int MostFromFilm { get; init; } = 1000;

    /// <summary>Longest that one picture may take to decode; a limit against hostile files, not part of what decides the set.</summary>
    public TimeSpan PictureLimit { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Decides where the search for style classes begins.</summary>
    public ulong Seed { get; init; }
}
