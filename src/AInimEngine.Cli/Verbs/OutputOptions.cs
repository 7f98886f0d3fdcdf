using System.CommandLine;
using AInimEngine.Core.Errors;
using AInimEngine.Engine.Live.Outputs;

namespace AInimEngine.Cli.Verbs;

/// <summary>The options of a show that give its pictures to other programs.</summary>
internal static class OutputOptions
{
    private static readonly Option<int?> s_stream = new("--stream") { Description = "Show a preview in browsers: http://localhost:PORT." };
    private static readonly Option<bool> s_streamOpen = new("--stream-open") { Description = "Let other computers see the preview; only this one may if not given." };
    private static readonly Option<string?> s_pipe = new("--pipe") { Description = "Write raw pictures to a new file, a FIFO or - (standard output): NUT, or .y4m or .yuv by its ending." };
    private static readonly Option<string?> s_v4l2 = new("--v4l2") { Description = "Be a camera for other programs: a v4l2loopback device such as /dev/video9." };

    /// <summary>Adds them.</summary>
    public static void AddTo(Command command)
    {
        foreach (Option option in (Option[])[s_stream, s_streamOpen, s_pipe, s_v4l2])
            command.Add(option);
    }

    /// <summary>Reads them.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="width">Of the pictures.</param>
    /// <param name="height">Of the pictures.</param>
    /// <param name="resumes">The show goes on after its process died: a file that is there is of before, and the next one gets a number.</param>
    /// <exception cref="AInimException">What cannot work.</exception>
    public static OutputSettings Read(ParseResult parsed, int width, int height, bool resumes)
    {
        if (parsed.GetValue(s_stream) is < 1 or > 65535)
            throw new AInimException(ExitCode.Usage, $"--stream {parsed.GetValue(s_stream)} is no port: 1 to 65535.");
        string? pipe = parsed.GetValue(s_pipe);
        if (pipe == OutputSettings.Standard && !Console.IsOutputRedirected)
            throw new AInimException(ExitCode.Usage, "--pipe - would write pictures to the terminal: send them to a program, such as 'ainim live --pipe - | ffplay -'.");
        var settings = new OutputSettings { StreamPort = parsed.GetValue(s_stream), StreamOpen = parsed.GetValue(s_streamOpen), Pipe = pipe, Device = parsed.GetValue(s_v4l2) };
        settings = resumes ? settings.Anew() : settings;
        settings.Check(width, height);
        return settings;
    }
}
