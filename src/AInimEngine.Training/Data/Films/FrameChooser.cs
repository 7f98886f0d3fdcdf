namespace AInimEngine.Training.Data.Films;

/// <summary>Chooses frames: one of every scene, and of long scenes one every so many seconds, each where least moves.</summary>
internal static class FrameChooser
{
    private const double UsualStep = 2.5, ShortestStep = 0.2; // seconds
    private const int Enough = 200;

    /// <summary>Numbers of the chosen frames, rising.</summary>
    /// <param name="frames">All frames in order.</param>
    /// <param name="fps">How many of them a second.</param>
    /// <param name="most">At most so many.</param>
    /// <param name="scenes">How many scenes there are.</param>
    public static List<long> Choose(IReadOnlyList<FilmFrame> frames, double fps, int most, out int scenes)
    {
        List<(int From, int To)> all = Scenes(frames);
        scenes = all.Count;
        int longest = all.Max(scene => scene.To - scene.From);
        double step = UsualStep * fps;
        while (step > Math.Max(1, ShortestStep * fps) && Parts(all, step).Count < Math.Min(Enough, most))
            step /= 2; // a short film: closer frames
        while (step < longest && Parts(all, step).Count > most)
            step *= 1.2;
        var chosen = new List<long>();
        foreach ((int from, int to) in Parts(all, step))
        {
            if (Calmest(frames, from, to) is >= 0 and int frame)
                chosen.Add(frame);
        }
        return chosen.Count <= most ? chosen : [.. Enumerable.Range(0, most).Select(i => chosen[(int)((long)i * chosen.Count / most)])];
    }

    private static List<(int From, int To)> Scenes(IReadOnlyList<FilmFrame> frames)
    {
        var scenes = new List<(int, int)>();
        int from = 0;
        for (int i = 1; i <= frames.Count; i++)
        {
            if (i < frames.Count && !frames[i].IsCut)
                continue;
            scenes.Add((from, i));
            from = i;
        }
        return scenes;
    }

    private static List<(int From, int To)> Parts(List<(int From, int To)> scenes, double step)
    {
        var parts = new List<(int, int)>();
        foreach ((int from, int to) in scenes)
        {
            int count = Math.Max(1, (int)Math.Round((to - from) / step));
            for (int i = 0; i < count; i++)
                parts.Add((from + (int)((long)(to - from) * i / count), from + (int)((long)(to - from) * (i + 1) / count)));
        }
        return parts;
    }

    /// <summary>The frame in the middle half that differs least from its neighbours, -1 if all of the part is dark.</summary>
    private static int Calmest(IReadOnlyList<FilmFrame> frames, int from, int to)
    {
        int quarter = (to - from) / 4, best = -1;
        float least = float.MaxValue;
        for (int i = from + quarter; i < to - quarter; i++)
        {
            float change = Math.Max(frames[i].Change, i + 1 < to ? frames[i + 1].Change : 0);
            if (!frames[i].IsDark && change < least)
                (best, least) = (i, change);
        }
        return best;
    }
}
