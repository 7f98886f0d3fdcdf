using System.CommandLine;
using AInimEngine.Audio.Capture;
using AInimEngine.Audio.Devices;
using AInimEngine.Core.Errors;
using AInimEngine.Engine.Live;
using AInimEngine.Engine.Live.Latency;

namespace AInimEngine.Cli.Verbs;

/// <summary>The options of a show that measures how long sound takes to the screen.</summary>
internal static class LatencyOptions
{
    private static readonly Option<bool> s_measure = new("--measure-latency") { Description = "Play clicks, see how long each takes to the screen, and tell." };
    private static readonly Option<int> s_clicks = new("--clicks") { Description = "How many clicks are measured.", DefaultValueFactory = _ => 100 };

    /// <summary>Adds them.</summary>
    public static void AddTo(Command command)
    {
        command.Add(s_measure);
        command.Add(s_clicks);
    }

    /// <summary>Measures, where that is asked for.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="settings">How it is played; what the default output plays is heard unless another input is named.</param>
    /// <param name="warnings">Told what is missing and not needed.</param>
    /// <param name="cancellation">Ends it early.</param>
    /// <returns>Whether it measured.</returns>
    /// <exception cref="AInimException">Clicks cannot be played, or nothing can be heard.</exception>
    public static bool TryRun(ParseResult parsed, LiveSettings settings, IWarningSink warnings, CancellationToken cancellation)
    {
        if (!parsed.GetValue(s_measure))
            return false;
        int clicks = parsed.GetValue(s_clicks);
        if (clicks is < 1 or > 10_000)
            throw new AInimException(ExitCode.Usage, $"--clicks {clicks} is outside 1 to 10000.");
        if (File.Exists(settings.Input))
            throw new AInimException(ExitCode.Usage, "--measure-latency plays clicks of its own: leave the file out, or name the input that hears the output.");
        string device = settings.Input == AudioDevices.Default ? AudioDevices.Monitor : settings.Input;
        AudioDevices.FindInput(device);
        using var source = LiveInput.Start(new AudioInputSettings { Device = device, Channels = settings.Channels is { } channels ? ChannelChoice.Parse(channels) : ChannelChoice.Stereo });
        Console.Error.WriteLine($"ainim live: {clicks} clicks, {clicks * 1.25 / 60:0.#} minutes; they are heard by '{device}'. Leave the window uncovered.");
        LatencyReport report = LatencyRun.Run(settings, source, clicks, warnings, cancellation);
        report.Write(Console.Out);
        if (report.Clicks.Count == 0)
            throw new AInimException(ExitCode.Input, $"no click was answered: '{device}' does not hear the output. 'ainim devices --listen' shows which input does.");
        return true;
    }
}
