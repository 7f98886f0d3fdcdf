using AInimEngine.Core.Errors;
using AInimEngine.Core.State;
using AInimEngine.Core.Time;
using AInimEngine.Rendering;
using AInimEngine.Rendering.Post;
using AInimEngine.Rendering.Presenting;
using AInimEngine.Rendering.Safety;
using AInimEngine.Rendering.Transitions;

namespace AInimEngine.Engine.Live.Shows;

/// <summary>
/// Paints the pictures of a logged show with the chains, transitions and the limiter of a live one. Exactly, frame by frame as
/// they were shown; or, at another size or rate, at any time between two of them, with the shaders' best working size. The thread
/// of its context.
/// </summary>
internal sealed class ShowStage : IDisposable
{
    // A preset is shown soon after it is logged, or not at all.
    private const int MostKnown = 64;

    private readonly GlContext _context;
    private readonly LogHead _head;
    private readonly int _width, _height;
    private readonly bool _exact;
    private readonly string _folder;
    private readonly IWarningSink _warnings;
    private readonly List<LogDeck> _known = [];
    private readonly List<ReplayDeck> _decks = [];
    private readonly Dictionary<string, Transition> _transitions = [];
    private readonly ReplayPictures _pictures = new();
    private readonly ReplayDeckMoment _playing = new(), _coming = new();
    private readonly LiveLimiter _limiter;
    private TestPattern? _pattern;
    private LiveOverlay? _words;

    /// <param name="context">Outlives it.</param>
    /// <param name="head">The show's.</param>
    /// <param name="width">Of the finished pictures.</param>
    /// <param name="height">Of the finished pictures.</param>
    /// <param name="exact">Working sizes are those of the show.</param>
    /// <param name="folder">For presets that are not installed any more.</param>
    /// <param name="warnings">Told what cannot be as it was.</param>
    internal ShowStage(GlContext context, LogHead head, int width, int height, bool exact, string folder, IWarningSink warnings)
    {
        (_context, _head, _width, _height, _exact, _folder, _warnings) = (context, head, width, height, exact, folder, warnings);
        _limiter = new LiveLimiter(context, width, height, head.LimitsFlashes);
    }

    /// <summary>Generators' pictures that were shown and are not in the log: those before are seen instead.</summary>
    internal long Missing { get; private set; }

    /// <summary>Takes a record about a preset or a generator's picture.</summary>
    internal void Take(LogKind kind, ReadOnlySpan<byte> content)
    {
        if (kind == LogKind.Deck && LogDeck.Unpack(content) is var deck)
            Know(deck);
        else if (kind == LogKind.Picture)
            _pictures.Add(LogPicture.Unpack(content));
    }

    /// <summary>Brings everything to where a shown frame begins: presets are loaded, generators' new pictures made.</summary>
    internal void Enter(LogFrame frame)
    {
        for (int i = _decks.Count - 1; i >= 0; i--)
        {
            if (_decks[i].Serial == frame.Playing.Deck || _decks[i].Serial == frame.Coming.Deck)
                continue;
            _decks[i].Dispose();
            _decks.RemoveAt(i);
        }
        Enter(frame.Playing);
        Enter(frame.Coming);
    }

    /// <summary>Paints a frame as it was shown.</summary>
    internal GlTexture Paint(LogFrame frame) => Paint(frame, null, 0, new FrameTime(frame.Frame, _head.Fps));

    /// <summary>Paints a picture between two that were shown; the first one was entered.</summary>
    /// <param name="from">The shown frame at or before the time.</param>
    /// <param name="to">The one after; null at the end.</param>
    /// <param name="share">Where in between, 0..1.</param>
    /// <param name="time">The picture's.</param>
    internal GlTexture Paint(LogFrame from, LogFrame? to, float share, FrameTime time)
    {
        _playing.Set(from.Playing);
        _coming.Set(from.Coming);
        (float light, float progress) = (from.Light, from.Progress);
        if (to is not null)
        {
            light += share * (to.Light - light);
            if (from.IsChanging && to.Coming.Deck == from.Coming.Deck)
                progress += share * (to.Progress - progress);
            _playing.Approach(to.Playing, share, Find(_playing.Deck)?.Leaps ?? []);
            // What was coming plays when the change is over.
            _coming.Approach(to.Coming.Deck == _coming.Deck ? to.Coming : to.Playing, share, Find(_coming.Deck)?.Leaps ?? []);
        }
        // Before its generator's first picture a preset is black.
        GlTexture finished = Draw(_playing, time) ?? Find(from.Playing.Deck)!.Output;
        if (Draw(_coming, time) is { } coming)
            finished = TransitionOf(from.Transition).Draw(finished, coming, progress);
        if (from.IsPattern)
            finished = DrawPattern(time);
        return _limiter.Apply(finished, light, time.Seconds);
    }

