using System.CommandLine;
using AInimEngine.Cli.Output;
using AInimEngine.Core.Errors;
using AInimEngine.Engine.Doctor;

namespace AInimEngine.Cli.Verbs;

/// <summary><c>ainim doctor</c>: what this machine has, and what to do about what is missing.</summary>
public static class DoctorVerb
{
    /// <summary>Makes the verb.</summary>
    public static Command Create()
    {
        var json = new Option<bool>("--json") { Description = "One JSON object a line." };
        var command = new Command("doctor", "Show every native library, CPU features, GPU and encoders, and what to do about what is missing.") { json };
        command.SetAction(parsed =>
        {
            JsonEvents? events = parsed.GetValue(json) ? JsonEvents.Start() : null;
            bool missing = false;
            foreach (Finding finding in Examination.Run())
            {
                missing |= finding.Health == Health.Missing;
                if (events is not null)
                    events.Write("finding", ("subject", finding.Subject), ("health", finding.Health.ToString().ToLowerInvariant()), ("text", finding.Text), ("remedy", finding.Remedy));
                else
                    Print(finding);
            }
            return (int)(missing ? ExitCode.Environment : ExitCode.Success);
        });
        return command;
    }

    private static void Print(Finding finding)
    {
        string mark = finding.Health switch { Health.Good => "ok     ", Health.Poor => "poor   ", _ => "MISSING" };
        Console.Out.WriteLine($"{mark} {finding.Subject,-12} {finding.Text}");
        if (finding.Remedy is not null)
            Console.Out.WriteLine($"{"",20} -> {finding.Remedy}");
    }
}
