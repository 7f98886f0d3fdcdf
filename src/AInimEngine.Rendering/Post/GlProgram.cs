using System.Text.RegularExpressions;
using AInimEngine.Core.Errors;
using AInimEngine.Rendering.OpenGL;

namespace AInimEngine.Rendering.Post;

/// <summary>A linked vertex and fragment shader. What the driver says about a shader file names that file and its line.</summary>
internal sealed partial class GlProgram : IDisposable
{
    /// <summary>
    /// Lines of file n are numbered from n times this: #line's own file number is lost by some drivers (Mesa 22 forgets
    /// it within expressions).
    /// </summary>
    private const int LinesPerFile = 100_000;

    private readonly GlContext _context;
    private readonly string _name, _fragment;
    private readonly IReadOnlyList<string> _files;
    private uint _program;

    /// <param name="context">The owner.</param>
    /// <param name="name">What the program is for, for faults of ours.</param>
    /// <param name="vertex">GLSL.</param>
    /// <param name="fragment">GLSL.</param>
    /// <param name="files">File names by number; number 0 is generated text. See <see cref="LineOf"/>.</param>
    /// <param name="link">False when <see cref="Link"/> is called later: drivers spend about half of their time on each.</param>
    /// <exception cref="AInimException">A shader file does not compile.</exception>
    public GlProgram(GlContext context, string name, string vertex, string fragment, IReadOnlyList<string> files, bool link = true)
    {
        (_context, _name, _fragment, _files) = (context, name, fragment, files);
        GL gl = context.Gl;
        uint vertexShader = 0, fragmentShader = 0;
        try
        {
            // The fragment shader first: it holds whole files, the vertex shader only their @once lines.
            fragmentShader = Compile(ShaderType.FragmentShader, name, fragment, files);
            vertexShader = Compile(ShaderType.VertexShader, name, vertex, files);
            _program = gl.CreateProgram();
            context.Count(1);
            gl.AttachShader(_program, vertexShader);
            gl.AttachShader(_program, fragmentShader);
            if (link)
                Link();
        }
        finally
        {
            gl.DeleteShader(vertexShader);
            gl.DeleteShader(fragmentShader);
        }
    }

    /// <summary>Links what was compiled.</summary>
    /// <exception cref="AInimException">A shader file lacks what another part of the program calls. The program is freed.</exception>
    public void Link()
    {
        _context.Gl.LinkProgram(_program);
        if (_context.Gl.GetProgram(_program, ProgramProperty.LinkStatus) != 0)
            return;
        string log = _context.Gl.GetProgramInfoLog(_program);
        Dispose();
        throw Failure(_name, log, _fragment, _files, linking: true);
    }

    /// <summary>The number to give #line for a line, counted from 1, of a file.</summary>
    public static int LineOf(int file, int line) => file * LinesPerFile + line;

    public void Use() => _context.Gl.UseProgram(_program);

    /// <summary>Where a uniform lies, or -1 when the shader does not use it.</summary>
    public int Uniform(string name) => _context.Gl.GetUniformLocation(_program, name);

    public void Dispose()
    {
        if (_program == 0)
            return;
        _context.Gl.DeleteProgram(_program);
        _context.Count(-1);
        _program = 0;
    }

    private uint Compile(ShaderType type, string name, string text, IReadOnlyList<string> files)
    {
        GL gl = _context.Gl;
        uint shader = gl.CreateShader(type);
        gl.ShaderSource(shader, text);
        gl.CompileShader(shader);
        if (gl.GetShader(shader, ShaderParameterName.CompileStatus) != 0)
            return shader;
        string log = gl.GetShaderInfoLog(shader);
        gl.DeleteShader(shader);
        throw Failure(name, log, text, files);
    }

    /// <summary>The first complaint about a file, as one line; a complaint about generated text is a fault of ours.</summary>
    private static Exception Failure(string name, string log, string text, IReadOnlyList<string> files, bool linking = false)
    {
        foreach (string line in log.Split('\n'))
        {
            Match match = LogPattern().Match(line);
            if (!match.Success || line.Contains("warning", StringComparison.OrdinalIgnoreCase))
                continue;
            (int file, int number) = Math.DivRem(int.Parse(match.Groups[1].Value), LinesPerFile);
            if (file > 0 && file < files.Count)
                return new AInimException(ExitCode.Preset, $"shader '{files[file]}' line {number}: {match.Groups[2].Value.Trim()}");
        }
        // What the linker says names no line: a function declared but missing, for one.
        string reason = log.Split('\n', StringSplitOptions.RemoveEmptyEntries).FirstOrDefault("it does not link");
        if (linking && files.Count > 1)
            return new AInimException(ExitCode.Preset, $"shader '{string.Join("' or '", files.Skip(1))}': {reason}");
        return new InvalidOperationException($"the program '{name}' does not compile: {log}\n{text}");
    }

    // Mesa: "0:12(5): error: `foo' undeclared"; NVIDIA: "0(12) : error C1503: undefined variable"; others: "ERROR: 0:12: ...".
    [GeneratedRegex(@"^(?:ERROR:\s*)?\d+[:(](\d+)\)?(?:\(\d+\))?\s*:\s*(?:(?:fatal )?error\s*(?:C\d+)?\s*:)?\s*(.*)$")]
    private static partial Regex LogPattern();
}
