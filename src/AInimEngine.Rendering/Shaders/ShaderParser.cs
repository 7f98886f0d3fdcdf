using System.Globalization;
using System.Text.RegularExpressions;
using AInimEngine.Core.Errors;
using AInimEngine.Core.Parameters;

namespace AInimEngine.Rendering.Shaders;

/// <summary>Reads the header of a shader file: lines of the form <c>// @word ...</c>. shaders/README.md describes them.</summary>
internal static partial class ShaderParser
{
    private static readonly string[] ConstantTypes = ["float", "int", "vec2", "vec3", "vec4", "ivec2", "mat2", "mat3"];

    /// <exception cref="AInimException">The header is wrong; the message names file and line.</exception>
    public static ShaderDefinition Parse(string path, string source)
    {
        string name = Path.GetFileNameWithoutExtension(path);
        string? about = null;
        ShaderKind? kind = null;
        bool keeps = false, smooth = false;
        var parameters = new List<Parameter>();
        var buffers = new List<ShaderBuffer>();
        var constants = new List<ShaderConstant>();
        var integrals = new List<ShaderIntegral>();
        var taken = new HashSet<string>(StringComparer.Ordinal);

        string[] lines = source.Split('\n');
        for (int i = 0; i < lines.Length; i++)
        {
            int line = i + 1;
            AInimException Wrong(string reason) => Error(path, line, reason);
            void Take(string identifier)
            {
                if (!IdentifierPattern().IsMatch(identifier))
                    throw Wrong($"'{identifier}' is not a name: use lower-case letters, digits and _, at least two");
                if (!taken.Add(identifier))
                    throw Wrong($"'{identifier}' is declared twice");
            }

            if (lines[i].TrimStart().StartsWith("#version", StringComparison.Ordinal))
                throw Wrong("#version is given by the chain (330 core); remove the line");
            Match match = DirectivePattern().Match(lines[i]);
            if (!match.Success)
                continue;
            string word = match.Groups[1].Value, rest = match.Groups[2].Value.Trim();
            switch (word)
            {
                case "about":
                    about = Quoted(rest) ?? throw Wrong("write @about \"One sentence.\"");
                    break;
                case "kind":
                    kind = rest switch
                    {
                        "source" => ShaderKind.Source,
                        "warp" => ShaderKind.Warp,
                        "point" => ShaderKind.Point,
                        "filter" => ShaderKind.Filter,
                        "finish" => ShaderKind.Finish,
                        _ => throw Wrong($"unknown kind '{rest}'; there are: warp, point, filter, finish, source"),
                    };
                    break;
                case "param":
                    Parameter parameter = ParseParameter(name, rest, Wrong);
                    Take(parameter.Id[(name.Length + 1)..]);
                    parameters.Add(parameter);
                    break;
                case "pass":
                    string[] parts = rest.Split(' ', StringSplitOptions.RemoveEmptyEntries);
                    if (parts.Length != 2 || !int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out int divisor) || divisor is < 1 or > 64)
                        throw Wrong("write @pass name divisor, with a divisor of 1 to 64");
                    Take(parts[0]);
                    buffers.Add(new ShaderBuffer(parts[0], divisor, line));
                    break;
                case "once":
                    Match once = OncePattern().Match(rest);
                    if (!once.Success || Array.IndexOf(ConstantTypes, once.Groups[1].Value) < 0)
                        throw Wrong($"write @once type name = expression;, with a type of {string.Join(", ", ConstantTypes)}");
                    Take(once.Groups[2].Value);
                    constants.Add(new ShaderConstant(once.Groups[1].Value, once.Groups[2].Value, once.Groups[3].Value, line));
                    break;
                case "integrate":
                    string[] names = rest.Split(' ', StringSplitOptions.RemoveEmptyEntries);
                    if (names.Length != 2)
                        throw Wrong("write @integrate name parameter");
                    if (!parameters.Exists(p => p.Id == $"{name}.{names[1]}"))
                        throw Wrong($"there is no parameter '{names[1]}' above this line");
                    Take(names[0]);
                    integrals.Add(new ShaderIntegral(names[0], names[1]));
                    break;
                case "feedback":
                    keeps = true;
                    break;
                case "smooth":
                    smooth = true;
                    break;
                default:
                    throw Wrong($"unknown directive @{word}; there are: about, kind, param, pass, once, integrate, feedback, smooth");
            }
        }

