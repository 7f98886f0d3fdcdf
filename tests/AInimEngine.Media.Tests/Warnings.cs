using AInimEngine.Core.Errors;

namespace AInimEngine.Media.Tests;

/// <summary>Keeps what was warned of.</summary>
internal sealed class Warnings : IWarningSink
{
    public List<string> Lines { get; } = [];

    public void Warn(string message) => Lines.Add(message);
}
