using AInimEngine.Core.Errors;
using AInimEngine.Core.Files;
using AInimEngine.Media.Pictures;
using AInimEngine.Training.Data.Resizing;
using AInimEngine.Training.Data.Sorting;

namespace AInimEngine.Training.Data.Sources;

/// <summary>
/// Turns files into pictures of the set: reads, decodes (small ones several at once), crops, resizes, measures and puts each
/// into its place. What cannot be used comes back with the reason. Any thread, each its own files.
/// </summary>
internal sealed class PictureReader(DataSettings settings, TrainingSetWriter writer, PictureDecoder decoder)
{
    private const long MostFileBytes = 1L << 30, MostPixels = 128_000_000, LargePixels = 24_000_000, LargeBytes = 64 << 20, SmallPixels = 1_500_000, MostPixelsAtOnce = 8_000_000;

    private readonly Lock _large = new(); // a large file, or picture (which ffmpeg holds whole): one at a time

    private sealed record Job(int Place, SourceFile Source, PictureInfo Info, byte[] File);

    /// <summary>Reads some files.</summary>
    /// <param name="files">All files of the set.</param>
    /// <param name="first">The first to read; its place is the same number.</param>
    /// <param name="count">How many.</param>
    /// <param name="results">Where to tell what became of each.</param>
    /// <param name="tell">Told how many more are done.</param>
    /// <param name="cancellation">Stops.</param>
    public void Read(
        IReadOnlyList<SourceFile> files, int first, int count, LoadedPicture[] results, Action<int> tell, CancellationToken cancellation)
    {
        var small = new List<Job>();
        for (int place = first; place < first + count; place++)
        {
            cancellation.ThrowIfCancellationRequested();
            using FileStream? stream = Open(files[place], out LoadedPicture? failure);
            bool isLarge = stream?.Length > LargeBytes;
            if (isLarge)
                _large.Enter();
            try
            {
                results[place] = failure ?? Next(place, files[place], stream!, small, cancellation)!;
            }
            finally
            {
                if (isLarge)
                    _large.Exit();
            }
            if (results[place] is not null)
                tell(1);
        }
        while (small.Count > 0)
        {
            List<Job> batch = [small[0]];
            long pixels = (long)small[0].Info.Width * small[0].Info.Height;
            foreach (Job job in small.Skip(1).Where(job => PictureDecoder.CanShare(job.Info, small[0].Info)))
            {
                pixels += (long)job.Info.Width * job.Info.Height;
                if (pixels > MostPixelsAtOnce)
                    break;
                batch.Add(job);
            }
            small.RemoveAll(batch.Contains);
            if (batch.Count == 1 || !Many(batch, results, cancellation))
            {
                foreach (Job job in batch)
                    results[job.Place] = One(job, cancellation);
            }
            tell(batch.Count);
        }
    }

    private static FileStream? Open(SourceFile source, out LoadedPicture? failure)
    {
        failure = null;
        try
        {
            return SmallFile.Open(source.Path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            failure = Failed(source, error);
            return null;
        }
    }

    /// <summary>Reads a file, and decodes it unless it is small: then it waits for others, and there is no result yet.</summary>
    private LoadedPicture? Next(int place, SourceFile source, FileStream stream, List<Job> small, CancellationToken cancellation)
    {
        try
        {
            if (stream.Length > MostFileBytes)
                throw new InvalidDataException($"the file has {stream.Length >> 20} MiB; at most {MostFileBytes >> 20} are read");
            var file = new byte[stream.Length];
            stream.ReadExactly(file);
            PictureInfo info = PictureInfo.Read(file);
            long pixels = (long)info.Width * info.Height;
            if (pixels > MostPixels)
                throw new InvalidDataException($"{info.Width}x{info.Height} pixels; at most {MostPixels / 1_000_000} million are read: scale it down");
            var job = new Job(place, source, info, file);
            if (pixels > SmallPixels)
                return One(job, cancellation);
            small.Add(job);
            return null;
        }
        catch (Exception error) when (error is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            return Failed(source, error);
        }
    }

    private bool Many(List<Job> jobs, LoadedPicture[] results, CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(settings.PictureLimit);
        var reducers = new RowReducer[jobs.Count];
        try
        {
            bool decoded = decoder.TryDecode([.. jobs.Select(job => (job.Info, job.File))], (picture, y, row) =>
            {
                Job job = jobs[picture];
                if (y == 0)
                    reducers[picture] = Reducer(job);
                reducers[picture].Add(y, row);
                if (y == job.Info.Height - 1)
                    results[job.Place] = Place(job, reducers[picture]);
            }, limit.Token);
            return decoded;
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return false; // one of them is slow: each gets its own time
        }
    }

    private LoadedPicture One(Job job, CancellationToken cancellation)
    {
        bool isLarge = (long)job.Info.Width * job.Info.Height > LargePixels;
        if (isLarge)
            _large.Enter();
        try
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
            limit.CancelAfter(settings.PictureLimit);
            RowReducer reducer = Reducer(job);
            decoder.Decode(job.Info, job.File, (_, y, row) => reducer.Add(y, row), limit.Token);
            return Place(job, reducer);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return Failed(job.Source, new InvalidDataException($"it takes longer than {settings.PictureLimit.TotalSeconds:0.###} s to decode"));
        }
        catch (InvalidDataException error)
        {
            return Failed(job.Source, error);
        }
        finally
        {
            if (isLarge)
                _large.Exit();
        }
    }

    private RowReducer Reducer(Job job) => new(job.Info, Profile(job.Info), settings.Resolution, settings.Backdrop);

    /// <summary>What the values mean: the profile if it can be followed, else a PNG's own exponent, else sRGB.</summary>
    private static ColorProfile Profile(PictureInfo info)
    {
        const double usual = 0.45455;
        if (info.Profile is { } profile && !info.IsCmyk) // inks were turned to RGB already, not by the profile
            return ColorProfile.TryRead(profile) ?? ColorProfile.Srgb;
        return info.Gamma is > 0.1 and < 10 && Math.Abs(info.Gamma - usual) > 0.02 ? ColorProfile.Power(info.Gamma) : ColorProfile.Srgb;
    }

    private LoadedPicture Place(Job job, RowReducer reducer)
    {
        ColorProfile profile = Profile(job.Info);
        bool isSrgb = ReferenceEquals(profile, ColorProfile.Srgb);
        LoadedPicture picture = PicturePlacer.Place(reducer.Finish(), job.Place, settings, writer) with
        {
            Name = job.Source.Name,
            Label = job.Source.Label,
            Side = Math.Min(job.Info.Width, job.Info.Height),
            IsTransparent = reducer.IsTransparent,
            IsConverted = !isSrgb,
            IsProfileIgnored = job.Info.Profile is { } inscribed && isSrgb && (job.Info.IsCmyk || ColorProfile.TryRead(inscribed) is null),
        };
        return picture;
    }

    private static LoadedPicture Failed(SourceFile source, Exception error) => new()
    {
        Name = source.Name,
        Label = source.Label,
        Trouble = (error is InvalidDataException ? error.Message : SystemReason.Of(error)).ReplaceLineEndings(" ").TrimEnd('.', ' '),
    };
}
