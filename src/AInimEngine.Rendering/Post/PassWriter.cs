using System.Globalization;
using System.Text;
using AInimEngine.Core.Frames;
using AInimEngine.Core.Imaging;
using AInimEngine.Core.Parameters;
using AInimEngine.Rendering.Shaders;

namespace AInimEngine.Rendering.Post;

/// <summary>
/// Joins the shader files of a pass to one program. Each file's names get the prefix of its stage by #define, and #line
/// keeps the driver's line numbers those of the file.
/// </summary>
internal sealed class PassWriter
{
    private const int MaxArray = 64;

    private readonly ChainPlan _plan;
    private readonly ChainPassPlan _pass;
    private readonly ChainBindings _bindings;
    private readonly StringBuilder _body = new(), _vertexBody = new(), _varyings = new();
    private readonly List<string> _files = ["generated"];
    private readonly List<ValueSource> _values = [];
    private readonly Dictionary<string, string> _audio = new(StringComparer.Ordinal);
    private readonly List<(string Name, int Offset, int Length)> _arrays = [];
    private readonly List<PassSampler> _samplers = [];

    private PassWriter(ChainPlan plan, ChainPassPlan pass, ChainBindings bindings)
    {
        _plan = plan;
        _pass = pass;
        _bindings = bindings;
        for (int i = 0; i < ChainBindings.BuiltIns.Length; i++)
            _values.Add(new ValueSource(ValueSourceKind.BuiltIn, i, 0));
    }

    public static PassSource Write(ChainPlan plan, ChainPassPlan pass, ChainBindings bindings) => new PassWriter(plan, pass, bindings).Write();

    private PassSource Write()
    {
        if (_pass.Role == ChainPassRole.Blend)
            WriteBlend();
        else if ((_pass.Role & (ChainPassRole.Across | ChainPassRole.Down)) != 0)
            WriteSource();
        else
            WriteStages();

        var head = new StringBuilder();
        for (int i = 0; i < ChainBindings.BuiltIns.Length; i++)
            head.Append($"#define {ChainBindings.BuiltIns[i]} u_param[{i}]\n");
        head.Append($"uniform float u_param[{_values.Count}];\n");
        foreach ((string name, _, int length) in _arrays)
            head.Append($"uniform float {name}[{length}];\n");
        foreach ((string name, string value) in _audio)
            head.Append($"#define {name} {value}\n");
        head.Append($"const vec2 u_resolution = {Vector(_plan.Settings.Width, _plan.Settings.Height)};\n");
        head.Append($"const vec2 u_size = {Vector(_pass.Width, _pass.Height)};\n");
        head.Append("const vec2 u_texel = 1.0 / u_size;\n");
        head.Append($"const float u_aspect = {Number((float)_plan.Settings.Width / _plan.Settings.Height)};\n");

        var vertex = new StringBuilder(Glsl.Version).Append(head).Append(Glsl.Functions);
        vertex.Append(_varyings.ToString().Replace("@", "out", StringComparison.Ordinal));
        vertex.Append("void main() {\n").Append(_vertexBody).Append(Glsl.Triangle).Append("}\n");

        var fragment = new StringBuilder(Glsl.Version).Append(head).Append(Glsl.Functions);
        fragment.Append(_varyings.ToString().Replace("@", "in", StringComparison.Ordinal));
        foreach (PassSampler sampler in _samplers)
            fragment.Append($"uniform sampler2D {sampler.Name};\n");
        fragment.Append("out vec4 o_color;\n").Append(_body);
        return new PassSource(vertex.ToString(), fragment.ToString(), _files, _values, _arrays, _samplers);
    }

