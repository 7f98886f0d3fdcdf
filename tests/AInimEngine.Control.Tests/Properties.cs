using FsCheck;

namespace AInimEngine.Control.Tests;

/// <summary>Runs a property on the same cases every time, so that a failure can be had again.</summary>
internal static class Properties
{
    private static readonly Config _config = Config.QuickThrowOnFailure.WithMaxTest(2000).WithReplay(20261127, 1001);

    public static void Check(Property property) => FsCheck.Check.One(_config, property);
}
