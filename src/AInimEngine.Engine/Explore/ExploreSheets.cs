using AInimEngine.Core.Errors;
using AInimEngine.Core.Imaging;
using AInimEngine.Neural;
using AInimEngine.Neural.Latents;

namespace AInimEngine.Engine.Explore;

/// <summary>Sheets of a model's pictures: seeds, mixed styles, ways between points, directions. PNG files with names in them.</summary>
public static class ExploreSheets
{
    private const int StripPictures = 7;

    /// <summary>Points side by side.</summary>
    /// <param name="model">Whose.</param>
    /// <param name="points">At least one.</param>
    /// <param name="columns">Pictures in a row.</param>
    /// <param name="size">Side of a picture, pixels.</param>
    /// <param name="title">Written above.</param>
    /// <param name="output">The PNG.</param>
    /// <param name="cancellation">Stops it; nothing is written then.</param>
    public static void Points(ExploreModel model, IReadOnlyList<LatentPoint> points, int columns, int size, string title, string output, CancellationToken cancellation = default)
    {
        using var scope = new TensorScope();
        columns = Math.Min(columns, points.Count);
        using var grid = new PictureGrid(title, (points.Count + columns - 1) / columns, columns, size, [], [], hasCaptions: true);
        model.Decode(model.Stack(points), size, (i, image) => grid.Place(i / columns, i % columns, image, points[i].Name), cancellation);
        grid.Save(output);
    }

    /// <summary>Style mixing (Karras et al. 2019): every row's point with some layers of every column's point.</summary>
    /// <param name="model">Whose.</param>
    /// <param name="rows">Points that give the other layers.</param>
    /// <param name="columns">Points that give the layers of the band.</param>
    /// <param name="band">Which layers.</param>
    /// <param name="size">Side of a picture, pixels.</param>
    /// <param name="output">The PNG.</param>
    /// <param name="cancellation">Stops it.</param>
    public static void Mix(ExploreModel model, IReadOnlyList<LatentPoint> rows, IReadOnlyList<LatentPoint> columns, LatentGroup band, int size, string output, CancellationToken cancellation = default)
    {
        using var scope = new TensorScope();
        string title = $"{model.Name}: {band.Name} layers ({band.FirstLayer}-{band.FirstLayer + band.LayerCount - 1}) of the columns";
        using var grid = new PictureGrid(title, rows.Count + 1, columns.Count + 1, size, ["", .. rows.Select(point => point.Name)], ["", .. columns.Select(point => point.Name)], hasCaptions: false);
        Tensor top = model.Stack(columns), side = model.Stack(rows);
        model.Decode(top, size, (i, image) => grid.Place(0, i + 1, image), cancellation);
        for (int row = 0; row < rows.Count; row++)
        {
            using var inner = new TensorScope();
            int at = row + 1;
            Tensor point = side.Narrow(0, row, 1);
            Tensor mixed = point.Repeat(columns.Count, 1, 1);
            mixed.Narrow(1, band.FirstLayer, band.LayerCount).Copy_(top.Narrow(1, band.FirstLayer, band.LayerCount));
            model.Decode(Torch.Cat([point, mixed]), size, (i, image) => grid.Place(at, i, image), cancellation);
        }
        grid.Save(output);
    }

