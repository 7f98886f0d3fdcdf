using AInimEngine.Engine.Live.Shows;

namespace AInimEngine.Engine.Live;

/// <summary>What the show log takes down of the stage.</summary>
internal sealed partial class LiveStage
{
    /// <summary>Told of every preset that comes on stage; null for no log. The display's thread.</summary>
    internal ShowLog? Log
    {
        get;
        set
        {
            field = value;
            value?.Attach(_deck);
        }
    }

    /// <summary>The preset that plays.</summary>
    internal LiveDeck Playing => _deck;

    /// <summary>The preset that comes; null where none does.</summary>
    internal LiveDeck? Coming => _coming;

    /// <summary>Name of the transition of the present change, or of the last.</summary>
    internal string TransitionName => _transition?.Shader.Name ?? "";

    /// <summary>How far it has been drawn, 0..1.</summary>
    internal float Progress => (float)Smooth(_progress);
}
