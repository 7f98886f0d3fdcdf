using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using AInimEngine.Core.Errors;
using AInimEngine.Core.Files;
using AInimEngine.Media;
using AInimEngine.Media.Pictures;
using AInimEngine.Training.Data.Films;
using AInimEngine.Training.Data.Sorting;
using AInimEngine.Training.Data.Sources;

namespace AInimEngine.Training.Data;

/// <summary>
/// Makes a training set of any folder of pictures, or of a film, and keeps it: the same files and settings give the same set,
/// to the byte, and the second time at once.
/// </summary>
/// <param name="cacheFolder">Where sets are kept; made when the first is. What is in it can be made again.</param>
public sealed class TrainingSetBuilder(string cacheFolder)
{
    private const int MostKept = 24, MostNamed = 3;

    /// <summary>Makes the set, or finds it. Blocks, and decodes on threads of its own.</summary>
    /// <param name="settings">Where the pictures are and what is made of them.</param>
    /// <param name="progress">Told from any thread.</param>
    /// <param name="cancellation">Stops.</param>
    /// <exception cref="AInimException">Nothing there, too few pictures, or no room for them.</exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public TrainingData Build(DataSettings settings, IProgress<DataProgress>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(settings.Resolution, 8);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(settings.Resolution, 2048);
        ArgumentOutOfRangeException.ThrowIfNegative(settings.StyleClusters);
        ArgumentOutOfRangeException.ThrowIfLessThan(settings.MostFromFilm, DataSettings.FewestPictures);
        progress?.Report(new DataProgress(DataStage.Looking, 0, 0));
        if (Directory.Exists(settings.Path))
            return BuildFromFolder(settings, progress, cancellation);
        if (!File.Exists(settings.Path))
            throw Refused(settings, "no such folder or file. Pass a folder of pictures, or a film.");
        if (IsPicture(settings))
            throw Refused(settings, $"it is one picture. Pass a folder of at least {DataSettings.FewestPictures}, or a film.");
        if (settings.ClassesFromFolders)
            throw Refused(settings, "a film has no folders to make classes of. Pass a folder, or do without classes.");
        return BuildFromFilm(settings, progress, cancellation);
    }

    /// <summary>Whether a file is a picture that cannot move.</summary>
    private static bool IsPicture(DataSettings settings)
    {
        const int enough = 64 << 20;
        try
        {
            using FileStream file = SmallFile.Open(settings.Path);
            var bytes = new byte[(int)Math.Min(file.Length, enough)];
            file.ReadExactly(bytes);
            return PictureInfo.Read(bytes).Kind != "GIF";
        }
        catch (InvalidDataException)
        {
            return false;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw Refused(settings, SystemReason.Of(error) + " Pass a folder of pictures, or a film.");
        }
    }

    private TrainingData BuildFromFilm(DataSettings settings, IProgress<DataProgress>? progress, CancellationToken cancellation)
    {
        FFmpegTools tools = FFmpegTools.Find();
        MediaInfo info = MediaInfo.Probe(settings.Path, tools: tools, cancellation: cancellation);
        info.RequireVideo();
        string path = PathOf(settings, [new SourceFile("film", settings.Path, -1)], progress, cancellation);
        if (Find(path, settings.Resolution) is { } known)
            return known;
        var film = new FilmReader(info, settings, tools);
        film.Watch(progress, cancellation);
        using var writer = new TrainingSetWriter(path, settings.Resolution, Math.Max(1, film.Count));
        LoadedPicture[] pictures = film.Read(writer, progress, cancellation);
        progress?.Report(new DataProgress(DataStage.Sorting, 0, pictures.Length));
        return Complete(settings, path, writer, pictures, [], [], film.Scenes, film.Notes);
    }

    private TrainingData BuildFromFolder(DataSettings settings, IProgress<DataProgress>? progress, CancellationToken cancellation)
    {
        FolderListing listing = FolderListing.Of(settings.Path, settings.ClassesFromFolders);
        if (listing.Files.Count < DataSettings.FewestPictures)
            throw TooFew(settings, listing.Files.Count, listing.Files.Count, listing.Skipped);
        string path = PathOf(settings, listing.Files, progress, cancellation);
        if (Find(path, settings.Resolution) is { } known)
            return known;
        FFmpegTools tools = FFmpegTools.Find();
        using var writer = new TrainingSetWriter(path, settings.Resolution, listing.Files.Count);
        var reader = new PictureReader(settings, writer, new PictureDecoder(tools));
        LoadedPicture[] pictures = PictureWorkers.Run(listing.Files, reader, progress, cancellation);
        progress?.Report(new DataProgress(DataStage.Sorting, 0, pictures.Length));
        return Complete(settings, path, writer, pictures, listing.ClassNames, listing.Skipped, scenes: 0, []);
    }

    private TrainingData Complete(
        DataSettings settings, string path, TrainingSetWriter writer, LoadedPicture[] pictures, string[] folderClasses,
        IReadOnlyList<SkippedFile> unread, int scenes, IReadOnlyList<string> notes)
    {
        (int[] same, int[] near) = Duplicates.Find(pictures);
        bool isFilm = scenes > 0;
        int[] kept = [.. Enumerable.Range(0, pictures.Length).Where(i => pictures[i].Trouble is null && same[i] < 0 && (!isFilm || near[i] < 0))];
        SkippedFile[] skipped = [.. unread.Concat(pictures.Where(p => p.Trouble is not null).Select(p => new SkippedFile(p.Name, p.Trouble!))).OrderBy(s => s.Name, StringComparer.Ordinal)];
        if (kept.Length < DataSettings.FewestPictures)
            throw isFilm ? TooStill(settings, kept.Length) : TooFew(settings, kept.Length, pictures.Length, skipped);

        (string[] classNames, int[] labels) = Classes(settings, [.. kept.Select(i => pictures[i])], folderClasses);
        int[] sides = [.. kept.Select(i => pictures[i].Side).Order()];
        var report = new DataReport
        {
            Found = pictures.Length + unread.Count,
            Used = kept.Length,
            Skipped = skipped,
            Duplicates = Pairs(same),
            NearDuplicates = Pairs(near),
            IsCompared = pictures.Length <= Duplicates.MostCompared,
            Enlarged = sides.Count(side => side < settings.Resolution),
            SmallestSide = sides[0],
            MedianSide = sides[sides.Length / 2],
            Transparent = kept.Count(i => pictures[i].IsTransparent),
            Vanished = kept.Count(i => pictures[i].IsTransparent && IsFlat(pictures[i].Likeness, settings.Backdrop)),
            Converted = kept.Count(i => pictures[i].IsConverted),
            ProfilesIgnored = kept.Count(i => pictures[i].IsProfileIgnored),
            Classes = [.. classNames.Select((name, c) => new ClassCount(name, labels.Count(label => label == c)))],
            Scenes = scenes,
        };
        report = report with { Warnings = DataWarnings.Of(report, settings, notes) };
        writer.Complete(kept, classNames, labels, [.. kept.Select(i => pictures[i].Name)], report);
        Prune();
        MappedTrainingSet set = MappedTrainingSet.Open(path, settings.Resolution);
        return new TrainingData(set, set.Report);

        PicturePair[] Pairs(int[] like) => [.. Enumerable.Range(0, pictures.Length).Where(i => like[i] >= 0).Select(i => new PicturePair(pictures[i].Name, pictures[like[i]].Name))];
    }

    /// <summary>Whether nearly all of a picture is as its backdrop.</summary>
    private static bool IsFlat(in Likeness likeness, Backdrop backdrop)
    {
        const int dark = 16; // of 255, on the mean
        double mean = likeness.Thumb.Average(value => value);
        return backdrop == Backdrop.White ? mean > 255 - dark : mean < dark;
    }

    /// <summary>Folders that have pictures, or groups of like ones.</summary>
    private static (string[] Names, int[] Labels) Classes(DataSettings settings, LoadedPicture[] kept, string[] folderClasses)
    {
        if (folderClasses.Length > 0)
        {
            int[] present = [.. kept.Select(picture => picture.Label).Distinct().Order()];
            if (present.Length < 2)
                throw Refused(settings, $"only one of its folders ('{folderClasses[present[0]]}') has pictures that can be used, and each is a class. Add pictures to the others, or do without classes.");
            return ([.. present.Select(label => folderClasses[label])], [.. kept.Select(picture => Array.IndexOf(present, picture.Label))]);
        }
        if (settings.StyleClusters == 0)
            return ([], []);
        int classes = Math.Min(settings.StyleClusters, kept.Length);
        return ([.. Enumerable.Range(1, classes).Select(n => string.Create(CultureInfo.InvariantCulture, $"style {n}"))],
            StyleClasses.Find([.. kept.Select(picture => picture.Style)], classes, settings.Seed));
    }

    /// <summary>Where the set of these files lies: its name is a hash of what is in them and of the settings.</summary>
    private string PathOf(DataSettings settings, IReadOnlyList<SourceFile> files, IProgress<DataProgress>? progress, CancellationToken cancellation)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture,
            $"{TrainingSetFormat.Version} {settings.Resolution} {settings.Crop} {settings.Backdrop} {settings.ClassesFromFolders} {settings.StyleClusters} {settings.MostFromFilm} {settings.Seed}\n")));
        for (int i = 0; i < files.Count; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            hash.AppendData(Encoding.UTF8.GetBytes(files[i].Name + "\n"));
            hash.AppendData(Fingerprint.Of(files[i].Path));
            if (i % 100 == 99)
                progress?.Report(new DataProgress(DataStage.Looking, i + 1, files.Count));
        }
        return Path.Combine(cacheFolder, Convert.ToHexStringLower(hash.GetHashAndReset())[..32] + ".set");
    }

    /// <summary>A set that is there and whole; one that is not counts as absent.</summary>
    private static TrainingData? Find(string path, int resolution)
    {
        try
        {
            if (!File.Exists(path))
                return null;
            MappedTrainingSet set = MappedTrainingSet.Open(path, resolution);
            Touch(path);
            return new TrainingData(set, set.Report with { FromCache = true });
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            return null;
        }
    }

    private static void Touch(string path)
    {
        try
        {
            File.SetLastWriteTimeUtc(path, TimeProvider.System.GetUtcNow().UtcDateTime); // the last used goes last
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // A cache that may only be read.
        }
    }

    private void Prune()
    {
        try
        {
            var here = new DirectoryInfo(cacheFolder);
            DateTime yesterday = TimeProvider.System.GetUtcNow().UtcDateTime.AddDays(-1);
            foreach (FileInfo file in here.GetFiles("*.partial").Where(file => file.LastWriteTimeUtc < yesterday)
                .Concat(here.GetFiles("*.set").OrderByDescending(file => file.LastWriteTimeUtc).Skip(MostKept)))
                PartialFile.Discard(file.FullName);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // What is old stays for the next time.
        }
    }

    private static AInimException TooFew(DataSettings settings, int usable, int found, IReadOnlyList<SkippedFile> skipped)
    {
        string named = string.Join("; ", skipped.Take(MostNamed).Select(file => $"'{file.Name}': {file.Reason}"));
        string trouble = skipped.Count == 0 ? string.Empty : $" ({skipped.Count} cannot be used: {named}{(skipped.Count > MostNamed ? "; ..." : "")})";
        string what = found == 0 && skipped.Count == 0 ? "it holds no files" : usable == 1 ? "it has 1 picture" : $"it has {usable} pictures";
        return Refused(settings, $"{what}{trouble}; at least {DataSettings.FewestPictures} different ones are needed, and {DataSettings.FewPictures} or more are better. Add pictures, or pass a film.");
    }

    private static AInimException TooStill(DataSettings settings, int usable) =>
        Refused(settings, $"the film shows {usable} different picture{(usable == 1 ? "" : "s")}; at least {DataSettings.FewestPictures} are needed. Pass a longer film, or a folder of pictures.");

    private static AInimException Refused(DataSettings settings, string what) => new(ExitCode.Input, $"cannot train on '{settings.Path}': {what}");
}
