using AInimEngine.Analysis;
using AInimEngine.Core.Errors;
using AInimEngine.Core.Time;

namespace AInimEngine.Engine.Live.Shows;

/// <summary>What is in a show log, as a first reading finds it.</summary>
internal sealed class ShowIndex
{
    private const double MostHours = 48;

    private ShowIndex(LogHead head) => Head = head;

    /// <summary>How the show was played.</summary>
    internal LogHead Head { get; }

    /// <summary>Number of the first picture that was shown; -1 where there is none.</summary>
    internal long First { get; private set; } = -1;

    /// <summary>Number of the last one.</summary>
    internal long Last { get; private set; } = -1;

    /// <summary>Pictures that were shown.</summary>
    internal long Shown { get; private set; }

    /// <summary>Pictures whose hash is known.</summary>
    internal long Hashes { get; private set; }

    /// <summary>Pieces of sound.</summary>
    internal long Sounds { get; private set; }

    /// <summary>What hands did.</summary>
    internal long Events { get; private set; }

    /// <summary>Records that found no room when they were written.</summary>
    internal long Lost { get; private set; }

    /// <summary>The show ended well.</summary>
    internal bool IsWhole { get; private set; }

    /// <summary>Bytes at the end that cannot be read.</summary>
    internal long Broken { get; private set; }

    /// <summary>Seconds from the first picture to the end of the last.</summary>
    internal double Seconds => (Last - First + 1) / Head.Fps.Value;

    /// <summary>Reads a log to its end.</summary>
    /// <exception cref="AInimException">It is none, or shows nothing.</exception>
    internal static ShowIndex Read(string show, CancellationToken cancellation)
    {
        using LogReader reader = LogReader.Open(show);
        var index = new ShowIndex(reader.Head);
        try
        {
            while (reader.Read(out LogKind kind, out ReadOnlySpan<byte> content))
            {
                cancellation.ThrowIfCancellationRequested();
                index.Take(kind, content);
            }
        }
        catch (InvalidDataException error)
        {
            throw reader.Refuse(error);
        }
        index.Broken = reader.Broken;
        if (index.First < 0)
            throw new AInimException(ExitCode.Input, $"the show '{show}' ended before its first picture: there is nothing to render.");
        if (index.Seconds > MostHours * 3600)
            throw new AInimException(ExitCode.Input, $"the show '{show}' claims to last longer than {MostHours} hours: it is damaged.");
        return index;
    }

    /// <summary>Writes the sound into a file of a given length.</summary>
    internal void WriteSound(string show, string path, FrameTime begin, double seconds, CancellationToken cancellation)
    {
        using LogReader reader = LogReader.Open(show);
        using var sound = new ShowSound(path, (long)Math.Round(seconds * Hop.SampleRate));
        while (reader.Read(out LogKind kind, out ReadOnlySpan<byte> content))
        {
            cancellation.ThrowIfCancellationRequested();
            if (kind != LogKind.Sound)
                continue;
            var from = new LogUnpacker(content);
            double at = from.Next<double>();
            sound.Add((double.IsFinite(at) ? at : 0) - begin.Seconds, from.Rest);
        }
        sound.Finish();
    }

    private void Take(LogKind kind, ReadOnlySpan<byte> content)
    {
        switch (kind)
        {
            case LogKind.Frame:
                long frame = LogFrame.FrameOf(content);
                if (frame <= Last)
                    throw new InvalidDataException($"picture {frame} comes after picture {Last}");
                First = First < 0 ? frame : First;
                (Last, Shown) = (frame, Shown + 1);
                break;
            case LogKind.Hash:
                Hashes++;
                break;
            case LogKind.Sound:
                if (content.Length < sizeof(double))
                    throw new InvalidDataException("sound without its time");
                Sounds++;
                break;
            case LogKind.Event:
                Events++;
                break;
            case LogKind.Lost:
                Lost = new LogUnpacker(content).Next<long>();
                break;
            case LogKind.End:
                IsWhole = true;
                break;
        }
    }
}
