using AInimEngine.Control.Tempo;
using AInimEngine.Core.Control;
using AInimEngine.Core.Parameters;

namespace AInimEngine.Control.Tests;

/// <summary>A small surface with rows of every kind.</summary>
internal static class Surfaces
{
    internal static ControlSurface Make() => new(
    [
        new("master/speed", ControlKind.Value, "How fast.", new Parameter("speed", "", 0, 4, 1, "How fast.")),
        new("master/brightness", ControlKind.Value, "How bright.", new Parameter("brightness", "", 0, 1, 1, "How bright.")),
        new("param/bloom.strength", ControlKind.Value, "Glow | halo.", new Parameter("bloom.strength", "dB", 0, 2, 0.5f, "Glow.")),
        new("layer/1/opacity", ControlKind.Value, "First layer.", new Parameter("layer.1", "", 0, 1, 0, "First layer.")),
        new("layer/2/opacity", ControlKind.Value, "Second layer.", new Parameter("layer.2", "", 0, 1, 0, "Second layer.")),
        new("blackout", ControlKind.Switch, "Dark."),
        new("freeze", ControlKind.Switch, "Still."),
        new("panic", ControlKind.Trigger, "Safe."),
        new("preset/next", ControlKind.Trigger, "Next."),
        new("preset/name", ControlKind.Text, "By name."),
        .. TempoRows.All,
    ]);

    internal static List<ControlEvent> Drain(IControlSource source)
    {
        var events = new List<ControlEvent>();
        while (source.TryRead(out ControlEvent happened))
            events.Add(happened);
        return events;
    }
}
