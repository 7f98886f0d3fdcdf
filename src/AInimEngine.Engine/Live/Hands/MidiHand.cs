using AInimEngine.Control.Midi;
using AInimEngine.Control.Tempo;
using AInimEngine.Core.Control;
using AInimEngine.Core.Errors;

namespace AInimEngine.Engine.Live.Hands;

/// <summary>
/// MIDI on stage: the devices, the person's map of what moves what, and learning with the row that was moved last. The
/// display's thread; a map that was learned is written at once, a few hundred bytes.
/// </summary>
internal sealed class MidiHand : IDisposable
{
    /// <summary>What to ask for to hear every device.</summary>
    internal const string All = "all";

    /// <summary>What to ask for to hear none.</summary>
    internal const string None = "none";

    private readonly ControlSurface _surface;
    private readonly string _path;
    private readonly int _learn, _learnHere, _learnRow, _forget;
    private string? _preset, _message;
    private bool _isProblem;
    private int _last = -1;

    private MidiHand(ControlSurface surface, MidiSource source, string path)
    {
        (_surface, Source, _path) = (surface, source, path);
        (_learn, _learnHere) = (surface.IndexOf(MidiRows.Learn), surface.IndexOf(MidiRows.LearnHere));
        (_learnRow, _forget) = (surface.IndexOf(MidiRows.LearnRow), surface.IndexOf(MidiRows.Forget));
    }

    /// <summary>Where its events come from.</summary>
    internal MidiSource Source { get; }

    /// <summary>The clock that a device sends.</summary>
    internal MidiClockFollower Clock => Source.Clock;

    /// <summary>Begins to listen.</summary>
    /// <param name="surface">The rows.</param>
    /// <param name="devices"><see cref="All"/>, or a part of the names of those that are heard.</param>
    /// <param name="path">The map's file; it may be missing.</param>
    /// <param name="warnings">Told what is missing: no MIDI at all is no fault where every device was asked for.</param>
    /// <exception cref="AInimException">The map cannot be read.</exception>
    internal static MidiHand Start(ControlSurface surface, string devices, string path, IWarningSink warnings)
    {
        MidiMap map = MidiMapFile.ReadOrEmpty(path);
        foreach (string row in map.Presets.Values.Append(map.Global).SelectMany(list => list).Select(binding => binding.Row).Distinct().Where(row => surface.IndexOf(row) < 0))
            warnings.Warn($"{path} binds '{row}', which is not there; docs/controls.md lists what is");
        string? only = devices == All ? null : devices;
        MidiSource source = MidiSource.Start(surface, map, only: only);
        if (only is not null && source.Reason is { } reason)
            warnings.Warn($"no MIDI: {reason}");
        else if (only is not null && MidiSource.ListInputs() is var ports && !ports.Any(port => port.Contains(only, StringComparison.OrdinalIgnoreCase)))
            warnings.Warn($"no MIDI device has '{only}' in its name ({(ports.Count == 0 ? "there is none" : "there are: " + string.Join(", ", ports))}); it is taken when it comes");
        return new MidiHand(surface, source, path);
    }

    /// <summary>Takes an event that the surface said happened, of any hand.</summary>
    internal void Take(in ControlEvent happened)
    {
        int row = happened.Row;
        if (row == _learn || row == _learnHere)
            Learn(_last, row == _learnHere ? _preset : null);
        else if (row == _learnRow)
            Learn(_surface.IndexOf(happened.Text!), null, happened.Text);
        else if (row == _forget)
            Forget();
        else if (_surface.Rows[row].Kind != ControlKind.Text && !_surface.Rows[row].Id.StartsWith(MidiRows.Prefix, StringComparison.Ordinal))
            _last = row;
    }

    /// <summary>Once a frame: another preset's own bindings, and what was learned.</summary>
    /// <param name="preset">The preset that plays.</param>
    internal void Update(string preset)
    {
        if (!ReferenceEquals(preset, _preset))
        {
            _preset = preset;
            Source.SetPreset(preset);
        }
        if (!Source.TryTakeLearned(out MidiBinding learned))
            return;
        if (Write())
            Say($"{learned} moves {learned.Row}", isProblem: false);
    }

    /// <summary>Tells once what happened.</summary>
    internal bool TryTakeMessage(out string message, out bool isProblem)
    {
        (message, isProblem) = (_message ?? "", _isProblem);
        bool has = _message is not null;
        _message = null;
        return has;
    }

    /// <inheritdoc/>
    public void Dispose() => Source.Dispose();

    private void Learn(int row, string? preset, string? wanted = null)
    {
        if (!Source.Active)
        {
            Say(Source.Reason!, isProblem: true);
        }
        else if (wanted is null && Source.Learning is not null)
        {
            Source.CancelLearn();
            Say("nothing is learned", isProblem: false);
        }
        else if (row < 0 || _surface.Rows[row].Kind == ControlKind.Text)
        {
            Say(wanted is null ? "move something first, by key or OSC: that is what a MIDI control can learn to move" : $"no MIDI control can move '{wanted}'", isProblem: true);
        }
        else
        {
            Source.BeginLearn(row, preset);
            string where = Source.Devices.Count == 0 ? "; no device is there yet" : "";
            Say($"move a MIDI control: it will move {_surface.Rows[row].Id}{(preset is null ? "" : $" in {preset}")} (M leaves it){where}", isProblem: where.Length > 0);
        }
    }

    private void Forget()
    {
        if (_last < 0)
        {
            Say("move something first: that is what MIDI forgets", isProblem: true);
            return;
        }
        string row = _surface.Rows[_last].Id;
        Source.SetMap(Source.Map.Without(row));
        if (Write())
            Say($"no MIDI control moves {row} any more", isProblem: false);
    }

    private bool Write()
    {
        try
        {
            MidiMapFile.Write(_path, Source.Map);
            return true;
        }
        catch (AInimException error)
        {
            Say(error.Message, isProblem: true);
            return false;
        }
    }

    private void Say(string message, bool isProblem) => (_message, _isProblem) = (message, isProblem);
}
