using AInimEngine.Core.Errors;
using AInimEngine.Neural;
using AInimEngine.Neural.Latents.Favourites;
using AInimEngine.Neural.Models;
using AInimEngine.Neural.Networks;

namespace AInimEngine.Engine.Explore;

/// <summary>A model that is being explored: its network, its favourites, and the points that people name. One thread.</summary>
public sealed class ExploreModel : IDisposable
{
    private const int ThumbnailSize = 96;
    private readonly ExploreSettings _settings;
    private readonly SheetDecoder _pictures;
    private FavouriteList? _favourites;
    private string? _hash;

    private ExploreModel(Model model, ExploreSettings settings)
    {
        _settings = settings;
        Network = StyleNetwork.Create(model, new NetworkOptions { Device = settings.Device });
        _pictures = new SheetDecoder(model, settings.Device);
        FavouritesPath = settings.Favourites ?? FavouritesOf(model.Card.Name);
    }

    /// <summary>The network.</summary>
    public StyleNetwork Network { get; }

    /// <summary>Name of the model.</summary>
    public string Name => Network.Model.Card.Name;

    /// <summary>The file of its favourites; it need not be there.</summary>
    public string FavouritesPath { get; }

    /// <summary>Its favourites; none where there is no file.</summary>
    /// <exception cref="AInimException">The file is broken, or of a model of another shape.</exception>
    public FavouriteList Favourites => _favourites ??= ReadFavourites();

    /// <summary>Class of points that are made from seeds; null for unconditional models.</summary>
    public int? Class { get; private init; }

    /// <summary>Opens a model.</summary>
    /// <param name="settings">Which, and how points are made.</param>
    /// <exception cref="AInimException">There is no such model or class.</exception>
    public static ExploreModel Open(ExploreSettings settings)
    {
        Model model = InstalledModels.Library().Open(settings.Model);
        int? one = ClassOf(model.Card, settings.Class);
        return new ExploreModel(model, settings) { Class = one };
    }

    /// <summary>Names its weights; see <see cref="ModelHash"/>.</summary>
    public string Hash => _hash ??= ModelHash.Of(Network.Model);

    /// <summary>Where the favourites of a model are kept unless somebody says otherwise.</summary>
    public static string FavouritesOf(string model) => Path.Combine(Installation.UserFolder, "favourites", model + ".json");

    /// <summary>Number of classes; 0 for unconditional models.</summary>
    public int Classes => Network.Shape.Classes;

