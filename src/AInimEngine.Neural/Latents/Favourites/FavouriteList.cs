namespace AInimEngine.Neural.Latents.Favourites;

/// <summary>The favourites of one model, in the order in which they were added.</summary>
/// <param name="Model">Name of the model.</param>
/// <param name="Layers">Its latent layers.</param>
/// <param name="WDim">Length of its w.</param>
/// <param name="Points">The points; no two of one name.</param>
public sealed record FavouriteList(string Model, int Layers, int WDim, IReadOnlyList<Favourite> Points)
{
    /// <summary>A point by name; null if there is none.</summary>
    public Favourite? Find(string name) => Points.FirstOrDefault(point => point.Name == name);

    /// <summary>The list with a point at its end, or in the place of the one of that name.</summary>
    public FavouriteList With(Favourite point) => this with
    {
        Points = Find(point.Name) is null
            ? [.. Points, point]
            : [.. Points.Select(old => old.Name == point.Name ? point : old)],
    };

    /// <summary>The list without a point.</summary>
    public FavouriteList Without(string name) => this with { Points = [.. Points.Where(point => point.Name != name)] };
}
