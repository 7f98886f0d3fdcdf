using System.Globalization;
using System.Text;
using AInimEngine.Core.Control;

namespace AInimEngine.Control;

/// <summary>The page about everything that hands can reach, made from the table itself.</summary>
public static class ControlDocument
{
    /// <summary>Markdown for people: one table a group of rows, with address, range, unit, default and what is bound.</summary>
    /// <param name="surface">The rows.</param>
    /// <param name="bindingOf">What is bound to a row, e.g. "space" or "CC 7"; null or empty when nothing is.</param>
    public static string Write(ControlSurface surface, Func<ControlRow, string?>? bindingOf = null)
    {
        var text = new StringBuilder("""
            # Controls

            Everything that keys, OSC and MIDI can reach, in one table. An OSC address is `/ainim/` and the name of the row, on the port
            that `ainim live` shows. Send a value as a float, 0 to 1 of its range; `ADDRESS/add` takes a step; a switch takes 0 or 1, `T` or `F`, and
            `ADDRESS/toggle`; a trigger goes off at a number above 0.5, at `T`, at `I`, or without an argument; a text takes a string. An
            address without an argument, or with the string `?`, asks where a value or a switch stands, and the answer goes to the sender;
            `/ainim/?` asks for all rows. Patterns (`*`, `?`, `[abc]`, `{this,that}`) reach many rows at once. MIDI reaches the same rows by
            learning.

            """.ReplaceLineEndings("\n"));
        foreach (IGrouping<string, ControlRow> group in surface.Rows.GroupBy(row => GroupOf(row.Id), StringComparer.Ordinal))
        {
            text.Append(CultureInfo.InvariantCulture, $"\n## {Heading(group.Key)}\n\n| Address | Kind | Range | Default | What it does |{(bindingOf is null ? "" : " Bound to |")}\n|---|---|---|---|---|{(bindingOf is null ? "" : "---|")}\n");
            foreach (ControlRow row in group)
            {
                text.Append(CultureInfo.InvariantCulture, $"| `/ainim/{row.Id}` | {Kind(row.Kind)} | {Range(row)} | {Default(row)} | {Escaped(row.Description)} |");
                if (bindingOf is not null)
                    text.Append(CultureInfo.InvariantCulture, $" {Escaped(bindingOf(row) ?? "")} |");
                text.Append('\n');
            }
        }
        return text.ToString();
    }

    private static string GroupOf(string id)
    {
        int slash = id.IndexOf('/', StringComparison.Ordinal);
        return slash < 0 ? "" : id[..slash];
    }

    private static string Heading(string group) => group switch
    {
        "" => "At once",
        "param" => "Parameters",
        _ => char.ToUpperInvariant(group[0]) + group[1..],
    };

    private static string Kind(ControlKind kind) => kind switch
    {
        ControlKind.Value => "value",
        ControlKind.Switch => "switch",
        ControlKind.Trigger => "trigger",
        _ => "text",
    };

    private static string Range(ControlRow row) => row.Parameter is { } parameter
        ? string.Create(CultureInfo.InvariantCulture, $"{parameter.Min:g6} to {parameter.Max:g6}{(parameter.Unit.Length > 0 ? " " + Escaped(parameter.Unit) : "")}")
        : row.Kind == ControlKind.Switch ? "0, 1" : "";

    private static string Default(ControlRow row) => row.Parameter is { } parameter
        ? parameter.Default.ToString("g6", CultureInfo.InvariantCulture)
        : row.Kind == ControlKind.Switch ? "0" : "";

    private static string Escaped(string text) => text.Replace("|", "\\|", StringComparison.Ordinal).ReplaceLineEndings(" ");
}
