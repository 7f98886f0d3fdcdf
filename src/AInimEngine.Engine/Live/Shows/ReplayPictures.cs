using AInimEngine.Core.State;

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

    /// <summary>Writes those that wait.</summary>
    internal void Save(StateWriter writer)
    {
        writer.Write(_made.Count);
        foreach ((int deck, long frame, long time, float[] controls) in _made)
        {
            writer.Write((deck, controls.Length, frame, time));
            writer.Write<float>(controls);
        }
    }

    /// <exception cref="InvalidDataException">It is no such state.</exception>
    internal void Restore(StateReader reader)
    {
        _made.Clear();
        for (int left = Math.Min(reader.Read<int>(), Most); left > 0; left--)
        {
            (int deck, int count, long frame, long time) = reader.Read<(int, int, long, long)>();
            var controls = new float[count is >= 0 and <= LogDeck.MostControls ? count : throw new InvalidDataException($"a picture has {count} controls")];
            reader.Read<float>(controls);
            _made.Add((deck, frame, time, controls));
        }
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
