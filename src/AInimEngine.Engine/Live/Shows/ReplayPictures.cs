namespace AInimEngine.Engine.Live.Shows;

/// <summary>Controls of generators' pictures that were made and may yet be shown: a few, whatever the log says. One thread.</summary>
internal sealed class ReplayPictures
{
    // A generator is one or two pictures ahead of what is shown.
    private const int Most = 64;

    private readonly List<(int Deck, long Frame, long Time, float[] Controls)> _made = [];

    /// <summary>Keeps a picture's controls; the oldest go when there are too many.</summary>
    internal void Add((int Deck, long Frame, long Time, float[] Controls) picture)
    {
        if (_made.Count == Most)
            _made.RemoveAt(0);
        _made.Add(picture);
    }

    /// <summary>Takes a picture's controls, and lets go of those of the deck that were made before.</summary>
    internal bool TryTake(int deck, long frame, out long time, out float[] controls)
    {
        int at = _made.FindIndex(picture => picture.Deck == deck && picture.Frame == frame);
        (time, controls) = at < 0 ? (0, []) : (_made[at].Time, _made[at].Controls);
        _made.RemoveAll(picture => picture.Deck == deck && picture.Frame <= frame);
        return at >= 0;
    }
}
