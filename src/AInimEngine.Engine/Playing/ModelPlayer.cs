using System.Globalization;
using AInimEngine.Core.Errors;
using AInimEngine.Core.Imaging;
using AInimEngine.Engine.Explore;
using AInimEngine.Mapping.Json;
using AInimEngine.Mapping.Presets;
using AInimEngine.Neural;
using AInimEngine.Neural.Decoding;
using AInimEngine.Neural.Latents.Favourites;
using AInimEngine.Neural.Models;

namespace AInimEngine.Engine.Playing;

/// <summary>Makes the generator that plays a model as a preset says.</summary>
public static class ModelPlayer
{
    /// <summary>Where measured responses are kept.</summary>
    public static string CacheFolder => Path.Combine(Installation.CacheFolder, "models");

    /// <summary>
    /// Where a show decodes models: on a GPU where libtorch has one. Renders take the CPU, where the same bits are proven; cuDNN
    /// may take other sums from run to run.
    /// </summary>
    public static Device LiveDevice => MayHaveGpu && Torch.IsCudaAvailable ? Device.Cuda() : Device.Cpu;

    // Asking libtorch loads it, which a show whose generators live in workers can do without.
    private static bool MayHaveGpu => !OperatingSystem.IsLinux() || new[] { "/dev/nvidiactl", "/dev/kfd", "/dev/dxg" }.Any(File.Exists);

    /// <summary>The picture that a model makes for a video: as large as its network gives it, but no larger than the video.</summary>
    public static (int Width, int Height) PictureSize(ModelSettings settings, ModelCard card, int width, int height, Device device)
    {
        StylePicture picture = StylePicture.For(ResolutionOf(settings, card, width, height, device), width, height);
        return (Math.Min(picture.Width, width), Math.Min(picture.Height, height));
    }

    /// <summary>
    /// How a preset wants a model played. Enough to make the generator here or, with the model's path, in a worker. "auto"
    /// is fp32, so that frames repeat; see <see cref="MeasurePrecision"/>.
    /// </summary>
    /// <param name="preset">For the place of what is wrong in it.</param>
    /// <param name="settings">How the preset wants the model.</param>
    /// <param name="card">The model.</param>
    /// <param name="width">Width of the video.</param>
    /// <param name="height">Height of the video.</param>
    /// <param name="device">Where it is decoded.</param>
    /// <exception cref="AInimException">The preset asks for what the model does not have.</exception>
    public static StyleGeneratorSettings SettingsOf(Preset? preset, ModelSettings settings, ModelCard card, int width, int height, Device device)
    {
        (int pictureWidth, int pictureHeight) = PictureSize(settings, card, width, height, device);
        return new StyleGeneratorSettings
        {
            Width = pictureWidth,
            Height = pictureHeight,
            Resolution = ResolutionOf(settings, card, width, height, device),
            Cutoff = settings.Cutoff,
            Noise = ModelWords.Noise(settings.Noise),
            NoiseSeed = (ulong)settings.NoiseSeed,
            Precision = settings.Precision == "bf16" ? DecodePrecision.BFloat16 : DecodePrecision.Float32,
            Device = device,
            Class = ClassOf(preset, settings, card),
            Bends = [.. settings.Bends.Select(bend => BendOf(bend, card))],
            CacheFolder = CacheFolder,
        };
    }

    /// <summary>What "auto" means in a show: measured now, on this machine. Null where the preset names a precision.</summary>
    /// <param name="settings">How the preset wants the model.</param>
    /// <param name="model">The model.</param>
    /// <param name="style">As <see cref="SettingsOf"/> gives it.</param>
    public static PrecisionChoice? MeasurePrecision(ModelSettings settings, Model model, StyleGeneratorSettings style) =>
        settings.Precision == ModelSettings.AutoPrecision ? PrecisionChoice.Measure(model, style.ToDecode(model.Card)) : null;

