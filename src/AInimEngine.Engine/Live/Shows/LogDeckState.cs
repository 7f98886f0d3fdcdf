namespace AInimEngine.Engine.Live.Shows;

/// <summary>What a preset on stage gave to a picture that was shown. Made once and read into again and again.</summary>
internal sealed class LogDeckState
{
    private const int MostPhases = 4096;

    /// <summary>Number of the deck; 0 for none.</summary>
    internal int Deck { get; set; }

    /// <summary>It drew: before its generator's first picture there is nothing to draw.</summary>
    internal bool IsPainted { get; private set; }

    /// <summary>A picture of the generator was new in this frame.</summary>
    internal bool IsFresh { get; private set; }

    /// <summary>The generator's frame that is shown.</summary>
    internal long Picture { get; private set; }

    /// <summary>From the generator's last picture, 0, to this one, 1.</summary>
    internal float Blend { get; private set; }

    /// <summary>Working size over output size.</summary>
    internal float WorkScale { get; private set; }

    /// <summary>The shaders' phases before they drew.</summary>
    internal double[] Phases { get; private set; } = [];

    /// <summary>Controls behind the latent.</summary>
    internal float[] Controls { get; private set; } = [];

    /// <summary>Writes a deck.</summary>
    internal static void Pack(LogPacker to, LiveDeck deck)
    {
        to.Add(deck.Serial).Add(deck.IsReady ? 1 : 0).Add(deck.IsFresh ? 1 : 0).Add(deck.Relay.TakenFrame).Add(deck.Blend).Add(deck.IsReady ? deck.Chain.WorkScale : 0);
        to.AddMany<double>(deck.IsReady ? deck.Phases : []);
        to.AddMany<float>(deck.IsReady ? deck.Controls.Values.AsSpan(deck.Latent.Length) : []);
    }

    /// <summary>Bytes that a deck may take.</summary>
    internal static int BytesOf(LiveDeck deck) => 64 + MostPhases * sizeof(double) + deck.Controls.Values.Length * sizeof(float);

    internal void Unpack(ref LogUnpacker from)
    {
        Deck = from.Next(1, int.MaxValue);
        IsPainted = from.Next(0, 1) == 1;
        IsFresh = from.Next(0, 1) == 1;
        Picture = from.Next<long>();
        (Blend, WorkScale) = (from.NextFinite(), from.NextFinite());
        Phases = Fill(Phases, from.Many<double>(MostPhases));
        Controls = Fill(Controls, from.Many<float>(LogDeck.MostControls));
    }

    private static T[] Fill<T>(T[] array, ReadOnlySpan<T> values)
    {
        if (array.Length != values.Length)
            array = new T[values.Length];
        values.CopyTo(array);
        return array;
    }
}
