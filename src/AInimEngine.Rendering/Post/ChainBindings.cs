using AInimEngine.Core.Frames;
using AInimEngine.Core.Parameters;
using AInimEngine.Rendering.Shaders;

namespace AInimEngine.Rendering.Post;

/// <summary>Resolves, once, where each number that the shaders name comes from.</summary>
internal sealed class ChainBindings
{
    /// <summary>Built-in values by index. <c>u_jitter</c> is 0..1, another each frame, evenly spread over any run of frames; <c>u_blend</c> is the way from the older picture to the newer one, 0..1.</summary>
    public static readonly string[] BuiltIns = ["u_time", "u_delta", "u_frame", "u_jitter", "u_blend"];

    private readonly FrameLayout _layout;
    private readonly Dictionary<string, FrameField> _fieldByIdentifier = new(StringComparer.Ordinal);
    private readonly Dictionary<string, IReadOnlyDictionary<string, float>> _presetValues = new(StringComparer.Ordinal);
    private readonly List<ChainIntegral> _integrals = [];

    public ChainBindings(ChainPlan plan, IReadOnlyList<ShaderPass> passes, FrameLayout layout)
    {
        _layout = layout;
        foreach (FrameField field in layout.Fields)
            _fieldByIdentifier.TryAdd(Identifier(field.Name), field);
        foreach (ShaderPass pass in passes)
            _presetValues[pass.Id] = pass.Values;
        foreach (ChainStage stage in plan.Stages.Prepend(plan.Source))
            foreach (ShaderIntegral integral in stage.Shader.Integrals)
                _integrals.Add(new ChainIntegral($"{stage.Id}.{integral.Name}", Parameter(stage, stage.Shader.Find(integral.Parameter)!)));
    }

    /// <summary>Every phase of the chain.</summary>
    public IReadOnlyList<ChainIntegral> Integrals => _integrals;

    /// <summary>The control frame wins, then the preset's value, then the shader's default.</summary>
    public ValueSource Parameter(ChainStage stage, Parameter parameter)
    {
        string name = stage.Shader.ShortName(parameter);
        if (_layout.TryGetOffset($"post.{stage.Id}.{name}", out int offset))
            return new ValueSource(ValueSourceKind.Control, offset, 0);
        float value = _presetValues.TryGetValue(stage.Id, out IReadOnlyDictionary<string, float>? values) && values.TryGetValue(name, out float set)
            ? set
            : parameter.Default;
        return new ValueSource(ValueSourceKind.Constant, 0, value);
    }

    public ValueSource Integral(ChainStage stage, ShaderIntegral integral) =>
        new(ValueSourceKind.Integral, _integrals.FindIndex(i => i.Id == $"{stage.Id}.{integral.Name}"), 0);

    public ValueSource Fade => _layout.TryGetOffset("output.fade", out int offset)
        ? new ValueSource(ValueSourceKind.Control, offset, 0)
        : new ValueSource(ValueSourceKind.Constant, 0, 1);

    /// <summary>The control field that a shader calls <paramref name="identifier"/>: "audio_low_mid" is "audio.low_mid" or "audio.low.mid".</summary>
    public FrameField? Audio(string identifier) => _fieldByIdentifier.GetValueOrDefault(identifier);

    public int OffsetOf(FrameField field) => _layout.OffsetOf(field.Name);

    private static string Identifier(string fieldName) => fieldName.Replace('.', '_').Replace('-', '_');
}
