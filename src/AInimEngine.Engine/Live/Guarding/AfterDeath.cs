namespace AInimEngine.Engine.Live.Guarding;

/// <summary>What follows when a show has died.</summary>
internal enum AfterDeath
{
    /// <summary>It starts again where it stood.</summary>
    Resume,

    /// <summary>It starts again with its first preset and that one's own values.</summary>
    Panic,

    /// <summary>It is not started again.</summary>
    Leave,
}