    private void WriteSource()
    {
        bool across = _pass.Role == ChainPassRole.Across;
        PostChainSettings settings = _plan.Settings;
        float visible = across ? _plan.VisibleWidth : _plan.VisibleHeight;
        int size = across ? settings.SourceWidth : settings.SourceHeight, target = across ? _pass.Width : _pass.Height;
        float ratio = visible / target, shrink = MathF.Max(1, ratio);
        bool copy = size == target && visible == size;
        string sampler = _pass.Input is null ? Sampler("u_source", PassSamplerKind.Source) : Sampler("u_input", PassSamplerKind.Picture, _pass.Input);
        bool planar = across && settings.SourceFormat == PixelFormat.PlanarRgbF32;

        _body.Append("""
            // i-th sample along the filtered axis in this pixel's row or column; the edge repeats.
            vec3 sample_at(int i) {

            """);
        _body.Append($"    ivec2 at = ivec2({(across ? $"clamp(i, 0, {size - 1}), int(gl_FragCoord.y)" : $"int(gl_FragCoord.x), clamp(i, 0, {size - 1})")});\n");
        _body.Append(planar
            ? $"    return vec3(texelFetch({sampler}, at, 0).r, texelFetch({sampler}, at + ivec2(0, {settings.SourceHeight}), 0).r, texelFetch({sampler}, at + ivec2(0, {2 * settings.SourceHeight}), 0).r);\n}}\n"
            : $"    return texelFetch({sampler}, at, 0).rgb;\n}}\n");
        _body.Append($"#define SHRINK {Number(shrink)}\n#define TAPS {2 * (int)MathF.Ceiling(2 * shrink)}\n");
        AppendFile(_plan.Source, "sample_at");
        _body.Append("void main() {\n");
        string position = $"(gl_FragCoord.{(across ? "x" : "y")} * {Number(ratio)} + {Number((size - visible) / 2)})";
        _body.Append(copy
            ? $"    vec3 c = sample_at(int(gl_FragCoord.{(across ? "x" : "y")}));\n"
            : $"    vec3 c = {_plan.Source.Prefix}resample({position});\n");
        if (!across)
            _body.Append(settings.SourceColorSpace == ColorSpace.Srgb ? "    c = to_linear(c);\n" : "    c = max(c, 0.0);\n");
        _body.Append("    o_color = vec4(c, 1.0);\n}\n");
    }

    /// <summary>
    /// Between the last two pictures. They are mixed as light: mixed as display values, everything that moves would be darker
    /// on the way than at both ends, and the picture would pulse at the generator's rate. The ends are the pictures themselves.
    /// </summary>
    private void WriteBlend()
    {
        string older = Sampler("u_older", PassSamplerKind.Older, _pass.Input), newer = Sampler("u_newer", PassSamplerKind.Picture, _pass.Input);
        _body.Append($"""
            void main() {"{"}
                ivec2 at = ivec2(gl_FragCoord.xy);
                vec3 c = texelFetch({newer}, at, 0).rgb;
                if (u_blend < 1.0)
                    c = mix(texelFetch({older}, at, 0).rgb, c, u_blend);
                o_color = vec4(c, 1.0);
            {"}"}

            """);
    }

