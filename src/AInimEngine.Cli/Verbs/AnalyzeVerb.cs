using System.CommandLine;
using AInimEngine.Core.Errors;

namespace AInimEngine.Cli.Verbs;

/// <summary><c>ainim analyze song.mp3</c>: says what is heard in a track, and writes it for people and programs.</summary>
public static class AnalyzeVerb
{
    /// <summary>Name of the verb.</summary>
    public const string Name = "analyze";

    /// <summary>Makes the verb.</summary>
    public static Command Create()
    {
        var input = new Argument<string>("track") { Description = "A sound file, or a video whose sound is meant." };
        var json = new Option<string?>("--json") { Description = "Write everything as JSON to this file; - is standard output." };
        var features = new Option<bool>("--features") { Description = "With --json: every feature over time as well." };
        var live = new Option<bool>("--live") { Description = "What the live analyser decides in real time, instead of the whole-track analysis." };
        var html = new Option<string?>("--html") { Description = "Write a report to look at and listen to: one file for a browser." };
        var clicks = new Option<string?>("--clicks") { Description = "Write the track with a click on every beat (WAV), downbeats higher." };
        var csv = new Option<string?>("--csv") { Description = "Write layers for Sonic Visualiser: PREFIX-beats.csv and so on, or a folder." };
        var stems = new Option<string?>("--stems") { Description = "Take the track apart and write four WAV files into this folder: percussive, bass, lead, rest." };
        var overwrite = new Option<bool>("--overwrite", "-y") { Description = "Replace files that exist." };
        var fresh = new Option<bool>("--no-cache") { Description = "Analyse anew, whatever the cache holds." };
        var quiet = new Option<bool>("--quiet", "-q") { Description = "Only warnings and errors." };
        var command = new Command(Name, "Say what is heard in a track: tempo, beats, key, sections, loudness.") { input, json, features, live, html, clicks, csv, stems, overwrite, fresh, quiet };
        command.SetAction((parsed, cancellation) =>
        {
            var request = new AnalyzeRequest
            {
                Track = parsed.GetValue(input)!,
                Json = parsed.GetValue(json),
                Features = parsed.GetValue(features),
                IsLive = parsed.GetValue(live),
                Html = parsed.GetValue(html),
                Clicks = parsed.GetValue(clicks),
                Stems = parsed.GetValue(stems),
                Csv = parsed.GetValue(csv),
                Overwrite = parsed.GetValue(overwrite),
                UseCache = !parsed.GetValue(fresh),
                Quiet = parsed.GetValue(quiet),
            };
            if (request is { Features: true, Json: null })
                throw new AInimException(ExitCode.Usage, "--features goes with --json FILE: features are written there.");
            if (request is { IsLive: true, Features: true })
                throw new AInimException(ExitCode.Usage, "--features writes those of the whole-track analysis. Leave out --live.");
            if (request is { IsLive: true, Html: not null })
                throw new AInimException(ExitCode.Usage, "--html shows the whole-track analysis. Leave out --live, or write --json or --clicks.");
            return AnalyzeSession.RunAsync(request, cancellation);
        });
        return command;
    }
}
