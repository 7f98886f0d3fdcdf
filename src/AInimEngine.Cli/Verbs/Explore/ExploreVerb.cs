using System.CommandLine;

namespace AInimEngine.Cli.Verbs.Explore;

/// <summary><c>ainim explore</c>: what a model can make, and where in its latent space.</summary>
public static class ExploreVerb
{
    /// <summary>Makes the verb.</summary>
    public static Command Create() => new("explore", "Look around in a model: seeds, directions, mixed styles, ways, pictures found again; keep what you like.")
    {
        ExploreSheet.Create(),
        ExploreDirections.Create(),
        ExploreMove.Create(),
        ExploreMix.Create(),
        ExploreWalk.Create(),
        ExploreProject.Create(),
        ExploreFavourites.Create(),
        ExploreBlend.Create(),
    };
}
