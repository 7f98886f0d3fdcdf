using AInimEngine.Training.Data.Resizing;
using AInimEngine.Training.Data.Sorting;

namespace AInimEngine.Training.Data.Sources;

/// <summary>The last steps that every picture takes, wherever it came from: crop, resize, measure, write.</summary>
internal static class PicturePlacer
{
    /// <summary>Puts a picture into its place and measures it.</summary>
    /// <param name="picture">Upright, in linear light.</param>
    /// <param name="place">Where.</param>
    /// <param name="settings">Crop and resolution.</param>
    /// <param name="writer">Takes the pixels.</param>
    public static LoadedPicture Place(LinearPicture picture, int place, DataSettings settings, TrainingSetWriter writer)
    {
        int side = Math.Min(picture.Width, picture.Height), resolution = settings.Resolution;
        (int left, int top) = settings.Crop == CropMode.Smart
            ? SaliencyCrop.Find(picture)
            : ((picture.Width - side) / 2, (picture.Height - side) / 2);
        var pixels = new byte[TrainingSetFormat.PictureBytes(resolution)];
        SquareResampler.Resample(picture, left, top, side, resolution, pixels);
        writer.Write(place, pixels);
        return new LoadedPicture
        {
            Name = string.Empty,
            Side = side,
            Hash = TrainingSetFormat.PictureHash(pixels),
            Likeness = Likeness.Of(pixels, resolution),
            Style = settings.StyleClusters > 0 && !settings.ClassesFromFolders ? StyleFeatures.Of(pixels, resolution) : [],
        };
    }
}
