using AInimEngine.Core.Control;

namespace AInimEngine.Control.Tempo;

/// <summary>
/// A bounded way for tempo commands from the loop's thread to the hearing one. When it is full the newest is dropped.
/// Nothing blocks or allocates.
/// </summary>
public sealed class TempoQueue
{
    private const int Room = 256;

    private readonly TempoCommand[] _commands = new TempoCommand[Room];
    private long _written, _read;

    /// <summary>Adds a command; false when there is no room. The loop's thread.</summary>
    public bool TryWrite(in TempoCommand command)
    {
        if (_written - Volatile.Read(ref _read) >= Room)
            return false;
        _commands[_written % Room] = command;
        Volatile.Write(ref _written, _written + 1);
        return true;
    }

    /// <summary>Takes the oldest command. The hearing thread.</summary>
    public bool TryRead(out TempoCommand command)
    {
        if (_read == Volatile.Read(ref _written))
        {
            command = default;
            return false;
        }
        command = _commands[_read % Room];
        Volatile.Write(ref _read, _read + 1);
        return true;
    }
}
