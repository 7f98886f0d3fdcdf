using AInimEngine.Core.Parameters;

namespace AInimEngine.Core.Control;

/// <summary>
/// Everything that a performer can reach, and where each value stands: one table for keys, OSC, MIDI, web, overlay and
/// documentation. Rows never change after it was made; positions are written by the loop and may be read by any thread.
/// </summary>
public sealed class ControlSurface
{
    private readonly Dictionary<string, int> _byId = new(StringComparer.Ordinal);
    private readonly ControlRow[] _rows;
    private readonly float[] _positions;

    /// <summary>Makes the table with every value at its default and every switch off.</summary>
    /// <exception cref="ArgumentException">Two rows have one id, or a value has no parameter.</exception>
    public ControlSurface(IEnumerable<ControlRow> rows)
    {
        _rows = [.. rows];
        _positions = new float[_rows.Length];
        for (int i = 0; i < _rows.Length; i++)
        {
            if (!_byId.TryAdd(_rows[i].Id, i))
                throw new ArgumentException($"control '{_rows[i].Id}' is there twice", nameof(rows));
            if (_rows[i].Kind != ControlKind.Value)
                continue;
            Parameter parameter = _rows[i].Parameter ?? throw new ArgumentException($"control '{_rows[i].Id}' has no range", nameof(rows));
            _positions[i] = _rows[i].ToUnit(parameter.Default);
        }
    }

    /// <summary>The rows, in the order that people see.</summary>
    public IReadOnlyList<ControlRow> Rows => _rows;

    /// <summary>Index of a row, or -1.</summary>
    public int IndexOf(string id) => _byId.GetValueOrDefault(id, -1);

    /// <summary>Where a row stands, 0..1.</summary>
    public float Position(int row) => Volatile.Read(ref _positions[row]);

    /// <summary>The row's value in the parameter's own unit; 0 or 1 for a switch.</summary>
    public float Value(int row) => _rows[row].FromUnit(Position(row));

    /// <summary>Says where a row stands when something else than a hand moved it: a preset that begins. The loop's thread.</summary>
    public void Place(int row, float position) => Volatile.Write(ref _positions[row], Math.Clamp(float.IsFinite(position) ? position : 0, 0, 1));

    /// <summary>Moves a row by an event. The loop's thread.</summary>
    /// <returns>Whether it happened: a trigger or text that was meant, or a position that is another one now.</returns>
    public bool Apply(in ControlEvent happened)
    {
        ControlRow row = _rows[happened.Row];
        float value = float.IsFinite(happened.Value) ? happened.Value : 0;
        if (row.Kind is ControlKind.Trigger or ControlKind.Text)
            return value > 0.5f && (row.Kind == ControlKind.Trigger || happened.Text is not null);
        float before = _positions[happened.Row];
        float after = happened.Mode switch
        {
            ControlMode.Relative => before + value,
            ControlMode.Toggle => before > 0.5f ? 0 : 1,
            _ => value,
        };
        after = Math.Clamp(after, 0, 1);
        if (row.Kind == ControlKind.Switch)
            after = after > 0.5f ? 1 : 0;
        Volatile.Write(ref _positions[happened.Row], after);
        return after != before;
    }
}