    /// <summary>The points that a preset's places and anchors may name.</summary>
    /// <exception cref="AInimException">The file of favourites is missing or broken, or made for a model of another shape.</exception>
    public static IReadOnlyDictionary<string, ReadOnlyMemory<float>> Favourites(Preset preset, ModelSettings settings, ModelCard card, LatentLayout latents)
    {
        var points = new Dictionary<string, ReadOnlyMemory<float>>(StringComparer.Ordinal);
        bool isNamed = preset.Motion.Places.Concat(preset.Motion.Anchors).Any(point => point.Name is not null);
        string file = FavouritesFile(preset, settings, card);
        if (!isNamed || (settings.Favourites is null && !File.Exists(file)))
            return points;
        FavouriteList list = FavouriteFile.Read(file);
        if (list.Layers != latents.Layers || list.WDim != latents.Width)
            throw new AInimException(ExitCode.Preset, $"the favourites '{file}' have {list.Layers} layers of {list.WDim} numbers, the model '{card.Name}' has {latents.Layers} of {latents.Width}. Name favourites of this model.");
        foreach (Favourite favourite in list.Points)
        {
            var point = new float[latents.Size];
            favourite.CopyTo(latents.Layers, point);
            points[favourite.Name] = point;
        }
        return points;
    }

    /// <summary>Warns where a preset visits favourites that were found in other weights, as after training a model on.</summary>
    /// <exception cref="AInimException">The file of favourites is missing or broken.</exception>
    public static void WarnOfOthers(Preset preset, Model model, IWarningSink warnings)
    {
        string[] names = [.. preset.Motion.Places.Concat(preset.Motion.Anchors).Select(point => point.Name).OfType<string>().Distinct()];
        if (names.Length == 0 || preset.Generator.Model is not { } settings || FavouritesFile(preset, settings, model.Card) is var file && !File.Exists(file))
            return;
        FavouriteList list = FavouriteFile.Read(file);
        string hash = ModelHash.Of(model);
        string[] others = [.. names.Where(name => list.Find(name) is { } favourite && favourite.IsOfOther(hash))];
        if (others.Length > 0)
            warnings.Warn($"the favourites {string.Join(", ", others)} of preset '{preset.Name}' were found in other weights than those of '{model.Card.Name}': they show something else now. Add them anew with 'ainim explore favourites add'.");
    }

    /// <summary>The file of favourites that a preset uses; it need not be there.</summary>
    public static string FavouritesFile(Preset preset, ModelSettings settings, ModelCard card) => settings.Favourites is { } named
        ? Path.Combine(Path.GetDirectoryName(Path.GetFullPath(preset.Origin)) ?? "", named)
        : ExploreModel.FavouritesOf(card.Name);

    private static int ResolutionOf(ModelSettings settings, ModelCard card, int width, int height, Device device) =>
        StylePicture.ResolutionOf(card, settings.Width, Math.Min(width, height), device);

    private static int? ClassOf(Preset? preset, ModelSettings settings, ModelCard card)
    {
        if (settings.Class is not { } word)
            return null;
        for (int i = 0; i < card.ClassNames.Count; i++)
            if (card.ClassNames[i].Equals(word, StringComparison.OrdinalIgnoreCase))
                return i;
        if (int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number < card.Classes)
            return number;
        string reason = card.Classes == 0
            ? $"the model '{card.Name}' has no classes; leave 'class' out"
            : $"the model '{card.Name}' has no class {JsonText.Quote(word)}" + (card.ClassNames.Count > 0 ? Suggestion.For(word, card.ClassNames) : $"; its classes are 0 to {card.Classes - 1}");
        throw preset?.Error(settings.ClassAt, reason) ?? new AInimException(ExitCode.Usage, reason + ".");
    }

    private static Bend BendOf(BendSettings bend, ModelCard card)
    {
        LatentGroup? group = bend.Group is { } name ? StyleGenerator.GroupsOf(card).FirstOrDefault(candidate => candidate.Name == name) : null;
        return new Bend(bend.Id, group is not null ? group.FirstLayer + group.LayerCount - 1 : bend.Layer ?? 0, ModelWords.Operation(bend.Operation))
        {
            Amount = bend.Amount,
            Share = bend.Share,
            Seed = (ulong)bend.Seed,
            Channels = bend.Channels,
            Parameter = bend.Parameter,
        };
    }
}
