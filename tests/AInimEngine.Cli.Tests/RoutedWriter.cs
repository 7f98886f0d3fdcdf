using System.Text;

namespace AInimEngine.Cli.Tests;

/// <summary>
/// The console as a run inside this process sees it: what the run writes, on any of its threads, goes to the run's own
/// text; what anybody else writes, such as the test runner, goes on to where it went before.
/// </summary>
internal sealed class RoutedWriter(TextWriter otherwise) : TextWriter
{
    private readonly AsyncLocal<TextWriter?> _route = new();

    /// <inheritdoc/>
    public override Encoding Encoding => otherwise.Encoding;

    /// <summary>Whatever this flow of execution, and what it starts, writes from now on goes here; null ends that.</summary>
    internal void RouteTo(TextWriter? target) => _route.Value = target is null ? null : Synchronized(target);

    /// <inheritdoc/>
    public override void Write(char value) => Target.Write(value);

    /// <inheritdoc/>
    public override void Write(char[] buffer, int index, int count) => Target.Write(buffer, index, count);

    /// <inheritdoc/>
    public override void Write(string? value) => Target.Write(value);

    /// <inheritdoc/>
    public override void WriteLine(string? value) => Target.WriteLine(value);

    /// <inheritdoc/>
    public override void Flush() => Target.Flush();

    private TextWriter Target => _route.Value ?? otherwise;
}