    /// <summary>Ways between points, in W: a row from each to the next.</summary>
    /// <param name="model">Whose.</param>
    /// <param name="points">At least two.</param>
    /// <param name="steps">Pictures from one to the next, both included.</param>
    /// <param name="size">Side of a picture, pixels.</param>
    /// <param name="output">The PNG.</param>
    /// <param name="cancellation">Stops it.</param>
    public static void Walk(ExploreModel model, IReadOnlyList<LatentPoint> points, int steps, int size, string output, CancellationToken cancellation = default)
    {
        using var scope = new TensorScope();
        string[] rows = [.. Enumerable.Range(0, points.Count - 1).Select(i => $"{points[i].Name} - {points[i + 1].Name}")];
        string[] columns = [.. Enumerable.Range(0, steps).Select(step => $"{100.0 * step / (steps - 1):0}%")];
        using var grid = new PictureGrid($"{model.Name}: from point to point", rows.Length, steps, size, rows, columns, hasCaptions: false);
        Tensor all = model.Stack(points);
        for (int row = 0; row < rows.Length; row++)
        {
            using var inner = new TensorScope();
            int at = row;
            Tensor from = all.Narrow(0, row, 1), to = all.Narrow(0, row + 1, 1);
            Tensor way = Torch.Cat([.. Enumerable.Range(0, steps).Select(step => from.Lerp(to, step / (double)(steps - 1)))]);
            model.Decode(way, size, (i, image) => grid.Place(at, i, image), cancellation);
        }
        grid.Save(output);
    }

    /// <summary>A strip along each direction, through one point.</summary>
    /// <param name="model">Whose.</param>
    /// <param name="directions">Ranked, of one band.</param>
    /// <param name="point">The middle of the strips.</param>
    /// <param name="size">Side of a picture, pixels.</param>
    /// <param name="title">Written above.</param>
    /// <param name="output">The PNG.</param>
    /// <param name="cancellation">Stops it.</param>
    public static void Directions(ExploreModel model, IReadOnlyList<LatentDirection> directions, LatentPoint point, int size, string title, string output, CancellationToken cancellation = default)
    {
        using var scope = new TensorScope();
        double[] places = [.. Enumerable.Range(0, StripPictures).Select(i => 2.0 * i / (StripPictures - 1) - 1)];
        string[] rows = [.. directions.Select(direction => $"{direction.Name} {direction.Extent:0.0}")];
        using var grid = new PictureGrid(title, rows.Length, StripPictures, size, rows, [.. places.Select(place => $"{place:+0.00;-0.00;0}")], hasCaptions: false);
        Tensor middle = model.Stack([point]);
        for (int row = 0; row < rows.Length; row++)
        {
            using var inner = new TensorScope();
            int at = row;
            LatentDirection direction = directions[row];
            Tensor strip = Torch.Cat([.. places.Select(place => DirectionRanking.Move(middle, direction, place * direction.Extent))]);
            model.Decode(strip, size, (i, image) => grid.Place(at, i, image), cancellation);
        }
        grid.Save(output);
    }

    /// <summary>A picture that was asked for beside those that were found.</summary>
    /// <param name="pictures">Each with its name.</param>
    /// <param name="title">Written above.</param>
    /// <param name="size">Side of a picture, pixels.</param>
    /// <param name="output">The PNG.</param>
    public static void Comparison(IReadOnlyList<(string Name, Tensor Image)> pictures, string title, int size, string output)
    {
        using var grid = new PictureGrid(title, 1, pictures.Count, size, [], [], hasCaptions: true);
        for (int i = 0; i < pictures.Count; i++)
            grid.Place(0, i, pictures[i].Image, pictures[i].Name);
        grid.Save(output);
    }

    /// <summary>A band of a model's layers by name ("coarse", "mid", "fine") or number ("3", "2-5").</summary>
    /// <exception cref="AInimException">It has no such layers.</exception>
    public static LatentGroup Band(ExploreModel model, string text)
    {
        foreach (LatentGroup group in model.Network.Shape.Groups())
            if (group.Name.Equals(text, StringComparison.OrdinalIgnoreCase) && group.LayerCount > 0)
                return group;
        string[] ends = text.Split('-');
        int layers = model.Network.Shape.Layers;
        return ends.Length <= 2 && int.TryParse(ends[0], out int first) && int.TryParse(ends[^1], out int last) && first >= 0 && last >= first && last < layers
            ? new LatentGroup(text, first, last - first + 1)
            : throw new AInimException(ExitCode.Usage, $"'{text}' names no layers of '{model.Name}'. Pass coarse, mid, fine, or numbers from 0 to {layers - 1} as in 2-5.");
    }
}
