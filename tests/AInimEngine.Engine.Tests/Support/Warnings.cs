using AInimEngine.Core.Errors;

namespace AInimEngine.Engine.Tests.Support;

/// <summary>Keeps what was warned of, and does something about it when asked.</summary>
/// <param name="then">Called on the thread that warns, with the warning.</param>
internal sealed class Warnings(Action<string>? then = null) : IWarningSink
{
    private readonly List<string> _messages = [];

    /// <summary>All warnings so far, in order.</summary>
    internal IReadOnlyList<string> Messages => _messages;

    /// <inheritdoc/>
    public void Warn(string message)
    {
        lock (_messages)
            _messages.Add(message);
        then?.Invoke(message);
    }
}
