using System.Globalization;
using AInimEngine.Rendering.Safety;

namespace AInimEngine.Cli.Output;

/// <summary>The sentences about the flashes of a video.</summary>
public static class FlashText
{
    private const int MostSpans = 50;

    /// <summary>"general" or "red".</summary>
    public static string Name(FlashKind kind) => kind == FlashKind.General ? "general" : "red";

    /// <summary>The verdict in one line; then, where it fails, when, of what kind, and how badly.</summary>
    public static IEnumerable<string> Lines(string video, FlashReport report)
    {
        string counts = string.Create(CultureInfo.InvariantCulture, $"at most {report.MostFlashes(FlashKind.General):0.#} general and {report.MostFlashes(FlashKind.Red):0.#} red flashes in a second");
        IReadOnlyList<FlashSpan> spans = report.Spans;
        yield return report.Passes
            ? $"{video}: passes WCAG 2.3.1: {counts} ({report.Frames} frames)"
            : $"{video}: FAILS WCAG 2.3.1 in {(spans.Count == 1 ? "1 stretch" : $"{spans.Count} stretches")}: {counts} ({report.Frames} frames)";
        foreach (FlashSpan span in spans.Take(MostSpans))
            yield return string.Create(CultureInfo.InvariantCulture,
                $"  {PlanText.Clock(span.Start)} to {PlanText.Clock(span.End)}: {span.Flashes:0.#} {Name(span.Kind)} flashes in a second, over {span.Area * 100:0} % of a field");
        if (spans.Count > MostSpans)
            yield return $"  and {spans.Count - MostSpans} more";
    }
}
