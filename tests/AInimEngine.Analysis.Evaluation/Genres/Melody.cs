namespace AInimEngine.Analysis.Evaluation.Genres;

/// <summary>A motif of two bars that returns: rhythm by metrical weight, pitch by a walk on the scale.</summary>
/// <param name="genre">Density, grid and syncopation.</param>
/// <param name="chords">Harmony.</param>
/// <param name="centre">Scale step around which it moves.</param>
public sealed class Melody(Genre genre, Chords chords, int centre)
{
    /// <summary>Adds one section.</summary>
    /// <returns>Places and pitches, in beats from the section's start.</returns>
    public List<(double At, double Length, int Key, int Velocity)> Section(char section, int bars, Dice dice)
    {
        int perBar = genre.Beats * genre.Grid;
        var motifs = new List<bool[]> { Rhythm(perBar * 2, dice), Rhythm(perBar * 2, dice) };
        int[] form = dice.Pick<int[]>([[0, 0, 0, 1], [0, 1, 0, 1], [0, 0, 1, 0]]);
        var notes = new List<(double, double, int, int)>();
        double legato = dice.Between(0.5, 1);
        int step = centre;
        int steps = bars * perBar;
        for (int i = 0; i < steps;)
        {
            bool[] motif = motifs[form[i / (2 * perBar) % 4]];
            if (!motif[i % (2 * perBar)])
            {
                i++;
                continue;
            }
            int next = i + 1;
            while (next < steps && next < i + perBar && !motifs[form[next / (2 * perBar) % 4]][next % (2 * perBar)])
                next++;
            step += dice.Pick<int>([-2, -1, -1, 0, 1, 1, 2, 3, -3]);
            step = Math.Clamp(step, centre - 6, centre + 6);
            bool strong = i % genre.Grid == 0;
            int key = chords.Pitch(step);
            if (strong && dice.Chance(0.7))
            {
                int degree = chords.Degree(section, (double)i / perBar);
                key = chords.Tone(degree, Math.Max(0, (step - degree) * chords.Size / 7));
            }
            int velocity = (int)(82 + 8 * dice.Normal() + (i % perBar == 0 ? 10 : strong ? 5 : 0));
            double length = Math.Min((next - i) / (double)genre.Grid, genre.Beats) * legato;
            notes.Add((i / (double)genre.Grid, length, key, velocity));
            i = next;
        }
        return notes;
    }

    private bool[] Rhythm(int steps, Dice dice)
    {
        var rhythm = new bool[steps];
        int perBar = steps / 2;
        double density = genre.Melody * dice.Between(0.6, 1.3);
        int restFrom = dice.Chance(0.5) ? dice.Below(steps) : steps;
        for (int i = 0; i < steps; i++)
        {
            double weight = i % perBar == 0 ? 1.6 : i % genre.Grid == 0 ? 1.5 : genre.Grid == 4 && i % 2 == 0 ? 1.0 : 0.6;
            if (dice.Chance(genre.Syncopation))
                weight = 1;
            rhythm[i] = (i < restFrom || i >= restFrom + perBar / 2) && dice.Chance(Math.Min(1, density * weight));
        }
        return rhythm;
    }
}
