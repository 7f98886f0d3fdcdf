using System.Text;
using AInimEngine.Core.Errors;
using AInimEngine.Media.Processes;

namespace AInimEngine.Media;

/// <summary>
/// Where the programs ffmpeg and ffprobe are, and what they can do. The environment variable AINIM_FFMPEG may name the
/// folder that holds both; otherwise they are looked for on PATH. Immutable, thread-safe.
/// </summary>
public sealed class FFmpegTools
{
    /// <summary>The environment variable that names the folder.</summary>
    public const string FolderVariable = "AINIM_FFMPEG";

    private static readonly Lock Gate = new();
    private static FFmpegTools? _found;

    private readonly DateTime _written;
    private readonly Lazy<string> _version;
    private readonly Lazy<IReadOnlyList<string>> _encoders;

    private FFmpegTools(string ffmpeg, string ffprobe)
    {
        FFmpegPath = ffmpeg;
        FFprobePath = ffprobe;
        _written = File.GetLastWriteTimeUtc(ffmpeg);
        _version = new(ReadVersion, LazyThreadSafetyMode.PublicationOnly); // a failure is not kept: it may pass
        _encoders = new(ReadEncoders, LazyThreadSafetyMode.PublicationOnly);
    }

    /// <summary>Full path of ffmpeg.</summary>
    public string FFmpegPath { get; }

    /// <summary>Full path of ffprobe.</summary>
    public string FFprobePath { get; }

    /// <summary>"5.1.9-0+deb12u1". Asked once, when first read.</summary>
    /// <exception cref="AInimException">ffmpeg does not run.</exception>
    public string Version => _version.Value;

    /// <summary>Names of all video and audio encoders ("libx264", "aac"). Asked once, when first read.</summary>
    /// <exception cref="AInimException">ffmpeg does not run.</exception>
    public IReadOnlyList<string> Encoders => _encoders.Value;

    /// <summary>Finds both programs, or says how to get them. The same programs give the same instance, so that they are asked once.</summary>
    /// <exception cref="AInimException">One is missing (<see cref="ExitCode.Environment"/>).</exception>
    public static FFmpegTools Find()
    {
        string? folder = Environment.GetEnvironmentVariable(FolderVariable);
        var tools = new FFmpegTools(Locate("ffmpeg", folder), Locate("ffprobe", folder));
        lock (Gate)
        {
            bool same = _found is { } known && known.FFmpegPath == tools.FFmpegPath
                && known.FFprobePath == tools.FFprobePath && known._written == tools._written;
            return same ? _found! : _found = tools;
        }
    }

    /// <summary>Whether ffmpeg has an encoder.</summary>
    public bool HasEncoder(string name) => Encoders.Contains(name);

    /// <summary>Gives back the name of an encoder that ffmpeg has.</summary>
    /// <exception cref="AInimException">It has not (<see cref="ExitCode.Environment"/>).</exception>
    internal string Require(string encoder) => HasEncoder(encoder)
        ? encoder
        : throw new AInimException(ExitCode.Environment,
            $"'{FFmpegPath}' (version {Version}) lacks the encoder {encoder}: choose another codec or container, or install Debian's ffmpeg");

    private static string Locate(string program, string? folder)
    {
        if (!string.IsNullOrEmpty(folder))
        {
            string path = Path.GetFullPath(Path.Combine(folder, program));
            return File.Exists(path)
                ? path
                : throw new AInimException(ExitCode.Environment,
                    $"{program} not found in '{folder}', which {FolderVariable} names: correct it, or unset it to use PATH");
        }
        return ChildLauncher.OnPath(program)
            ?? throw new AInimException(ExitCode.Environment,
                $"{program} not found: install it with 'apt-get install ffmpeg', or set {FolderVariable} to the folder that holds it");
    }

    private string ReadVersion()
    {
        string text = Ask("-version");
        string[] words = text.Split([' ', '\n'], 4);
        return words.Length > 2 ? words[2] : throw Broken("it does not say its version");
    }

    private List<string> ReadEncoders()
    {
        // " V....D libx264  libx264 H.264 ..." after a line of dashes.
        var names = new List<string>();
        bool listed = false;
        foreach (string line in Ask("-encoders").Split('\n'))
        {
            string[] words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (listed && words.Length > 1)
                names.Add(words[1]);
            listed |= words is ["------"];
        }
        return names.Count > 0 ? names : throw Broken("it lists no encoders");
    }

    private string Ask(string question)
    {
        (int exitCode, byte[] output, StandardErrorLog errors) = ChildProcess.Run(FFmpegPath, ["-v", "error", question]);
        return exitCode == 0 ? Encoding.UTF8.GetString(output) : throw Broken(errors.Reason ?? $"exit code {exitCode}");
    }

    private AInimException Broken(string why) =>
        new(ExitCode.Environment, $"'{FFmpegPath}' does not work: {why}. Install it anew with 'apt-get install --reinstall ffmpeg'.");
}
