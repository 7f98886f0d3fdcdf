using AInimEngine.Analysis.Evaluation.Corpora;
using AInimEngine.Analysis.Evaluation.Families;
using AInimEngine.Analysis.Evaluation.Running;
using AInimEngine.Analysis.Evaluation.Systems;

namespace AInimEngine.Analysis.Evaluation;

/// <summary>Measures how well the engine hears, beside aubio, on sound whose truth is known. See docs/hearing-evaluation.md.</summary>
internal static class Program
{
    private static int Main(string[] arguments)
    {
        Options options;
        try
        {
            options = Options.Parse(arguments);
        }
        catch (ArgumentException error)
        {
            Console.Error.WriteLine($"{error.Message}\n{Options.Usage}");
            return 2;
        }
        Track[] tracks = [.. TracksOf(options).Where(track => track.Family.Contains(options.Only, StringComparison.OrdinalIgnoreCase))];
        if (tracks.Length == 0)
        {
            Console.Error.WriteLine("there are no tracks to hear");
            return 3;
        }
        var evaluator = new Evaluator(AllSystems.Beats, options.BeatsOnly ? [] : AllSystems.Onsets, options.BeatsOnly ? [] : AllSystems.Structure);
        int count = 0;
        TrackResult[] results = evaluator.Run(tracks, (track, error) =>
            Console.Error.WriteLine($"{Interlocked.Increment(ref count)}/{tracks.Length} {track.Name}{(error is null ? "" : $": left out, {error}")}"));
        HashSet<string> outside = [.. SyntheticFamilies.All.Where(family => !family.InMean).Select(family => family.Name)];
        Console.Write(Report.Of(evaluator, results, outside, options.ShowTracks));
        return 0;
    }

    private static IReadOnlyList<Track> TracksOf(Options options)
    {
        Action<string> log = Console.Error.WriteLine;
        if (options.Corpus is { } corpus)
            return FolderCorpus.Tracks(corpus);
        if (options.Midi is null && options.InstalledRoot is null)
        {
            string? noCodec = AacRoundTrip.Missing;
            if (noCodec is not null)
                log($"family codec: skipped, {noCodec}");
            return [.. SyntheticFamilies.All.Where(family => noCodec is null || family.Name != "codec")
                .SelectMany(family => options.HeldOut ? family.HeldOut(options.Count) : family.Tuning(options.Count))];
        }
        if (FluidSynth.Missing is { } reason)
        {
            log($"compositions: skipped, {reason}");
            return [];
        }
        var synth = new FluidSynth(options.Cache);
        return options.Midi is { } folder
            ? MidiCorpus.Folder(folder, options.HeldOut, synth, log)
            : MidiCorpus.Installed(options.InstalledRoot!, options.HeldOut, synth, log);
    }
}
