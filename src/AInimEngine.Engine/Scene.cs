using System.Text;
using AInimEngine.Core.Errors;
using AInimEngine.Core.Files;
using AInimEngine.Core.Frames;
using AInimEngine.Core.Imaging;
using AInimEngine.Core.Parameters;
using AInimEngine.Engine.Hearing;
using AInimEngine.Engine.Playing;
using AInimEngine.Mapping;
using AInimEngine.Mapping.Json;
using AInimEngine.Mapping.Presets;
using AInimEngine.Neural;
using AInimEngine.Neural.Decoding;
using AInimEngine.Neural.Field;
using AInimEngine.Neural.Models;
using AInimEngine.Neural.Workers;
using AInimEngine.Rendering.Shaders;

namespace AInimEngine.Engine;

/// <summary>
/// What a preset asks for, loaded and checked: the generator, the shaders, the table of everything that can be set, and
/// the seed of the journey. Owns the generator; mappers made from it share it.
/// </summary>
public sealed class Scene : IDisposable
{
    private string? _trouble, _lossReason;

    private Scene(Preset preset, SourceLayout sources, MadeGenerator made, ShaderLibrary shaders, ParameterTable parameters, (int Width, int Height) picture, ulong seed)
    {
        (MeasuredPrecision, Card, ModelFile) = (made.Precision, made.Card, made.ModelFile);
        Preset = preset;
        Sources = sources;
        Generator = made.Generator;
        Shaders = shaders;
        Parameters = parameters;
        (PictureWidth, PictureHeight) = picture;
        Seed = seed;
    }

    /// <summary>The preset.</summary>
    public Preset Preset { get; }

    /// <summary>What it can listen to.</summary>
    public SourceLayout Sources { get; }

    /// <summary>The generator that it names, at the picture size below.</summary>
    public IGenerator Generator { get; }

    /// <summary>All shaders that can be used.</summary>
    public ShaderLibrary Shaders { get; }

    /// <summary>Everything that can be set.</summary>
    public ParameterTable Parameters { get; }

    /// <summary>Width of the generator's picture.</summary>
    public int PictureWidth { get; }

    /// <summary>Height of the generator's picture.</summary>
    public int PictureHeight { get; }

    /// <summary>Seed of waypoints, directions and noise.</summary>
    public ulong Seed { get; }

    /// <summary>The generator as a player of a model in this process; null for the embedded one, and for a worker.</summary>
    public StyleGenerator? Player => Generator as StyleGenerator;

    /// <summary>The generator as a process of its own; null for one in this process.</summary>
    public WorkerGenerator? Worker => Generator as WorkerGenerator;

    /// <summary>Names the weights that play; "" for the embedded generator.</summary>
    public string ModelHash => Player?.Hash ?? Worker?.ModelHash ?? "";

    /// <summary>In which numbers it decodes; "" where there is no choice.</summary>
    public string Precision => Player?.Settings.Precision.ToString() ?? Worker?.Precision ?? "";

    /// <summary>The model that plays; null for the embedded generator.</summary>
    public ModelCard? Card { get; }

    /// <summary>The model's file; null for the embedded generator.</summary>
    public string? ModelFile { get; }

    /// <summary>Why there are no new pictures now: the generator's process is lost, and another one starts. Null when it works.</summary>
    public string? Trouble
    {
        get
        {
            if (Worker is not { IsRestarting: true } worker)
                return null;
            // Asked for every picture that fails, and worded once.
            string reason = worker.LossReason ?? "";
            if (!ReferenceEquals(reason, _lossReason))
                (_lossReason, _trouble) = (reason, $"its process is lost ({reason}); another one starts");
            return _trouble;
        }
    }

    /// <summary>Threads of libtorch that its generator decodes with; pictures may depend on their number.</summary>
    public int DecodeThreads => ThreadsOf(Card);

    /// <summary>What a show's measurement chose where the preset leaves the precision open; null otherwise.</summary>
    public PrecisionChoice? MeasuredPrecision { get; }

    /// <summary>Makes a picture, on any thread, with <see cref="DecodeThreads"/>.</summary>
    /// <param name="frame">Controls of this scene's mapper.</param>
    /// <param name="output">Overwritten.</param>
    public void Decode(ControlFrame frame, Image output)
    {
        // libtorch keeps the number for each thread that calls it, and this one may have served another scene.
        if (Worker is null && Torch.NumThreads != DecodeThreads)
            Torch.NumThreads = DecodeThreads;
        Generator.Decode(frame, [], output);
    }