    /// <summary>Writes all that later pictures depend on. Between two of them.</summary>
    internal void Save(StateWriter writer)
    {
        writer.Section("show.stage", 1);
        var packer = new LogPacker(new byte[1024]);
        writer.Write(_known.Count);
        foreach (LogDeck deck in _known)
        {
            deck.Pack(packer);
            writer.Write(packer.Written.Length);
            writer.Write(packer.Written);
        }
        writer.Write(_decks.Count);
        foreach (ReplayDeck deck in _decks)
        {
            deck.Log.Pack(packer);
            writer.Write(packer.Written.Length);
            writer.Write(packer.Written);
            deck.Save(writer);
        }
        _pictures.Save(writer);
        writer.Write(Missing);
        _limiter.Save(writer);
    }

    /// <summary>Goes back to that; loads the presets that were on stage.</summary>
    /// <exception cref="InvalidDataException">It is no such state.</exception>
    /// <exception cref="AInimException">A preset cannot be loaded.</exception>
    internal void Restore(StateReader reader)
    {
        reader.Section("show.stage", 1);
        for (int left = Math.Min(reader.Read<int>(), MostKnown); left > 0; left--)
            Know(Unpack());
        for (int left = Math.Min(reader.Read<int>(), MostKnown); left > 0; left--)
        {
            var deck = ReplayDeck.Load(_context, Unpack(), _width, _height, _folder, _warnings);
            _decks.Add(deck);
            deck.Restore(reader);
        }
        _pictures.Restore(reader);
        Missing = reader.Read<long>();
        _limiter.Restore(reader);

        LogDeck Unpack()
        {
            int length = reader.Read<int>();
            var bytes = new byte[length is >= 0 and <= LogFile.MostBytes ? length : throw new InvalidDataException($"a preset takes {length} bytes")];
            reader.Read<byte>(bytes);
            return LogDeck.Unpack(bytes);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (ReplayDeck deck in _decks)
            deck.Dispose();
        foreach (Transition transition in _transitions.Values)
            transition.Dispose();
        _limiter.Dispose();
        _pattern?.Dispose();
        _words?.Dispose();
    }

    private void Know(LogDeck deck)
    {
        if (_known.Count == MostKnown)
            _known.RemoveAt(0);
        _known.Add(deck);
    }

    private void Enter(LogDeckState state)
    {
        if (state.Deck == 0)
            return;
        ReplayDeck? deck = Find(state.Deck);
        if (deck is null)
        {
            LogDeck log = _known.FindLast(known => known.Serial == state.Deck) ?? throw new InvalidDataException($"preset number {state.Deck} is shown and was never on stage");
            _decks.Add(deck = ReplayDeck.Load(_context, log, _width, _height, _folder, _warnings));
        }
        deck.Scale(_exact && state.IsPainted ? state.WorkScale : 1);
        if (!state.IsFresh)
            return;
        if (_pictures.TryTake(state.Deck, state.Picture, out long time, out float[] controls))
            deck.Decode(new FrameTime(time, _head.Fps), controls);
        else
            Missing++;
    }

    private GlTexture? Draw(ReplayDeckMoment moment, FrameTime time)
    {
        if (Find(moment.Deck) is not { HasPicture: true } deck)
            return null;
        deck.Paint(time, moment);
        return deck.Output;
    }

    private GlTexture DrawPattern(FrameTime time)
    {
        _pattern ??= new TestPattern(_context, _width, _height);
        try
        {
            _words ??= new LiveOverlay(_context);
        }
        catch (AInimException)
        {
            // No font: the live show had none either.
        }
        return _pattern.Draw(_words?.Canvas, time.Index, time.Seconds, _head.Display);
    }

    private ReplayDeck? Find(int serial)
    {
        foreach (ReplayDeck deck in _decks)
            if (deck.Serial == serial)
                return deck;
        return null;
    }

    private Transition TransitionOf(string name)
    {
        if (_transitions.TryGetValue(name, out Transition? known))
            return known;
        TransitionShader shader = TransitionLibrary.Load(Path.Combine(Installation.UserFolder, "transitions")).Get(name);
        return _transitions[name] = new Transition(_context, shader, _width, _height);
    }
}
