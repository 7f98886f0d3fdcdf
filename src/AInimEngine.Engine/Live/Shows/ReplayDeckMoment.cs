namespace AInimEngine.Engine.Live.Shows;

/// <summary>What a preset gives to a picture of a replay: as it was logged, or between two logged ones. Made once, filled again and again.</summary>
internal sealed class ReplayDeckMoment
{
    /// <summary>Number of the deck; 0 for none.</summary>
    internal int Deck { get; private set; }

    /// <summary>From the generator's last picture, 0, to the present one, 1.</summary>
    internal float Blend { get; private set; }

    /// <summary>The shaders' phases before they draw.</summary>
    internal double[] Phases { get; private set; } = [];

    /// <summary>Controls behind the latent.</summary>
    internal float[] Controls { get; private set; } = [];

    /// <summary>As it was logged.</summary>
    internal void Set(LogDeckState state)
    {
        Deck = state.Deck != 0 && state.IsPainted ? state.Deck : 0;
        if (Deck == 0)
            return;
        Blend = state.Blend;
        if (Phases.Length != state.Phases.Length)
            Phases = new double[state.Phases.Length];
        if (Controls.Length != state.Controls.Length)
            Controls = new float[state.Controls.Length];
        for (int i = 0; i < Phases.Length; i++)
            Phases[i] = double.IsFinite(state.Phases[i]) ? state.Phases[i] : 0;
        for (int i = 0; i < Controls.Length; i++)
            Controls[i] = float.IsFinite(state.Controls[i]) ? state.Controls[i] : 0;
    }

    /// <summary>Goes a share of the way to the same deck's next frame, after <see cref="Set"/>; what wraps or jumps stays until then.</summary>
    /// <param name="next">The next frame's; of another deck, or not painted, it says nothing.</param>
    /// <param name="share">0..1.</param>
    /// <param name="leaps">As <see cref="ReplayDeck.Leaps"/>.</param>
    internal void Approach(LogDeckState next, float share, float[] leaps)
    {
        if (Deck == 0 || next.Deck != Deck || !next.IsPainted || next.Phases.Length != Phases.Length || next.Controls.Length != Controls.Length || leaps.Length != Controls.Length)
            return;
        // With a new picture the blend begins anew, from this one's end.
        Blend += share * ((next.IsFresh ? 1 : next.Blend) - Blend);
        for (int i = 0; i < Phases.Length; i++)
            if (double.IsFinite(next.Phases[i]))
                Phases[i] += share * (next.Phases[i] - Phases[i]);
        for (int i = 0; i < Controls.Length; i++)
            if (Math.Abs(next.Controls[i] - Controls[i]) < leaps[i])
                Controls[i] += share * (next.Controls[i] - Controls[i]);
    }
}
