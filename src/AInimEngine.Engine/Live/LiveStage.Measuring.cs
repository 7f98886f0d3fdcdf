namespace AInimEngine.Engine.Live;

/// <summary>What measurements look at.</summary>
internal sealed partial class LiveStage
{
    /// <summary>The frame that the generator's picture on stage was made for; -1 before the first.</summary>
    internal long GeneratedFor => _deck.Relay.TakenFrame;

    /// <summary>One preset plays, and nothing comes, goes or is being made ready.</summary>
    internal bool IsQuiet => !IsChanging && !IsBuilding && !IsFreeing && _loader.Loading is null;
}
