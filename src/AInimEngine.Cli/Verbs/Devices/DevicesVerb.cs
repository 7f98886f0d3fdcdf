using System.CommandLine;
using AInimEngine.Audio.Devices;
using AInimEngine.Cli.Output;
using AInimEngine.Core.Errors;

namespace AInimEngine.Cli.Verbs.Devices;

/// <summary><c>ainim devices</c>: what can be listened to, what can be played on, and what to type for it.</summary>
public static class DevicesVerb
{
    private const double ShortestListening = 0.5, LongestListening = 3600;

    /// <summary>Makes the verb.</summary>
    public static Command Create()
    {
        var json = new Option<bool>("--json") { Description = "One JSON object a line." };
        var listen = new Option<double?>("--listen")
        {
            Description = "Listen to all inputs and monitors for some seconds (5 if not given) and show which of them hears something.",
            Arity = ArgumentArity.ZeroOrOne,
            HelpName = "seconds",
        };
        var command = new Command("devices", "List the sound inputs, the monitors of outputs, the outputs and the MIDI ports, with what to type for each.") { listen, json };
        command.SetAction(parsed =>
        {
            double seconds = parsed.GetValue(listen) ?? 5;
            if (!(seconds is >= ShortestListening and <= LongestListening))
                throw new AInimException(ExitCode.Usage, $"--listen {seconds} is outside {ShortestListening}..{LongestListening} seconds.");
            JsonEvents? events = parsed.GetValue(json) ? JsonEvents.Start() : null;
            IReadOnlyList<AudioDevice> devices = AudioDevices.List();
            string system = AudioDevices.System;
            if (events is null)
            {
                DevicesText.Write(Console.Out, system, devices);
                MidiText.Write(Console.Out);
            }
            else
            {
                Write(events, devices);
                MidiText.Write(events);
            }
            if (parsed.GetResult(listen) is null)
                return (int)ExitCode.Success;

            using var stop = new CancellationTokenSource();
            using var signals = new StopSignals(stop);
            using var listener = new DevicesListener([.. devices.Where(d => d.Kind != AudioDeviceKind.Output)]);
            listener.Run(TimeSpan.FromSeconds(seconds), events, stop.Token);
            return (int)ExitCode.Success;
        });
        return command;
    }

    private static void Write(JsonEvents events, IReadOnlyList<AudioDevice> devices)
    {
        foreach (AudioDevice device in devices)
        {
            events.Write(
                "device", ("name", device.Name), ("kind", device.Kind.ToString().ToLowerInvariant()), ("default", device.IsDefault),
                ("channels", device.Channels), ("rate", device.SampleRate), ("type", DevicesText.ToType(device)));
        }
    }
}
