using System.Globalization;
using AInimEngine.Core.Errors;
using AInimEngine.Media;
using AInimEngine.Media.Pictures;
using AInimEngine.Media.Video;
using AInimEngine.Training.Data.Resizing;
using AInimEngine.Training.Data.Sources;

namespace AInimEngine.Training.Data.Films;

/// <summary>
/// Takes pictures from a film in two passes: one looks at all frames, small, for scenes and black bars; one decodes those
/// that were chosen. Long films are looked at by their key frames only.
/// </summary>
internal sealed class FilmReader(MediaInfo film, DataSettings settings, FFmpegTools tools)
{
    private const int SmallHeight = 96;
    private const double MostPixels = 30_000.0 * 1280 * 720; // minutes of decoding on two cores
    private const int FewestKeyFrames = 300;

    private bool _keyFramesOnly;
    private double _fps;
    private List<long> _numbers = [];
    private (double Left, double Top, double Right, double Bottom) _inner = (0, 0, 1, 1);

    /// <summary>Scenes that were found.</summary>
    public int Scenes { get; private set; }

    /// <summary>What people should know about the film.</summary>
    public IReadOnlyList<string> Notes { get; } = film.RequireVideo().ColorTransfer is "smpte2084" or "arib-std-b67"
        ? ["the film is HDR, which is not tone-mapped here: its pictures are paler than it. An SDR copy trains better."]
        : [];

    /// <summary>Pictures that will be taken, at most.</summary>
    public int Count => _numbers.Count;

    /// <summary>Looks for scenes.</summary>
    /// <exception cref="AInimException">Nothing can be decoded.</exception>
    public void Watch(IProgress<DataProgress>? progress, CancellationToken cancellation)
    {
        MediaStream stream = film.RequireVideo();
        double seconds = film.Duration ?? stream.Duration ?? 0, rate = stream.AverageFrameRate.Value;
        if (rate is not (> 0.01 and < 1000))
            rate = 25;
        _keyFramesOnly = seconds * rate * stream.Width * stream.Height > MostPixels;
        while (true)
        {
            var scenes = new SceneWatcher();
            var borders = new BorderFinder();
            using (FilmFrames frames = FilmFrames.Small(film, SmallHeight, _keyFramesOnly, tools, cancellation))
            {
                while (frames.Read())
                {
                    scenes.Add(frames.Pixels, frames.Width, frames.Height);
                    borders.Add(frames.Pixels, frames.Width, frames.Height);
                    if (frames.Count % 100 == 0)
                        progress?.Report(new DataProgress(DataStage.Watching, frames.Count, _keyFramesOnly ? 0 : (long)(seconds * rate)));
                }
            }
            if (_keyFramesOnly && scenes.Frames.Count < FewestKeyFrames)
            {
                _keyFramesOnly = false; // a film with hardly any: there is no short cut
                continue;
            }
            _fps = _keyFramesOnly ? scenes.Frames.Count / Math.Max(1, seconds) : rate;
            _inner = borders.Find();
            _numbers = FrameChooser.Choose(scenes.Frames, _fps, settings.MostFromFilm, out int count);
            Scenes = count;
            return;
        }
    }

    /// <summary>Takes the chosen pictures into places from 0 on.</summary>
    public LoadedPicture[] Read(TrainingSetWriter writer, IProgress<DataProgress>? progress, CancellationToken cancellation)
    {
        var pictures = new List<LoadedPicture>();
        if (_numbers.Count == 0)
            return [];
        using FilmFrames frames = FilmFrames.Chosen(film, _numbers, _keyFramesOnly, tools, cancellation);
        while (pictures.Count < _numbers.Count && frames.Read())
        {
            var info = new PictureInfo { Kind = "film", Width = frames.Width, Height = frames.Height };
            var reducer = new RowReducer(info, ColorProfile.Srgb, settings.Resolution, settings.Backdrop);
            for (int y = 0; y < frames.Height; y++)
                reducer.Add(y, frames.Pixels.Slice(y * frames.Width * 4, frames.Width * 4));
            LinearPicture whole = reducer.Finish(), inner = whole.Cut(_inner.Left, _inner.Top, _inner.Right, _inner.Bottom);
            double seconds = _numbers[pictures.Count] / _fps;
            pictures.Add(PicturePlacer.Place(inner, pictures.Count, settings, writer) with
            {
                Name = TimeSpan.FromSeconds(seconds).ToString(@"h\:mm\:ss\.ff", CultureInfo.InvariantCulture),
                Side = (int)Math.Min(frames.Width * (_inner.Right - _inner.Left), frames.Height * (_inner.Bottom - _inner.Top)),
            });
            progress?.Report(new DataProgress(DataStage.Reading, pictures.Count, _numbers.Count));
        }
        return [.. pictures];
    }
}
