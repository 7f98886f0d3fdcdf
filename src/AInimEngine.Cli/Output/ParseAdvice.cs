using System.CommandLine;
using System.CommandLine.Parsing;
using AInimEngine.Mapping.Json;

namespace AInimEngine.Cli.Output;

/// <summary>What somebody may have meant by words that the command line does not know.</summary>
public static class ParseAdvice
{
    private static readonly (string Type, string Words)[] s_types =
    [
        ("type 'System.UInt64'", "whole number from 0"), ("type 'System.Nullable`1[System.UInt64]'", "whole number from 0"),
        ("type 'System.Int32'", "whole number"), ("type 'System.Double'", "number"),
    ];

    /// <summary>The parser's message without the names of types.</summary>
    public static string InWords(string message)
    {
        foreach ((string type, string words) in s_types)
            message = message.Replace(type, words, StringComparison.Ordinal);
        return message;
    }

    /// <summary>" Did you mean 'render'?", or how to render the file that was named; empty when nothing is near.</summary>
    public static string For(ParseResult parsed)
    {
        Command command = parsed.CommandResult.Command;
        foreach (string word in parsed.UnmatchedTokens)
        {
            IEnumerable<string> known = word.StartsWith('-')
                ? command.Options.SelectMany(option => option.Aliases.Append(option.Name)).Where(name => name.StartsWith("--", StringComparison.Ordinal))
                : command.Subcommands.Select(verb => verb.Name);
            if (Suggestion.Close(word, known) is { Count: > 0 } close)
                return $" Did you mean {string.Join(" or ", close.Select(name => $"'{name}'"))}?";
            if (command is RootCommand && File.Exists(word))
                return $" For a video of it: ainim render '{word}'.";
        }
        return "";
    }
}