    /// <summary>Loads a preset for a video of the given size.</summary>
    /// <param name="presetName">Name or path.</param>
    /// <param name="width">Width of the video; only its shape and, when small, its size matter.</param>
    /// <param name="height">Height of the video.</param>
    /// <param name="seed">Another universe and another journey; null for the preset's own.</param>
    /// <param name="track">A number of the track, so that every track has a journey of its own in the preset's universe.</param>
    /// <param name="stems">Names of the stems that are given.</param>
    /// <param name="model">Name or path of a model to play it with; null for the preset's own generator.</param>
    /// <param name="warnings">Told when something else plays it than it was written for; null for nobody.</param>
    /// <param name="isLive">Whether what the preset leaves open may be chosen by the speed of this machine; else frames repeat.</param>
    /// <param name="precision">What a show has chosen before; null to choose.</param>
    /// <param name="worker">How a worker is started, so that the generator runs in a process of its own; null for this one.</param>
    public static Scene Load(
        string presetName, int width, int height, ulong? seed, ulong track = 0, IEnumerable<string>? stems = null, string? model = null, IWarningSink? warnings = null, bool isLive = false,
        DecodePrecision? precision = null, WorkerSettings? worker = null)
    {
        ShaderLibrary shaders = LoadShaders();
        SourceLayout sources = SourcesOf(presetName, stems ?? []);
        PresetVocabulary vocabulary = Vocabulary(shaders, sources);
        ModelChoice choice = ModelChoice.Of(LoadPreset(presetName, shaders, vocabulary), model, warnings ?? new Nobody());
        Preset preset = choice.Preset;
        if (choice.Model is { } weights && warnings is not null)
            ModelPlayer.WarnOfOthers(preset, weights, warnings);
        ulong universe = seed ?? (ulong)preset.Generator.Universe;
        (GeneratorDescription description, (int, int) picture) = Describe(choice, universe, width, height, isLive);
        if (precision is { } chosen)
            description = description.WithPrecision(chosen);
        MadeGenerator made = worker is null ? Make(description, choice) : StartWorker(worker, description, choice);
        return new Scene(preset, sources.WithBands(preset), made, shaders, vocabulary.Parameters, picture, universe ^ track);
    }

    private static Preset LoadPreset(string presetName, ShaderLibrary shaders, PresetVocabulary vocabulary)
    {
        try
        {
            return Presets().Load(presetName, vocabulary);
        }
        catch (AInimException error)
        {
            // To the preset a broken shader is an unknown one; what is wrong with it says more.
            foreach ((string name, AInimException broken) in shaders.Broken)
                if (error.Message.Contains($"'{name}'", StringComparison.Ordinal) || error.Message.Contains($"\"{name}\"", StringComparison.Ordinal))
                    throw broken;
            throw;
        }
    }

    /// <summary>Makes the mapper from features to this scene's controls.</summary>
    public Mapper CreateMapper()
    {
        GeneratorInfo info = GeneratorInfo.From(Generator);
        if (Card is { } card && Preset.Generator.Model is { } settings)
            info = info with { Favourites = ModelPlayer.Favourites(Preset, settings, card, Generator.Latents) };
        return Mapper.Create(Preset, info, Sources.Layout, Parameters, Seed);
    }

    /// <summary>The presets of the engine and of the user.</summary>
    public static PresetLibrary Presets() => new(Installation.Presets, Path.Combine(Installation.UserFolder, "presets"));

    /// <summary>Everything that presets may speak of here, generators included, for schema and documentation.</summary>
    public static PresetVocabulary FullVocabulary() => Vocabulary(LoadShaders(), SourceLayout.Plain);

    /// <summary>Reads a preset without making anything of it; what it names of stems and MIDI counts as given.</summary>
    /// <param name="presetName">Name or path.</param>
    public static Preset ReadPreset(string presetName) => Presets().Load(presetName, Vocabulary(LoadShaders(), SourcesOf(presetName, [])));

    /// <summary>Makes a generator alone, for contact sheets.</summary>
    /// <param name="presetName">A preset whose style and universe, or whose model, are used; null for the generator's own defaults.</param>
    /// <param name="universe">Another universe; null for the preset's.</param>
    /// <param name="width">Width of its pictures.</param>
    /// <param name="height">Height of its pictures.</param>
    /// <param name="model">Name or path of a model to use instead; null for the preset's own generator.</param>
    public static IGenerator CreateGenerator(string? presetName, ulong? universe, int width, int height, string? model = null)
    {
        Preset preset = presetName is null
            ? new Preset("", "", GeneratorSettings.Default, MotionSettings.Default, [], [], "")
            : ReadPreset(presetName);
        ModelChoice choice = ModelChoice.Of(preset, model, new Nobody());
        ulong chosen = universe ?? (ulong)choice.Preset.Generator.Universe;
        GeneratorDescription description = Describe(choice, chosen, width, height, isLive: false).Description;
        // The size is what was asked for, not what a video of that size would get.
        return Make(description.Field is { } field ? description with { Field = field with { Width = width, Height = height } } : description, choice).Generator;
    }

    /// <inheritdoc/>
    public void Dispose() => Generator.Dispose();

