using AInimEngine.Core.Errors;
using AInimEngine.Engine.Offline;
using AInimEngine.Engine.Tests.Support;

namespace AInimEngine.Engine.Tests.Offline;

public sealed class RenderFingerprintTests
{
    [Fact]
    public void TheOrderOfAddingDoesNotMatter() =>
        Assert.Equal(Of(("a", "1"), ("b", "2"), ("C", "3")), Of(("C", "3"), ("b", "2"), ("a", "1")));

    [Fact]
    public void EveryNameAndValueMatters()
    {
        string[] all =
        [
            Of(), Of(("a", "1")), Of(("a", "2")), Of(("b", "1")), Of(("A", "1")), Of(("a", "")), Of(("a", null)!, ("b", "1")),
            Of(("a", "1"), ("b", "2")), Of(("a", "2"), ("b", "1")), Of(("a", "1 ")),
        ];
        Assert.Equal(all.Length, all.Distinct().Count());
        Assert.All(all, hash => Assert.Matches("^[0-9a-f]{64}$", hash));
    }

    [Fact]
    public void AValueThatLooksLikeAnotherLineIsNotTakenForOne()
    {
        Assert.NotEqual(Of(("a", "1"), ("b", "2")), Of(("a", "1\nb=2")));
        Assert.NotEqual(Of(("a=b", "c")), Of(("a", "b=c")));
        Assert.NotEqual(Of(("a", "1"), ("b", "2")), Of(("a", "1\n1 b=1 2")));
    }

    [Fact]
    public void ANameIsTakenOnce()
    {
        var identity = new RenderFingerprint();
        identity.Add("a", 1);
        Assert.Throws<ArgumentException>(() => identity.Add("a", 2));
    }

    [Fact]
    public void OneByteOfAFileMattersAndItsNameDoesNot()
    {
        using var folder = new ScratchFolder();
        byte[] bytes = new byte[3_000_000];
        File.WriteAllBytes(folder["a"], bytes);
        File.WriteAllBytes(folder["b"], bytes);
        bytes[^1] = 1;
        File.WriteAllBytes(folder["c"], bytes);
        Assert.Equal(OfFile(folder["a"]), OfFile(folder["b"]));
        Assert.NotEqual(OfFile(folder["a"]), OfFile(folder["c"]));
        Assert.Equal(ExitCode.Input, Assert.Throws<AInimException>(() => OfFile(folder["d"])).ExitCode);
    }

    private static string Of(params (string Name, string Value)[] details)
    {
        var identity = new RenderFingerprint();
        foreach ((string name, string value) in details)
            identity.Add(name, value);
        return identity.Compute();
    }

    private static string OfFile(string path)
    {
        var identity = new RenderFingerprint();
        identity.AddFile("file", path);
        return identity.Compute();
    }
}
