namespace AInimEngine.DemoTrack.Composition;

/// <summary>Who strikes when. Kick and snare lie exactly on the grid; hats and shaker swing a little (see the mix).</summary>
public static class Drums
{
    private static readonly double[] _hatAccents = [.75, .35, .5, .4, .7, .35, .5, .45, .75, .35, .5, .4, .7, .35, .55, .5];

    /// <summary>All kicks.</summary>
    public static IReadOnlyList<Hit> Kick { get; } = [.. Enumerable.Range(0, Song.Bars).SelectMany(KickIn)];

    /// <summary>All snares, the rolls of bars 3 and 11 included.</summary>
    public static IReadOnlyList<Hit> Snare { get; } = [.. Enumerable.Range(0, Song.Bars).SelectMany(SnareIn)];

    /// <summary>Closed hats.</summary>
    public static IReadOnlyList<Hit> Hat { get; } =
    [
        .. Enumerable.Range(0, Song.Bars).SelectMany(bar => Enumerable.Range(0, 16)
            .Where(step => bar switch
            {
                1 => step % 2 == 0,
                2 => true,
                3 => step < 14,
                9 => step % 4 == 2,
                16 => step % 2 == 0 && step < 12,
                _ => IsDrop(bar),
            })
            .Select(step => new Hit(bar, step, _hatAccents[step] * (bar == 1 ? 0.5 : bar is 9 or 16 ? 0.6 : 1)))),
    ];

    /// <summary>Open hats, between the beats.</summary>
    public static IReadOnlyList<Hit> OpenHat { get; } =
        [.. Enumerable.Range(0, Song.Bars).Where(IsDrop).SelectMany(bar => ((int[])[2, 6, 10, 14]).Select(step => new Hit(bar, step, step == 14 ? 1 : 0.85)))];

    /// <summary>Shaker of the second drop and of the build.</summary>
    public static IReadOnlyList<Hit> Shaker { get; } =
        [.. Enumerable.Range(0, Song.Bars).Where(bar => bar is 2 or 3 or >= 12 and < 16).SelectMany(bar => Enumerable.Range(0, bar == 3 ? 14 : 16).Select(step => new Hit(bar, step, step % 4 == 2 ? 1 : step % 2 == 0 ? 0.6 : 0.4)))];

    /// <summary>A wooden tick against the beat.</summary>
    public static IReadOnlyList<Hit> Rim { get; } =
        [.. Enumerable.Range(0, Song.Bars).Where(bar => bar is 6 or 7 or >= 12 and < 16).SelectMany(bar => ((int[])[3, 6, 9, 11]).Select(step => new Hit(bar, step, step == 6 ? 0.9 : 0.6)))];

    /// <summary>Crash cymbals.</summary>
    public static IReadOnlyList<Hit> Crash { get; } = [new(4, 0, 1), new(8, 0, 0.6), new(12, 0, 1), new(14, 0, 0.5), new(16, 0, 0.7)];

    private static bool IsDrop(int bar) => bar is >= 4 and < 8 or >= 12 and < 16;

    private static IEnumerable<Hit> KickIn(int bar)
    {
        switch (bar)
        {
            case 0 or 1: // a heartbeat behind a wall
                yield return new(bar, 0, 0.55);
                yield return new(bar, 8, 0.55);
                break;
            case 2:
                for (int step = 0; step < 16; step += 4)
                    yield return new(bar, step, 0.8);
                break;
            case 3:
                for (int step = 0; step < 12; step += 4)
                    yield return new(bar, step, 0.8);
                break;
            case 7 or 15: // the last beat of a drop stumbles
                foreach (int step in (int[])[0, 4, 8, 12, 14])
                    yield return new(bar, step, step == 14 ? 0.75 : 1);
                break;
            case 16:
                for (int step = 0; step < 16; step += 4)
                    yield return new(bar, step, 0.9 - step * 0.02);
                break;
            case 17:
                yield return new(bar, 0, 0.7);
                break;
            default:
                for (int step = 0; step < 16 && IsDrop(bar); step += 4)
                    yield return new(bar, step, 1);
                break;
        }
    }

    private static IEnumerable<Hit> SnareIn(int bar)
    {
        if (bar == 2 || IsDrop(bar))
        {
            yield return new(bar, 4, bar == 2 ? 0.6 : 1);
            yield return new(bar, 12, bar == 2 ? 0.6 : 1);
            if (bar is 7 or 15)
                yield return new(bar, 15, 0.6);
        }
        else if (bar == 3)
        {
            for (int step = 0; step < 14; step += step < 8 ? 2 : 1)
                yield return new(bar, step, 0.3 + 0.045 * step);
        }
        else if (bar == 11)
        {
            for (int step = 4; step < 14; step += step < 8 ? 2 : 1)
                yield return new(bar, step, 0.2 + 0.05 * step);
        }
    }
}