    private void WriteStages()
    {
        ChainTexture input = _pass.Input!;
        Sampler("u_input", PassSamplerKind.Picture, input);
        bool moves = _pass.Function is not null || _pass.Stages.Any(stage => stage.Shader.Kind is ShaderKind.Warp or ShaderKind.Filter);
        bool sameSize = input.Width == _pass.Width && input.Height == _pass.Height;
        _body.Append($"const vec2 picture_texel = {Vector(1f / input.Width, 1f / input.Height)};\n");
        _body.Append(sameSize && !moves
            ? "vec3 chain_0(vec2 uv) { return texelFetch(u_input, ivec2(gl_FragCoord.xy), 0).rgb; }\n"
            : "vec3 chain_0(vec2 uv) { return texture(u_input, uv).rgb; }\n");
        // Warps may leave the picture: it continues mirrored, without a seam.
        _body.Append("vec3 chain_0m(vec2 uv) { return texture(u_input, mirror(uv)).rgb; }\n");
        _body.Append($"vec3 neighbour(int x, int y) {{ return texelFetch(u_input, clamp(ivec2(gl_FragCoord.xy) + ivec2(x, y), ivec2(0), ivec2({input.Width - 1}, {input.Height - 1})), 0).rgb; }}\n");

        string current = "chain_0";
        bool encoded = (_pass.Role & ChainPassRole.Encode) == 0, output = (_pass.Role & ChainPassRole.Output) != 0;
        for (int i = 0; i < _pass.Stages.Count; i++)
        {
            ChainStage stage = _pass.Stages[i];
            if (stage.Shader.Kind == ShaderKind.Finish && !encoded)
                current = Encode(current, ref encoded);
            AppendFile(stage, current == "chain_0" && stage.Shader.Kind == ShaderKind.Warp ? "chain_0m" : current);
            if (_pass.Function is not null)
            {
                current = $"{stage.Prefix}{_pass.Function}";
                break;
            }
            string next = $"chain_{i + 1}";
            _body.Append(stage.Shader.Kind switch
            {
                ShaderKind.Warp => $"vec3 {next}(vec2 uv) {{ return {(current == "chain_0" ? "chain_0m" : current)}({stage.Prefix}warp(uv)); }}\n",
                ShaderKind.Filter => $"vec3 {next}(vec2 uv) {{ return {stage.Prefix}shade(uv); }}\n",
                _ => $"vec3 {next}(vec2 uv) {{ return {stage.Prefix}shade({current}(uv), uv); }}\n",
            });
            current = next;
        }
        if (!encoded)
            current = Encode(current, ref encoded);

        _body.Append("void main() {\n    vec2 uv = gl_FragCoord.xy * u_texel;\n");
        _body.Append($"    vec3 c = {current}(uv);\n");
        if (output)
        {
            // Writing 8 bits clamps to 0..1 by itself.
            _body.Insert(0, Glsl.Lattice);
            _body.Append($"    c = c * {Term(_bindings.Fade)} + (lattice(0.0) * (1.0 / 255.0) - 0.5 / 255.0);\n");
        }
        else if (_pass.Target!.Persistent)
        {
            // What is kept must also stay finite: an infinity would never fade.
            _body.Insert(0, Glsl.Lattice + Glsl.Keep);
            _body.Append("    c = keep_half(c);\n");
        }
        _body.Append("    o_color = vec4(c, 1.0);\n}\n");
    }

    private string Encode(string current, ref bool encoded)
    {
        encoded = true;
        _body.Append($"vec3 encoded(vec2 uv) {{ return to_display({current}(uv)); }}\n");
        return "encoded";
    }