        if (kind is null)
            throw Error(path, 1, "the header has no @kind line");
        if (about is null)
            throw Error(path, 1, "the header has no @about line");
        if (keeps && kind is not (ShaderKind.Point or ShaderKind.Filter))
            throw Error(path, 1, "@feedback needs kind point or filter");
        if (smooth && kind is not ShaderKind.Finish)
            throw Error(path, 1, "@smooth needs kind finish");
        if (buffers.Count > 0 && kind is not (ShaderKind.Point or ShaderKind.Filter))
            throw Error(path, buffers[0].Line, "@pass needs kind point or filter");

        IReadOnlyList<string> functions = ShaderNames.TopLevel(source);
        string wanted = kind switch { ShaderKind.Source => "vec3 resample(float position)", ShaderKind.Warp => "vec2 warp(vec2 uv)", ShaderKind.Filter => "vec3 shade(vec2 uv)", _ => "vec3 shade(vec3 color, vec2 uv)" };
        if (!functions.Contains(wanted.Split(' ', '(')[1]))
            throw Error(path, 1, $"a shader of this kind needs a function {wanted}");
        foreach (ShaderBuffer buffer in buffers)
            if (!functions.Contains(buffer.Name))
                throw Error(path, buffer.Line, $"@pass {buffer.Name} needs a function vec3 {buffer.Name}(vec2 uv)");
        return new ShaderDefinition(name, path, about, kind.Value, parameters, keeps, smooth, buffers, constants, integrals, source);
    }

    public static AInimException Error(string path, int line, string reason) =>
        new(ExitCode.Preset, $"shader '{Path.GetFileName(path)}' line {line}: {reason}");

    private static Parameter ParseParameter(string shader, string rest, Func<string, AInimException> wrong)
    {
        const string Form = "write @param name min max default [unit] [exp|int] \"What it does.\"";
        Match match = ParameterPattern().Match(rest);
        if (!match.Success)
            throw wrong(Form);
        float Number(int group) =>
            float.TryParse(match.Groups[group].ValueSpan, NumberStyles.Float, CultureInfo.InvariantCulture, out float value) && float.IsFinite(value)
                ? value
                : throw wrong($"'{match.Groups[group].Value}' is not a number; {Form}");
        float min = Number(2), max = Number(3), value = Number(4);
        if (!(min < max) || value < min || value > max)
            throw wrong($"the default {value:g6} must lie in {min:g6}..{max:g6}");
        string unit = "";
        var curve = ParameterCurve.Linear;
        foreach (string word in match.Groups[5].Value.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (word == "exp")
                curve = ParameterCurve.Exponential;
            else if (word == "int")
                curve = ParameterCurve.Integer;
            else
                unit = word;
        }
        if (curve == ParameterCurve.Exponential && min <= 0)
            throw wrong("an exp parameter needs a positive minimum");
        return new Parameter($"{shader}.{match.Groups[1].Value}", unit, min, max, value, match.Groups[6].Value, curve);
    }

    private static string? Quoted(string text) =>
        text.Length > 2 && text[0] == '"' && text[^1] == '"' ? text[1..^1] : null;

    [GeneratedRegex(@"^\s*//\s*@(\w+)\s*(.*?)\s*$")]
    private static partial Regex DirectivePattern();

    [GeneratedRegex(@"^[a-z][a-z0-9_]+$")]
    private static partial Regex IdentifierPattern();

    [GeneratedRegex(@"^(\w+)\s+(\w+)\s*=\s*([^;]+);?$")]
    private static partial Regex OncePattern();

    [GeneratedRegex("^(\\S+)\\s+(\\S+)\\s+(\\S+)\\s+(\\S+)\\s+([^\"]*)\"([^\"]+)\"$")]
    private static partial Regex ParameterPattern();
}
