using System.Globalization;
using AInimEngine.Core.Errors;
using AInimEngine.Neural;
using AInimEngine.Neural.Latents;
using AInimEngine.Neural.Latents.Favourites;

namespace AInimEngine.Engine.Explore;

/// <summary>Finds a picture in a model, keeps the place as a favourite and shows both.</summary>
public static class ProjectionRun
{
    /// <summary>Runs it.</summary>
    /// <param name="model">Where.</param>
    /// <param name="request">What.</param>
    /// <param name="progress">Told step and distance.</param>
    /// <param name="cancellation">Stops the search; the best so far is kept.</param>
    /// <exception cref="AInimException">The picture cannot be read, the name is none, or something cannot be written.</exception>
    public static ProjectionResult Run(ExploreModel model, ProjectionRequest request, Action<int, double>? progress, CancellationToken cancellation)
    {
        if (!FavouriteFile.IsName(request.Name) || request.Name.All(char.IsAsciiDigit))
            throw new AInimException(ExitCode.Usage, $"'{request.Name}' is no name for a favourite: use lower-case letters, digits, '-' and '_', and not digits alone. Pass --name.");
        // A broken file of favourites is found before minutes of work.
        _ = model.Favourites;
        using var scope = new TensorScope();
        Tensor target = PicturePixels.Load(request.Picture, model.Network.Shape.Resolution);
        ProjectionResult result = new Projection(model.Network, request.Settings).Run(target, progress, cancellation);
        Tensor? found = null;
        model.Decode(model.Stack([new LatentPoint(request.Name, result.W, null)]), model.Network.Shape.Resolution, (_, image) => found = image.Clone().DetachFromScope());
        using (found)
        {
            string psnr = result.Psnr.ToString("0.0", CultureInfo.InvariantCulture) + " dB";
            ExploreSheets.Comparison([("yours", target.Select(0, 0)), (psnr, found!)], $"{request.Name} in {model.Name}", request.Size, request.Output);
            model.AddFavourite(request.Name, result.W, null, $"found from {Path.GetFileName(request.Picture)}, PSNR {psnr}");
        }
        return result;
    }
}