    /// <summary>Adds a file, its names made private, and its @once lines to the vertex shader.</summary>
    private void AppendFile(ChainStage stage, string picture)
    {
        ShaderDefinition shader = stage.Shader;
        var defines = new List<(string Name, string Value)>();
        foreach (Parameter parameter in shader.Parameters)
            defines.Add((shader.ShortName(parameter), Term(_bindings.Parameter(stage, parameter))));
        foreach (ShaderIntegral integral in shader.Integrals)
            defines.Add((integral.Name, $"u_param[{Value(_bindings.Integral(stage, integral))}]"));
        foreach (ShaderConstant constant in shader.Constants)
            defines.Add((constant.Name, stage.Prefix + constant.Name));
        foreach (string name in ShaderNames.TopLevel(shader.Source))
            defines.Add((name, stage.Prefix + name));
        foreach ((string name, bool indexed) in ShaderNames.Audio(shader.Source))
            AddAudio(name, indexed);
        defines.Add(("picture", picture));

        if (shader.KeepsPicture && _pass.Function is null)
        {
            string sampler = Sampler($"{stage.Prefix}u_previous", PassSamplerKind.Previous, _plan.TextureOf(stage));
            _body.Append($"vec3 {stage.Prefix}previous(vec2 uv) {{ return texture({sampler}, mirror(uv)).rgb; }}\n");
            defines.Add(("previous", $"{stage.Prefix}previous"));
        }
        foreach (ShaderBuffer buffer in shader.Buffers)
        {
            string reader = $"{stage.Prefix}buffer_{buffer.Name}";
            if (buffer.Name == _pass.Function)
            {
                // A buffer cannot read itself; a file that says so would read what is being drawn.
                defines.Add(($"{buffer.Name}_texel", "u_texel"));
                _body.Append($"vec3 {reader}(vec2 uv) {{ return vec3(0.0); }}\n");
                defines.Add(($"buffer_{buffer.Name}", reader));
                continue;
            }
            ChainTexture texture = _plan.BufferOf(stage, buffer);
            string sampler = Sampler($"{stage.Prefix}u_{buffer.Name}", PassSamplerKind.Picture, texture);
            _body.Append($"vec3 {reader}(vec2 uv) {{ return texture({sampler}, uv).rgb; }}\n");
            _body.Append($"const vec2 {stage.Prefix}{buffer.Name}_texel = {Vector(1f / texture.Width, 1f / texture.Height)};\n");
            defines.Add(($"buffer_{buffer.Name}", reader));
            defines.Add(($"{buffer.Name}_texel", $"{stage.Prefix}{buffer.Name}_texel"));
        }
        if (ShaderNames.Uses(shader.Source, "noise"))
        {
            string sampler = Sampler("u_noise", PassSamplerKind.Noise);
            _body.Append($"vec4 {stage.Prefix}noise(ivec2 p) {{ return texelFetch({sampler}, p & {NoiseTexture.Size - 1}, 0); }}\n");
            defines.Add(("noise", $"{stage.Prefix}noise"));
        }

        string on = string.Concat(defines.Select(define => $"#define {define.Name} {define.Value}\n"));
        string off = string.Concat(defines.Select(define => $"#undef {define.Name}\n"));
        int file = _files.Count;
        _files.Add(shader.FileName);
        foreach (ShaderConstant constant in shader.Constants)
            _varyings.Append($"flat @ {constant.Type} {stage.Prefix}{constant.Name};\n");
        if (shader.Constants.Count > 0)
        {
            _vertexBody.Append(on);
            foreach (ShaderConstant constant in shader.Constants)
                _vertexBody.Append($"#line {GlProgram.LineOf(file, constant.Line)}\n{stage.Prefix}{constant.Name} = {constant.Expression};\n");
            _vertexBody.Append(off).Append("#line 1\n");
        }
        _body.Append(on).Append($"#line {GlProgram.LineOf(file, 1)}\n").Append(shader.Source).Append("\n#line 1\n").Append(off);
    }

    private void AddAudio(string name, bool indexed)
    {
        if (_audio.ContainsKey(name) || _arrays.Exists(array => array.Name == name))
            return;
        FrameField? field = _bindings.Audio(name);
        if (indexed)
            _arrays.Add((name, field is null ? -1 : _bindings.OffsetOf(field), field?.Length ?? MaxArray));
        else
            _audio.Add(name, field is null ? "0.0" : $"u_param[{Value(new ValueSource(ValueSourceKind.Control, _bindings.OffsetOf(field), 0))}]");
    }

    /// <summary>GLSL for a value; a literal where nothing moves it, so that the driver folds what follows from it.</summary>
    private string Term(ValueSource source) => source.Kind == ValueSourceKind.Constant ? $"({Number(source.Constant)})" : $"u_param[{Value(source)}]";

    private int Value(ValueSource source)
    {
        int index = _values.IndexOf(source);
        if (index >= 0)
            return index;
        _values.Add(source);
        return _values.Count - 1;
    }

    private string Sampler(string name, PassSamplerKind kind, ChainTexture? texture = null)
    {
        if (!_samplers.Exists(sampler => sampler.Name == name))
            _samplers.Add(new PassSampler(name, kind, texture));
        return name;
    }

    private static string Number(float value)
    {
        string text = value.ToString("R", CultureInfo.InvariantCulture);
        return text.AsSpan().IndexOfAny('.', 'E') >= 0 ? text : text + ".0";
    }

    private static string Vector(float x, float y) => $"vec2({Number(x)}, {Number(y)})";
}
