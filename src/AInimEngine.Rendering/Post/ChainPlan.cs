using AInimEngine.Core.Errors;
using AInimEngine.Core.Parameters;
using AInimEngine.Rendering.Shaders;

namespace AInimEngine.Rendering.Post;

/// <summary>
/// The passes that a chain of shaders becomes. Stages that only move or recolour the picture are fused; a pass ends where
/// a stage looks at neighbours, needs a picture of its own or keeps its picture. Everything but the last pass runs at the
/// working size, which holds the detail that the generator gives; the last one, at output size, adds what is finer.
/// </summary>
internal sealed class ChainPlan
{
    private const float WorthShrinking = 0.8f;

    private readonly List<ChainPassPlan> _passes = [];
    private readonly List<ChainTexture> _textures = [];

    private ChainPlan(IReadOnlyList<ChainStage> stages, ChainStage source, PostChainSettings settings)
    {
        Stages = stages;
        Source = source;
        Settings = settings;

        float outputAspect = (float)settings.Width / settings.Height;
        float sourceAspect = (float)settings.SourceWidth / settings.SourceHeight;
        VisibleWidth = sourceAspect > outputAspect ? settings.SourceHeight * outputAspect : settings.SourceWidth;
        VisibleHeight = sourceAspect > outputAspect ? settings.SourceHeight : settings.SourceWidth / outputAspect;
        float scale = settings.WorkScale ?? Math.Clamp(2 * VisibleWidth / settings.Width, 0.5f, 1);
        if (settings.WorkScale is null && scale >= WorthShrinking)
            scale = 1;
        WorkWidth = Math.Max(1, (int)MathF.Round(settings.Width * scale));
        WorkHeight = Math.Max(1, (int)MathF.Round(settings.Height * scale));
        Build();
    }

    /// <summary>All stages but the source, in the preset's order.</summary>
    public IReadOnlyList<ChainStage> Stages { get; }

    public ChainStage Source { get; }

    public PostChainSettings Settings { get; }

    /// <summary>The part of the generator's picture that is shown, centred, in its pixels.</summary>
    public float VisibleWidth { get; }

    public float VisibleHeight { get; }

    public int WorkWidth { get; }

    public int WorkHeight { get; }

    public IReadOnlyList<ChainPassPlan> Passes => _passes;

    /// <summary>The first passes, those that only a new picture of the generator's asks for where pictures are blended.</summary>
    public int PicturePasses { get; private set; }

    public IReadOnlyList<ChainTexture> Textures => _textures;

    /// <exception cref="AInimException">A shader or a parameter does not exist, a value is out of range, or an id is taken.</exception>
    public static ChainPlan Create(ShaderLibrary library, IReadOnlyList<ShaderPass> passes, PostChainSettings settings)
    {
        var stages = new List<ChainStage>();
        ChainStage? source = null;
        var ids = new HashSet<string>(StringComparer.Ordinal);
        foreach (ShaderPass pass in passes)
        {
            ShaderDefinition shader = library.Get(pass.Shader);
            if (!ids.Add(pass.Id))
                throw new AInimException(ExitCode.Preset, $"two shaders of the chain have the id '{pass.Id}'; give one of them another id");
            foreach ((string name, float value) in pass.Values)
            {
                Parameter parameter = shader.Find(name) ?? throw new AInimException(ExitCode.Preset,
                    $"shader '{shader.Name}' has no parameter '{name}'; there are: {string.Join(", ", shader.Parameters.Select(shader.ShortName))}");
                if (!(value >= parameter.Min && value <= parameter.Max))
                    throw new AInimException(ExitCode.Preset, $"{pass.Id}.{name} = {value:g6} is outside {parameter.Min:g6}..{parameter.Max:g6}");
            }
            var stage = new ChainStage(shader, pass.Id, stages.Count + 1);
            if (shader.Kind != ShaderKind.Source)
                stages.Add(stage);
            else if (source is null)
                source = stage with { Index = 0 };
            else
                throw new AInimException(ExitCode.Preset, $"the chain has two shaders of kind source, '{source.Id}' and '{pass.Id}'; keep one");
        }
        source ??= new ChainStage(library.Get("upscale"), "upscale", 0);
        return new ChainPlan(stages, source, settings);
    }