    /// <summary>What plays a preset, and the size of its pictures.</summary>
    private static (GeneratorDescription Description, (int Width, int Height) Picture) Describe(ModelChoice choice, ulong universe, int width, int height, bool isLive)
    {
        GeneratorSettings settings = choice.Preset.Generator;
        if (choice.Model is { } model)
        {
            StyleGeneratorSettings style = ModelPlayer.SettingsOf(choice.Preset, settings.Model!, model.Card, width, height, isLive ? ModelPlayer.LiveDevice : Device.Cpu);
            bool measures = isLive && settings.Model!.Precision == ModelSettings.AutoPrecision;
            return (new GeneratorDescription { Model = choice.File, Style = style, Threads = ModelThreads, MeasuresPrecision = measures }, (style.Width, style.Height));
        }
        (int Width, int Height) picture = PictureSize(settings.Width, width, height);
        // Decoding has a thread of its own beside painting and encoding. More threads inside it cost processor time (waiting
        // BLAS threads spin) and save none, and their number is part of what makes pictures repeat.
        return (new GeneratorDescription
        {
            Threads = FieldThreads,
            Field = new FieldSettings
            {
                Universe = universe,
                Width = picture.Width,
                Height = picture.Height,
                Style = settings.Style is { } word ? Enum.Parse<FieldStyle>(word, ignoreCase: true) : null,
                Palette = settings.Palette,
            },
        }, picture);
    }

    /// <summary>Makes a generator in this process, of a model that is read already.</summary>
    private static MadeGenerator Make(GeneratorDescription description, ModelChoice choice)
    {
        Torch.NumThreads = description.Threads;
        if (choice.Model is not { } model)
            return new MadeGenerator(FieldGenerator.Create(description.Field!), null, null, null);
        StyleGeneratorSettings style = description.Style!;
        PrecisionChoice? precision = description.MeasuresPrecision ? ModelPlayer.MeasurePrecision(choice.Preset.Generator.Model!, model, style) : null;
        IGenerator generator = StyleGenerator.Create(model, precision is null ? style : style with { Precision = precision.Precision });
        return new MadeGenerator(generator, model.Card, choice.File, precision);
    }

    private static MadeGenerator StartWorker(WorkerSettings settings, GeneratorDescription description, ModelChoice choice)
    {
        WorkerGenerator worker = WorkerGenerator.Start(settings, description.ToJson());
        // One that is started again goes on with the precision that the first one chose.
        if (description.MeasuresPrecision && Enum.TryParse(worker.Precision, out DecodePrecision precision))
            worker.DescribeNext(description.WithPrecision(precision).ToJson());
        return new MadeGenerator(worker, choice.Model?.Card, choice.File, null);
    }

    private static int ThreadsOf(ModelCard? card) => card is null ? FieldThreads : ModelThreads;

    private sealed record MadeGenerator(IGenerator Generator, ModelCard? Card, string? ModelFile, PrecisionChoice? Precision);

    private const int FieldThreads = 1;

    // libtorch 1.13 takes a slow path for small convolutions with a single thread (TorchLibrary).
    private const int ModelThreads = 2;

    private sealed class Nobody : IWarningSink
    {
        public void Warn(string message)
        {
        }
    }

    /// <summary>Files of all shaders that a preset may name.</summary>
    internal static IReadOnlyList<string> ShaderFiles() => [.. LoadShaders().Shaders.Select(shader => shader.Path).Order(StringComparer.Ordinal)];

    private static ShaderLibrary LoadShaders() =>
        ShaderLibrary.LoadFolders([Installation.Shaders, Path.Combine(Installation.UserFolder, "shaders")]);

    private static PresetVocabulary Vocabulary(ShaderLibrary shaders, SourceLayout sources)
    {
        var parameters = new ParameterTable();
        shaders.Register(parameters);
        PresetVocabulary.RegisterInputs(parameters, FieldGenerator.InputFields, FieldGenerator.InputDefaults);
        PresetVocabulary.RegisterInputs(parameters, [FieldGenerator.InputFields[0], .. StyleControls.Fields], StyleControls.Defaults);
        return new PresetVocabulary(sources.Layout, [.. shaders.Shaders.Select(shader => shader.Name)], parameters)
        {
            Patterns = SourceLayout.Patterns,
            GeneratorWords = new Dictionary<string, IReadOnlyList<string>>
            {
                ["field.style"] = [.. Enum.GetNames<FieldStyle>().Select(name => name.ToLowerInvariant())],
                ["model.operation"] = ModelWords.Operations,
                ["field.palette"] = [.. FieldPalette.All.Select(palette => palette.Name)],
            },
        };
    }

    // A file that cannot be read is left to the reader of presets, whose words say more.
    private static SourceLayout SourcesOf(string presetName, IEnumerable<string> stems)
    {
        try
        {
            return SourceLayout.For(Encoding.UTF8.GetString(SmallFile.Read(Presets().Resolve(presetName), JsonText.MaxBytes)), stems);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return new SourceLayout(stems, []);
        }
    }

    // A preset names the width of a 16:9 picture; other shapes get the same number of pixels, and none more than the video.
    private static (int Width, int Height) PictureSize(int presetWidth, int width, int height)
    {
        double area = Math.Min((double)width * height, presetWidth * presetWidth * 9.0 / 16);
        double shape = (double)width / height;
        int pictureWidth = Math.Max(8, (int)Math.Round(Math.Sqrt(area * shape) / 2) * 2);
        int pictureHeight = Math.Max(8, (int)Math.Round(Math.Sqrt(area / shape) / 2) * 2);
        return (Math.Min(pictureWidth, width), Math.Min(pictureHeight, height));
    }
}
