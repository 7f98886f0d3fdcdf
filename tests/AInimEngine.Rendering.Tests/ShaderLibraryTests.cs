using AInimEngine.Core.Errors;
using AInimEngine.Core.Parameters;
using AInimEngine.Rendering.Shaders;
using AInimEngine.Rendering.Tests.Support;

namespace AInimEngine.Rendering.Tests;

public sealed class ShaderLibraryTests
{
    private const string Good = """
        // @about "A test."
        // @kind point
        // @param strength 0 2 0.6 "How much."
        // @param time_constant 1 1000 50 ms exp "How long."
        vec3 shade(vec3 color, vec2 uv) { return color * strength; }
        """;

    [Fact]
    public void HeaderBecomesParameterRows()
    {
        using ShaderFolder folder = new ShaderFolder().With("mine.frag", Good);
        ShaderDefinition shader = folder.Load().Get("mine");
        Assert.Equal("A test.", shader.Description);
        Assert.Equal(ShaderKind.Point, shader.Kind);
        Assert.Equal([
            new Parameter("mine.strength", "", 0, 2, 0.6f, "How much."),
            new Parameter("mine.time_constant", "ms", 1, 1000, 50, "How long.", ParameterCurve.Exponential)], shader.Parameters);
    }

    [Fact]
    public void AUserShaderReplacesTheShippedOneOfItsName()
    {
        using ShaderFolder folder = new ShaderFolder().With("bloom.frag", Good);
        Assert.Equal("A test.", folder.Load().Get("bloom").Description);
        Assert.NotEqual("A test.", ShaderLibrary.Load().Get("bloom").Description);
    }

    [Fact]
    public void AFolderThatDoesNotExistIsNoError() =>
        Assert.Equal(ShaderLibrary.Load().Shaders.Count, ShaderLibrary.Load("/does/not/exist").Shaders.Count);

    [Fact]
    public void EveryShippedParameterFitsTheTable()
    {
        var table = new ParameterTable();
        ShaderLibrary.Load().Register(table);
        Assert.NotNull(table.Find("bloom.strength"));
        Assert.All(table.All, parameter => Assert.EndsWith(".", parameter.Description));
    }

    [Fact]
    public void TheReadmeListsEveryShaderAndParameter()
    {
        static string Row(ShaderDefinition shader)
        {
            IEnumerable<string> parameters = shader.Parameters.Select(p =>
                $"`{shader.ShortName(p)}` {p.Min:0.###}..{p.Max:0.###} {p.Default:0.####}{(p.Unit.Length > 0 ? " " + p.Unit : "")}");
            return $"| `{shader.Name}` | {shader.Kind.ToString().ToLowerInvariant()} | {shader.Description} | {string.Join(", ", parameters)} |";
        }
        string readme = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "shaders", "README.md"));
        string expected = string.Join('\n', ShaderLibrary.LoadFolders([ShaderLibrary.ShippedFolder]).Shaders.Select(Row));
        Assert.True(readme.Contains(expected, StringComparison.Ordinal), "the table of shaders/README.md should read:\n" + expected);
    }

    [Fact]
    public void AnUnknownNameListsThoseThereAre()
    {
        var error = Assert.Throws<AInimException>(() => ShaderLibrary.Load().Get("blom"));
        Assert.Equal(ExitCode.Preset, error.ExitCode);
        Assert.Contains("there is no shader 'blom'; there are: bloom,", error.Message);
    }

    [Theory]
    [InlineData("// @kind point\nvec3 shade(vec3 c, vec2 uv) { return c; }", "line 1: the header has no @about line")]
    [InlineData("// @about \"x.\"\nvec3 shade(vec3 c, vec2 uv) { return c; }", "line 1: the header has no @kind line")]
    [InlineData("// @about \"x.\"\n// @kind points", "line 2: unknown kind 'points'")]
    [InlineData("// @about \"x.\"\n// @kind point\n// @parm a 0 1 0 \"x\"", "line 3: unknown directive @parm")]
    [InlineData("// @about \"x.\"\n// @kind point\n// @param aa 0 1 \"x\"", "line 3: write @param name min max default")]
    [InlineData("// @about \"x.\"\n// @kind point\n// @param aa 0 one 0 \"x\"", "line 3: 'one' is not a number")]
    [InlineData("// @about \"x.\"\n// @kind point\n// @param aa 0 1 3 \"x\"", "line 3: the default 3 must lie in 0..1")]
    [InlineData("// @about \"x.\"\n// @kind point\n// @param aa 0 1 0.5 exp \"x\"", "line 3: an exp parameter needs a positive minimum")]
    [InlineData("// @about \"x.\"\n// @kind point\n// @param aa 0 1 0 \"x\"\n// @param aa 0 1 0 \"x\"", "line 4: 'aa' is declared twice")]
    [InlineData("// @about \"x.\"\n// @kind point\n// @param A-b 0 1 0 \"x\"", "line 3: 'A-b' is not a name")]
    [InlineData("// @about \"x.\"\n// @kind point\n// @integrate phase speed", "line 3: there is no parameter 'speed' above")]
    [InlineData("// @about \"x.\"\n// @kind point\n// @once float five", "line 3: write @once type name = expression;")]
    [InlineData("// @about \"x.\"\n// @kind point\n// @pass blur 0", "line 3: write @pass name divisor")]
    [InlineData("// @about \"x.\"\n// @kind warp\n// @feedback", "line 1: @feedback needs kind point or filter")]
    [InlineData("#version 330\n// @about \"x.\"", "line 1: #version is given by the chain")]
    [InlineData("// @about \"x.\"\n// @kind warp\nvec3 shade(vec3 c, vec2 uv) { return c; }", "line 1: a shader of this kind needs a function vec2 warp(vec2 uv)")]
    [InlineData("// @about \"x.\"\n// @kind point\n// @pass blur 4\nvec3 shade(vec3 c, vec2 uv) { return c; }", "line 3: @pass blur needs a function vec3 blur(vec2 uv)")]
    public void AWrongHeaderNamesFileLineAndReason(string text, string reason)
    {
        using ShaderFolder folder = new ShaderFolder().With("wrong.frag", text);
        var error = Assert.Throws<AInimException>(() => folder.Load().Get("wrong"));
        Assert.Equal(ExitCode.Preset, error.ExitCode);
        Assert.StartsWith("shader 'wrong.frag' line ", error.Message);
        Assert.Contains(reason, error.Message);
        Assert.DoesNotContain('\n', error.Message);
    }

    [Fact]
    public void TopLevelNamesAreFoundThroughCommentsAndBodies()
    {
        const string Text = """
            // float hidden(float x) { }
            const vec3 weights = vec3(1.0);
            float wave(float t) { float inner = t; return inner; }
            /* vec2 gone(vec2 x); */
            vec2 warp(vec2 uv)
            {
                vec2 local = uv; { float deep = 1.0; }
                return local;
            }
            """;
        Assert.Equal(["warp", "wave", "weights"], ShaderNames.TopLevel(Text));
    }
}