    public ChainTexture TextureOf(ChainStage stage) => _textures.First(texture => texture.Name == stage.Id);

    public ChainTexture BufferOf(ChainStage stage, ShaderBuffer buffer) => _textures.First(texture => texture.Name == $"{stage.Id}.{buffer.Name}");

    private void Build()
    {
        ChainTexture across = Add("source.across", WorkWidth, Settings.SourceHeight);
        ChainTexture current = Settings.Blends ? Add("source.picture", WorkWidth, WorkHeight, persistent: true) : Add("source", WorkWidth, WorkHeight);
        _passes.Add(new ChainPassPlan($"{Source.Id} across", [Source], null, across, across.Width, across.Height, ChainPassRole.Across));
        _passes.Add(new ChainPassPlan($"{Source.Id} down", [Source], across, current, WorkWidth, WorkHeight, ChainPassRole.Down));
        PicturePasses = _passes.Count;
        if (Settings.Blends)
        {
            ChainTexture pictures = current;
            current = Add("source", WorkWidth, WorkHeight);
            _passes.Add(new ChainPassPlan("blend", [], pictures, current, WorkWidth, WorkHeight, ChainPassRole.Blend));
        }

        var pending = new List<ChainStage>();
        void Flush(ChainTexture target, ChainPassRole role = ChainPassRole.None)
        {
            string name = pending.Count > 0 ? string.Join('+', pending.Select(stage => stage.Id)) : "encode";
            _passes.Add(new ChainPassPlan(name, [.. pending], current, target, target.Width, target.Height, role));
            pending.Clear();
            current = target;
        }

        foreach (ChainStage stage in Stages.Where(stage => stage.Shader.Kind != ShaderKind.Finish))
        {
            if (pending.Count > 0 && (stage.Shader.Kind == ShaderKind.Filter || stage.Shader.Buffers.Count > 0))
                Flush(Add($"before {stage.Id}", WorkWidth, WorkHeight));
            foreach (ShaderBuffer buffer in stage.Shader.Buffers)
            {
                ChainTexture target = Add($"{stage.Id}.{buffer.Name}", Math.Max(1, Settings.Width / buffer.Divisor), Math.Max(1, Settings.Height / buffer.Divisor));
                _passes.Add(new ChainPassPlan(target.Name, [stage], current, target, target.Width, target.Height, ChainPassRole.None, buffer.Name));
            }
            pending.Add(stage);
            if (stage.Shader.KeepsPicture)
                Flush(Add(stage.Id, WorkWidth, WorkHeight, persistent: true));
        }

        // Interpolating display values looks better than interpolating light (no bright fringes), and encoding costs
        // a quarter at half size: so the picture is encoded before it grows.
        pending.AddRange(Stages.Where(stage => stage.Shader.IsSmooth));
        if (WorkWidth != Settings.Width || WorkHeight != Settings.Height)
            Flush(Add("display", WorkWidth, WorkHeight), ChainPassRole.Encode);
        ChainPassRole last = current.Name == "display" ? ChainPassRole.Output : ChainPassRole.Output | ChainPassRole.Encode;
        pending.AddRange(Stages.Where(stage => stage.Shader.Kind == ShaderKind.Finish && !stage.Shader.IsSmooth));
        string output = string.Join('+', pending.Select(stage => stage.Id).Append("output"));
        _passes.Add(new ChainPassPlan(output, [.. pending], current, null, Settings.Width, Settings.Height, last));
    }

    private ChainTexture Add(string name, int width, int height, bool persistent = false)
    {
        var texture = new ChainTexture(name, width, height, persistent);
        _textures.Add(texture);
        return texture;
    }
}
