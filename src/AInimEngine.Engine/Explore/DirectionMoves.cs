using System.Globalization;
using AInimEngine.Core.Errors;
using AInimEngine.Neural.Latents;

namespace AInimEngine.Engine.Explore;

/// <summary>Moves points along directions that were found before.</summary>
public static class DirectionMoves
{
    // Strips go from -1 to 1; farther out pictures fall apart.
    private const double Farthest = 10;

    /// <summary>The point moved.</summary>
    /// <param name="model">Whose.</param>
    /// <param name="point">From where.</param>
    /// <param name="list">Directions of that model, or of one with the same latents.</param>
    /// <param name="moves">"coarse-1:0.5,fine-2:-1": names, and how far, 1 being the right end of the direction's strip.</param>
    /// <exception cref="AInimException">There is no such direction, or it is of another model.</exception>
    public static LatentPoint Move(ExploreModel model, LatentPoint point, DirectionList list, string moves)
    {
        int width = model.Network.Shape.WDim, layers = model.Network.Shape.Layers;
        if (list.WDim != width)
            throw new AInimException(ExitCode.Usage, $"the directions are of '{list.Model}' with w of {list.WDim} numbers; '{model.Name}' has {width}. Find its own with 'ainim explore directions -m {model.Name}'.");
        float[] w = [.. point.W];
        foreach (string move in moves.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            string[] parts = move.Split(':');
            if (parts.Length != 2 || !double.TryParse(parts[1], NumberStyles.Float, CultureInfo.InvariantCulture, out double amount) || !(Math.Abs(amount) <= Farthest))
                throw new AInimException(ExitCode.Usage, $"'{move}' is no move. Pass a direction and how far, from -{Farthest} to {Farthest}, as in coarse-1:0.5.");
            LatentDirection direction = list.Directions.FirstOrDefault(one => one.Name == parts[0]) ?? throw new AInimException(
                ExitCode.Usage, $"there is no direction '{parts[0]}'; there are: {string.Join(", ", list.Directions.Take(24).Select(one => one.Name))}.");
            if (direction.FirstLayer + direction.LayerCount > layers)
                throw new AInimException(ExitCode.Usage, $"the direction '{direction.Name}' is of layers {direction.FirstLayer} to {direction.FirstLayer + direction.LayerCount - 1}; '{model.Name}' has {layers}.");
            for (int layer = direction.FirstLayer; layer < direction.FirstLayer + direction.LayerCount; layer++)
                for (int i = 0; i < width; i++)
                    w[layer * width + i] += (float)(amount * direction.Extent * direction.Vector[i]);
        }
        return new LatentPoint(moves.Length <= 60 ? moves : moves[..57] + "...", w, null);
    }
}
