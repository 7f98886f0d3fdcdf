[assembly: AssemblyFixture(typeof(AInimEngine.Engine.Tests.Support.Tracks))]
