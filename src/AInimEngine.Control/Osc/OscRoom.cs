using AInimEngine.Core.Control;

namespace AInimEngine.Control.Osc;

/// <summary>All that depends on a surface: what waits, who routes, who answers.</summary>
internal sealed class OscRoom
{
    internal OscRoom(ControlSurface surface, Func<long> timestamp)
    {
        Slots = new EventSlots(surface);
        Router = new OscRouter(surface, Slots, timestamp);
        Answers = new OscAnswers(surface, Router.Addresses);
    }

    internal EventSlots Slots { get; }

    internal OscRouter Router { get; }

    internal OscAnswers Answers { get; }

    internal OscTally Tally => new(Router.Received, Router.Refused, Router.Unknown, Slots.Superseded, Slots.Dropped);
}
