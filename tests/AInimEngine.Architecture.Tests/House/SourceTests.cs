namespace AInimEngine.Architecture.Tests.House;

public sealed class SourceTests
{
    private const string Good = """
        namespace AInimEngine.Core.Time;

        /// <summary>One.</summary>
        public sealed class Clock
        {
            public class Nested { }
        }

        internal sealed class Part;

        """;

    [Fact]
    public void SourcesKeepTheRules()
    {
        IReadOnlyList<string> files = Repository.Files("src", "*.cs");
        Assert.NotEmpty(files);
        AssertNone(files.SelectMany(path => SourceRules.Violations(path, Repository.Read(path), isProduct: true)));
    }

    [Fact]
    public void TestsAndToolsKeepThoseThatConcernThem() =>
        AssertNone(Repository.Files("tests", "*.cs").Concat(Repository.Files("tools", "*.cs"))
            .Where(path => !path.Contains(".Architecture.Tests/House/", StringComparison.Ordinal)) // the rules themselves
            .SelectMany(path => SourceRules.Violations(path, Repository.Read(path), isProduct: false)));

    [Theory]
    [InlineData("src/AInimEngine.Core/Time/Clock.cs")]
    [InlineData("src/AInimEngine.Core/Time/Clock.Parts.cs")]
    public void AGoodFileIsLeftAlone(string path) => Assert.Empty(SourceRules.Violations(path, Good, isProduct: true));

    [Theory]
    [InlineData("namespace AInimEngine.Core.Time;", "namespace AInimEngine.Core;", "the folder says 'AInimEngine.Core.Time'")]
    [InlineData("namespace AInimEngine.Core.Time;", "namespace AInimEngine.Core.Time\n{", "the folder says")]
    [InlineData("internal sealed class Part;", "public enum Part { }", "Clock, Part: one public type per file")]
    [InlineData("internal sealed class Part;", "public delegate ref int Part(int x);", "Clock, Part: one public type per file")]
    [InlineData("internal sealed class Part;", "public readonly record struct Part(int X);", "Clock, Part: one public type per file")]
    [InlineData("public sealed class Clock", "public sealed class Watch", "not named like its type Watch")]
    [InlineData("public sealed class Clock", "public class Clock", "Clock is neither sealed")]
    [InlineData("public sealed class Clock", "public partial record Clock", "Clock is neither sealed")]
    [InlineData("/// <summary>One.</summary>", "[DllImport(\"c\")]", ":3: '[DllImport'")]
    [InlineData("/// <summary>One.</summary>", "// TODO later", ":3: 'TODO'")]
    [InlineData("/// <summary>One.</summary>", "#nullable disable", "nullable is on everywhere")]
    [InlineData("/// <summary>One.</summary>", "// see /home/somebody/x", "a path of one machine")]
    public void ABrokenRuleIsFound(string from, string to, string complaint)
    {
        string text = Good.Replace(from, to, StringComparison.Ordinal);
        Assert.NotEqual(Good, text);
        Assert.Contains(complaint, Assert.Single(SourceRules.Violations("src/AInimEngine.Core/Time/Clock.cs", text, isProduct: true)), StringComparison.Ordinal);
    }

    [Fact]
    public void ALongFileIsFound()
    {
        string text = Good + string.Concat(Enumerable.Repeat("// line\n", 400));
        Assert.Contains("split by responsibility", Assert.Single(SourceRules.Violations("src/AInimEngine.Core/Time/Clock.cs", text, isProduct: true)), StringComparison.Ordinal);
    }

    [Fact]
    public void CoreBindsNothingNativeButTheWaitThatPacesTheLiveLoop() => Assert.All(Repository.Files("src/AInimEngine.Core", "*.cs"), path =>
    {
        // .NET waits in whole milliseconds; a frame at 60 a second is late by then. It is libc's, which is everywhere.
        if (path.EndsWith("Time/Deadline.cs", StringComparison.Ordinal))
            return;
        Assert.DoesNotContain("LibraryImport", Repository.Read(path), StringComparison.Ordinal);
        Assert.DoesNotContain("NativeLibrary.", Repository.Read(path), StringComparison.Ordinal);
    });

    // All of them, each whole: Assert.Empty would show the beginning of a few.
    private static void AssertNone(IEnumerable<string> violations)
    {
        string[] found = [.. violations];
        Assert.True(found.Length == 0, "\n" + string.Join('\n', found));
    }
}
