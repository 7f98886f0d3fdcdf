namespace AInimEngine.Audio.Tests.Support;

/// <summary>The classes that share one sound server.</summary>
[CollectionDefinition(Name)]
public sealed class PulseCollection : ICollectionFixture<PulseServer>
{
    internal const string Name = "pulse";
}