    /// <summary>Name of a class, or its number.</summary>
    public string ClassName(int one) => Network.Model.Card.ClassNames is { Count: > 0 } names ? names[one] : one.ToString(System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>The point of a seed.</summary>
    /// <param name="seed">Which.</param>
    /// <param name="ofClass">Which class; <see cref="Class"/> if null.</param>
    public LatentPoint FromSeed(ulong seed, int? ofClass = null)
    {
        using var scope = new TensorScope();
        using GradMode noGrad = Torch.NoGrad();
        Tensor? classes = (ofClass ?? Class) is { } one ? Network.OneHot(one) : null;
        Tensor ws = Network.Broadcast(Network.Map(Network.SeedZ(seed), classes), _settings.Truncation, _settings.Cutoff);
        return new LatentPoint(seed.ToString(System.Globalization.CultureInfo.InvariantCulture), ws.ToArray<float>(), seed);
    }

    /// <summary>A point by name: a whole number is a seed, anything else a favourite.</summary>
    /// <exception cref="AInimException">There is no such favourite.</exception>
    public LatentPoint Find(string name)
    {
        if (ulong.TryParse(name, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out ulong seed))
            return FromSeed(seed);
        Favourite favourite = Favourites.Find(name) ?? throw new AInimException(
            ExitCode.Usage,
            $"'{name}' is neither a seed nor a favourite of '{Name}'{(Favourites.Points.Count == 0 ? ", which has none yet" : "; there are: " + string.Join(", ", Favourites.Points.Take(12).Select(point => point.Name)))}. Pass a whole number, or add it with 'ainim explore favourites add'.");
        var ws = new float[Network.Shape.Layers * Network.Shape.WDim];
        favourite.CopyTo(Network.Shape.Layers, ws);
        return new LatentPoint(name, ws, favourite.Seed);
    }

    /// <summary>Points as one tensor.</summary>
    /// <returns>[N, layers, w_dim], in the current scope.</returns>
    public Tensor Stack(IReadOnlyList<LatentPoint> points)
    {
        using var scope = new TensorScope();
        Tensor[] all = [.. points.Select(point => Tensor.From(point.W, Network.Shape.Layers, Network.Shape.WDim))];
        return scope.Keep(Torch.Stack(all).To(_settings.Device, ScalarType.Float32));
    }

    /// <summary>Makes pictures to look at, one by one.</summary>
    /// <param name="ws">[N, layers, w_dim].</param>
    /// <param name="size">Side at which they are shown, pixels; they come at least so large, if the model is.</param>
    /// <param name="use">Index and picture [3, H, W], valid during the call.</param>
    /// <param name="cancellation">Stops between pictures.</param>
    public void Decode(Tensor ws, int size, Action<int, Tensor> use, CancellationToken cancellation = default) =>
        _pictures.Decode(ws, size, use, cancellation);

    /// <summary>Refuses a name that a favourite has already.</summary>
    /// <exception cref="AInimException">There is one of that name, and it is not to be replaced.</exception>
    public void CheckNewFavourite(string name, bool replace)
    {
        if (!replace && Favourites.Points.Any(point => point.Name == name))
            throw new AInimException(ExitCode.Output, $"there is a favourite '{name}' of '{Name}' already. Pass -y to replace it, or choose another name.");
    }

    /// <summary>Adds a point to the favourites, or puts it in the place of the one of that name.</summary>
    /// <exception cref="AInimException">The file is broken or cannot be written, or the name is none.</exception>
    public void AddFavourite(string name, float[] w, ulong? seed, string? note)
    {
        if (!FavouriteFile.IsName(name) || ulong.TryParse(name, out _))
            throw new AInimException(ExitCode.Usage, $"'{name}' is no name for a favourite: use lower-case letters, digits, '-' and '_', and not digits alone.");
        using var scope = new TensorScope();
        byte[] thumbnail = [];
        int side = Math.Min(ThumbnailSize, Network.Shape.Resolution);
        Decode(Stack([new LatentPoint(name, w, seed)]), side, (_, image) => thumbnail = PicturePixels.Png(image, side));
        // Points in W are kept as one w.
        int width = Network.Shape.WDim;
        bool isW = Enumerable.Range(1, Network.Shape.Layers - 1).All(layer => w.AsSpan(layer * width, width).SequenceEqual(w.AsSpan(0, width)));
        var point = new Favourite
        {
            Name = name,
            W = isW ? w.AsMemory(0, width) : w,
            Seed = seed,
            Class = Class,
            Truncation = seed is null ? 1 : _settings.Truncation,
            Weights = Hash[..16],
            Note = note,
            Thumbnail = thumbnail,
        };
        SaveFavourites(Favourites.With(point));
    }

    /// <summary>Removes a favourite.</summary>
    /// <exception cref="AInimException">There is none of that name.</exception>
    public void RemoveFavourite(string name)
    {
        if (Favourites.Find(name) is null)
            throw new AInimException(ExitCode.Usage, $"'{Name}' has no favourite '{name}'. 'ainim explore favourites' names them.");
        SaveFavourites(Favourites.Without(name));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _pictures.Dispose();
        Network.Dispose();
    }

    private void SaveFavourites(FavouriteList list)
    {
        FavouriteFile.Write(FavouritesPath, list);
        _favourites = list;
    }

    private FavouriteList ReadFavourites()
    {
        StyleShape shape = Network.Shape;
        if (!File.Exists(FavouritesPath))
            return new FavouriteList(Name, shape.Layers, shape.WDim, []);
        FavouriteList list = FavouriteFile.Read(FavouritesPath);
        return list.Layers == shape.Layers && list.WDim == shape.WDim
            ? list
            : throw new AInimException(ExitCode.Input, $"the favourites '{FavouritesPath}' have {list.Layers} layers of {list.WDim} numbers, the model '{Name}' has {shape.Layers} of {shape.WDim}. Name another file with --favourites.");
    }

    private static int? ClassOf(ModelCard card, string? word)
    {
        if (card.Classes == 0)
            return word is null ? null : throw new AInimException(ExitCode.Usage, $"--class: the model '{card.Name}' has no classes.");
        if (word is null)
            return 0;
        for (int i = 0; i < card.ClassNames.Count; i++)
            if (card.ClassNames[i].Equals(word, StringComparison.OrdinalIgnoreCase))
                return i;
        return int.TryParse(word, out int number) && number >= 0 && number < card.Classes
            ? number
            : throw new AInimException(ExitCode.Usage, $"--class '{word}' is none of the model's {card.Classes} classes{(card.ClassNames.Count == 0 ? "" : ": " + string.Join(", ", card.ClassNames))}. Pass a name, or a number from 0 to {card.Classes - 1}.");
    }
}
