using AInimEngine.Core.Errors;
using AInimEngine.Core.State;
using AInimEngine.Core.Time;
using AInimEngine.Rendering;
using AInimEngine.Rendering.Post;

namespace AInimEngine.Engine.Live.Shows;

/// <summary>
/// Goes through a logged show picture by picture: exactly those that were shown, or one for every instant of another rate. Between
/// <see cref="MoveNext"/> and <see cref="Paint"/> its state can be saved. The thread of its context.
/// </summary>
internal sealed class ShowReplay : IDisposable
{
    private readonly ShowIndex _index;
    private readonly ShowReplayPlan _plan;
    private readonly HashComparison _hashes;
    private readonly LogReader _reader;
    private readonly ShowStage _stage;
    private LogFrame _from = new(), _to = new();
    private bool _begun, _isMore, _enters;

    /// <param name="context">Outlives it.</param>
    /// <param name="show">The log.</param>
    /// <param name="index">What is in it.</param>
    /// <param name="plan">What is made of it.</param>
    /// <param name="hashes">Is given those of the log, where pictures are what was shown.</param>
    /// <param name="folder">For presets that are not installed any more.</param>
    /// <param name="warnings">Told what cannot be as it was.</param>
    /// <exception cref="Core.Errors.AInimException">The log cannot be read.</exception>
    internal ShowReplay(GlContext context, string show, ShowIndex index, ShowReplayPlan plan, HashComparison hashes, string folder, IWarningSink warnings)
    {
        (_index, _plan, _hashes) = (index, plan, hashes);
        _reader = LogReader.Open(show);
        try
        {
            _stage = new ShowStage(context, index.Head, plan.Width, plan.Height, plan.IsExact, folder, warnings);
        }
        catch
        {
            _reader.Dispose();
            throw;
        }
    }

    /// <summary>Number of the picture, at the plan's rate.</summary>
    internal long Number { get; private set; }

    /// <summary>Number of the next one: until then this one is seen.</summary>
    internal long Until { get; private set; }

    /// <summary>Generators' pictures that the log has lost.</summary>
    internal long Missing => _stage.Missing;

    /// <summary>Goes on to the next picture; nothing is painted yet.</summary>
    /// <returns>False at the end.</returns>
    /// <exception cref="Core.Errors.AInimException">The log says something wrong.</exception>
    internal bool MoveNext()
    {
        try
        {
            bool begins = !_begun;
            if (begins)
                _isMore = Read();
            _begun = true;
            if (_plan.IsExact)
            {
                if (!_isMore)
                    return false;
                Advance();
                (Number, Until) = (_from.Frame, _isMore ? _to.Frame : _from.Frame + 1);
                return true;
            }
            if (begins)
                Advance();
            Number = begins ? _plan.First : Number + 1;
            Until = Number + 1;
            return Number < _plan.First + _plan.Frames;
        }
        catch (InvalidDataException error)
        {
            throw _reader.Refuse(error);
        }
    }

    /// <summary>Paints the picture.</summary>
    /// <returns>Valid until the next is painted.</returns>
    /// <exception cref="Core.Errors.AInimException">A preset of the show cannot be loaded, or the log says something wrong.</exception>
    internal GlTexture Paint()
    {
        try
        {
            if (_enters)
                _stage.Enter(_from);
            _enters = false;
            return _plan.IsExact ? _stage.Paint(_from) : PaintBetween();
        }
        catch (InvalidDataException error)
        {
            throw _reader.Refuse(error);
        }
    }

    /// <summary>Writes where it stands and all that later pictures depend on. After <see cref="MoveNext"/>.</summary>
    internal void Save(StateWriter writer)
    {
        writer.Section("show.replay", 1);
        writer.Write((Number, Until, _reader.Position));
        writer.Write((_isMore, _enters));
        foreach (LogFrame frame in (ReadOnlySpan<LogFrame>)[_from, _to])
        {
            writer.Write(frame.Content.Length);
            writer.Write(frame.Content);
        }
        _stage.Save(writer);
        _hashes.Save(writer);
    }

    /// <summary>Goes back to that; <see cref="Paint"/> follows. Before anything else.</summary>
    /// <exception cref="InvalidDataException">It is no such state.</exception>
    internal void Restore(StateReader reader)
    {
        reader.Section("show.replay", 1);
        (Number, Until, _reader.Position) = reader.Read<(long, long, long)>();
        (_isMore, _enters) = reader.Read<(bool, bool)>();
        foreach (LogFrame frame in (ReadOnlySpan<LogFrame>)[_from, _to])
        {
            int length = reader.Read<int>();
            var content = new byte[length is >= 0 and <= LogFile.MostBytes ? length : throw new InvalidDataException($"a picture takes {length} bytes")];
            reader.Read<byte>(content);
            if (length > 0)
                frame.Unpack(content);
        }
        _stage.Restore(reader);
        _hashes.Restore(reader);
        _begun = true;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _stage.Dispose();
        _reader.Dispose();
    }

    private GlTexture PaintBetween()
    {
        var time = new FrameTime(Number, _plan.Fps);
        Rational shown = _index.Head.Fps;
        // Compared as shown frames, exactly: a picture at the very instant of one is that one.
        double at = (double)((Int128)time.Index * _plan.Fps.Denominator * shown.Numerator) / ((double)_plan.Fps.Numerator * shown.Denominator);
        while (_isMore && _to.Frame <= at)
        {
            Advance();
            _stage.Enter(_from);
            _enters = false;
        }
        float share = _isMore ? (float)Math.Clamp((at - _from.Frame) / (_to.Frame - _from.Frame), 0, 1) : 0;
        return _stage.Paint(_from, _isMore ? _to : null, share, time);
    }

    private void Advance()
    {
        (_from, _to) = (_to, _from);
        _enters = true;
        _isMore = Read();
    }

    /// <summary>Reads on to the next picture that was shown.</summary>
    private bool Read()
    {
        while (_reader.Read(out LogKind kind, out ReadOnlySpan<byte> content))
        {
            if (kind == LogKind.Frame)
            {
                _to.Unpack(content);
                return true;
            }
            if (kind == LogKind.Hash && _plan.IsExact)
                _hashes.Take(content);
            else
                _stage.Take(kind, content);
        }
        return false;
    }
}
