using AInimEngine.Neural.Models;
using AInimEngine.Neural.Networks;

namespace AInimEngine.Neural.Decoding;

/// <summary>
/// How a square model fills a picture of another shape: the 4x4 constant that it grows from is padded to the longer side, in
/// whole cells, and what is too much is cut off both ends.
/// </summary>
/// <param name="Resolution">At which the network stops.</param>
/// <param name="Columns">Columns of the padded constant.</param>
/// <param name="Rows">Rows of the padded constant.</param>
/// <param name="Width">Of the cut picture, pixels.</param>
/// <param name="Height">Of the cut picture, pixels.</param>
public sealed record StylePicture(int Resolution, int Columns, int Rows, int Width, int Height)
{
    private const int MaxCells = 64;

    /// <summary>Width that a 16:9 picture is asked to have on a CPU when nobody says: larger models stop early.</summary>
    public const int DefaultCpuWidth = 320;

    /// <summary>Chooses for a shape.</summary>
    /// <param name="resolution">At which the network stops.</param>
    /// <param name="width">Width of the video; only the shape matters.</param>
    /// <param name="height">Height of the video.</param>
    public static StylePicture For(int resolution, int width, int height)
    {
        double longer = (double)Math.Max(width, height) / Math.Min(width, height);
        int cells = Math.Clamp((int)Math.Round(4 * longer), 4, MaxCells);
        // Whole cells are either more than the shape, and the long side is cut, or less, and the short one is.
        double longSide = cells / 4.0 >= longer ? resolution * longer : resolution * cells / 4.0;
        double shortSide = longSide / longer;
        int most = Math.Max(2, (int)Math.Round(longSide)), least = Math.Max(2, (int)Math.Round(shortSide));
        return width >= height
            ? new StylePicture(resolution, cells, 4, most, least)
            : new StylePicture(resolution, 4, cells, least, most);
    }

    /// <summary>At which resolution a model is decoded.</summary>
    /// <param name="card">The model.</param>
    /// <param name="wantedWidth">Least width of a 16:9 picture; null for the model's own, and <see cref="DefaultCpuWidth"/> on a CPU.</param>
    /// <param name="videoHeight">The shorter side of the video: more pixels would only be thrown away.</param>
    /// <param name="device">Where it is decoded.</param>
    public static int ResolutionOf(ModelCard card, int? wantedWidth, int videoHeight, Device device)
    {
        bool exits = card.Architecture == ModelArchitecture.Sg2 && card.Synthesis == "skip";
        int? width = wantedWidth ?? (device.Type == DeviceType.Cpu ? DefaultCpuWidth : null);
        if (!exits)
            return card.Resolution;
        double needed = Math.Min(width is { } asked ? asked * 9 / 16.0 : card.Resolution, videoHeight);
        int resolution = 16;
        while (resolution < needed && resolution < card.Resolution)
            resolution *= 2;
        return Math.Min(resolution, card.Resolution);
    }
}
