using AInimEngine.Core.Errors;

namespace AInimEngine.Engine.Hearing;

/// <summary>Passes warnings on and remembers them, so that the cache can repeat what the decoder said.</summary>
internal sealed class WarningRecorder(IWarningSink? next) : IWarningSink
{
    private readonly List<string> _messages = [];

    public IReadOnlyList<string> Messages => _messages;

    public void Warn(string message)
    {
        lock (_messages)
            _messages.Add(message);
        next?.Warn(message);
    }
}
