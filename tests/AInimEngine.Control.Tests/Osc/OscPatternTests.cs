using System.Diagnostics;
using System.Text;
using AInimEngine.Control.Osc;

namespace AInimEngine.Control.Tests.Osc;

public sealed class OscPatternTests
{
    [Theory]
    [InlineData("/a/b", "/a/b", true)]
    [InlineData("/a/b", "/a/bc", false)]
    [InlineData("/a/bc", "/a/b", false)]
    [InlineData("/a/?", "/a/b", true)]
    [InlineData("/a?b", "/a/b", false)]
    [InlineData("/*/b", "/a/b", true)]
    [InlineData("/*", "/a/b", false)]
    [InlineData("/a/*", "/a/", true)]
    [InlineData("/a*c", "/abbbc", true)]
    [InlineData("/a*c*e", "/abcde", true)]
    [InlineData("/a*c*f", "/abcde", false)]
    [InlineData("/layer/[1-3]/x", "/layer/2/x", true)]
    [InlineData("/layer/[!1-3]/x", "/layer/2/x", false)]
    [InlineData("/layer/[!1-3]/x", "/layer/4/x", true)]
    [InlineData("/layer/[a-]/x", "/layer/-/x", true)]
    [InlineData("/layer/[!a]x", "/layer//x", false)]
    [InlineData("/{one,two}/x", "/two/x", true)]
    [InlineData("/{on,one}e/x", "/onee/x", true)]
    [InlineData("/{one,two}/x", "/three/x", false)]
    [InlineData("/x{,y}", "/x", true)]
    [InlineData("/[ab", "/a", false)]
    [InlineData("/{ab", "/ab", false)]
    [InlineData("", "", true)]
    public void MatchesAsTheSpecificationSays(string pattern, string address, bool matches) =>
        Assert.Equal(matches, OscPattern.Matches(Encoding.UTF8.GetBytes(pattern), Encoding.UTF8.GetBytes(address)));

    [Theory]
    [InlineData("*a*a*a*a*a*a*a*a*a*b", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    [InlineData("{a,aa}{a,aa}{a,aa}{a,aa}{a,aa}{a,aa}{a,aa}{a,aa}{a,aa}{a,aa}{a,aa}{a,aa}{a,aa}{a,aa}{a,aa}{a,aa}b", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    public void APatternMadeToTakeForEverEndsSoon(string pattern, string address)
    {
        byte[] p = Encoding.UTF8.GetBytes(pattern), a = Encoding.UTF8.GetBytes(address);
        Assert.False(OscPattern.Matches(p, a));
        long start = Stopwatch.GetTimestamp();
        for (int i = 0; i < 100; i++)
            OscPattern.Matches(p, a);
        Assert.InRange(Stopwatch.GetElapsedTime(start).TotalSeconds, 0, 1);
    }
}
