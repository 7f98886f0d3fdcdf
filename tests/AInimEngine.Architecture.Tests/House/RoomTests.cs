using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace AInimEngine.Architecture.Tests.House;

public sealed class RoomTests
{
    [Fact]
    public void RoomsUseOnlyWhatTheHouseAllows()
    {
        IReadOnlyList<string> projects = Repository.Files("src", "*.csproj");
        Assert.NotEmpty(projects);
        Assert.Empty(projects.SelectMany(path => Rooms.Violations(path, XDocument.Parse(Repository.Read(path)))));
    }

    [Theory]
    [InlineData("Media", """<ProjectReference Include="../AInimEngine.Neural/AInimEngine.Neural.csproj" />""", "Media may not use Neural")]
    [InlineData("Media", """<ProjectReference Include="..\AInimEngine.Neural\AInimEngine.Neural.csproj" />""", "Media may not use Neural")]
    [InlineData("Engine", """<ProjectReference Include="../AInimEngine.Cli/AInimEngine.Cli.csproj" />""", "Engine may not use Cli")]
    [InlineData("Cli", """<ProjectReference Include="../../tools/Odd/Odd.csproj" />""", "Cli may not use Odd")]
    [InlineData("Kitchen", "", "there is no room 'Kitchen'")]
    [InlineData("Core", """<PackageReference Include="System.Numerics.Tensors" />""", "BCL only")]
    [InlineData("Media", "<OutputType>Exe</OutputType>", "only executable")]
    [InlineData("Media", "<DisableTransitiveProjectReferences>false</DisableTransitiveProjectReferences>", "set once")]
    public void AWrongArrowIsFound(string room, string content, string complaint)
    {
        string path = $"src/AInimEngine.{room}/AInimEngine.{room}.csproj";
        XDocument project = XDocument.Parse($"<Project><ItemGroup>{content}</ItemGroup>{(room == "Cli" ? "<OutputType>Exe</OutputType>" : "")}</Project>");
        Assert.Contains(complaint, Assert.Single(Rooms.Violations(path, project)), StringComparison.Ordinal);
    }

    [Fact]
    public void TheAllowedArrowsFormNoCircle()
    {
        var done = new HashSet<string>();
        while (done.Count < Rooms.Allowed.Count)
        {
            string[] next = [.. Rooms.Allowed.Where(room => !done.Contains(room.Key)).Where(room => room.Value.All(r => r == "*" || done.Contains(r))).Select(room => room.Key)];
            Assert.NotEmpty(next);
            done.UnionWith(next);
        }
    }

    [Fact]
    public void ARoomSeesOnlyTheRoomsThatItNames()
    {
        XDocument props = XDocument.Parse(Repository.Read("Directory.Build.props"));
        XElement setting = Assert.Single(props.Descendants("DisableTransitiveProjectReferences"));
        Assert.Equal("true", setting.Value);
        Assert.All(setting.AncestorsAndSelf(), element => Assert.Null(element.Attribute("Condition")));
        Assert.Equal("true", Assert.Single(props.Descendants("TreatWarningsAsErrors")).Value);
    }

    [Fact]
    public void TheDocumentShowsTheSameTable()
    {
        Dictionary<string, string[]> documented = Regex
            .Matches(Repository.Read("docs/architecture.md"), @"^\| `AInimEngine\.(\w+)` \|[^|]*\| ([^|]+) \|", RegexOptions.Multiline)
            .ToDictionary(
                match => match.Groups[1].Value,
                match => match.Groups[2].Value switch
                {
                    "the BCL only" => [],
                    "every room" => ["*"],
                    string list => list.Split(", "),
                });
        Assert.Equal(Rooms.Allowed.Keys.Order(), documented.Keys.Order());
        Assert.All(documented, row => Assert.Equal(Rooms.Allowed[row.Key], row.Value));
    }

    [Fact]
    public void TheDocumentSaysWhichRoomsAreThere()
    {
        Match sentence = Regex.Match(Repository.Read("docs/architecture.md"), @"^There today: ([\w, ]+)\.", RegexOptions.Multiline);
        IEnumerable<string> there = Repository.Files("src", "*.csproj").Select(path => Path.GetFileNameWithoutExtension(path)["AInimEngine.".Length..]);
        Assert.Equal(there.Order(), sentence.Groups[1].Value.Split(", ").Order());
    }

    [Fact]
    public void EveryProjectIsInTheSolution()
    {
        string solution = Repository.Read("AInimEngine.sln").Replace('\\', '/');
        string[] projects = [.. ((string[])["src", "tests", "tools"]).SelectMany(folder => Repository.Files(folder, "*.csproj"))];
        Assert.All(projects, path => Assert.Contains($"\"{path}\"", solution, StringComparison.Ordinal));
    }

    [Fact]
    public void PackageVersionsLiveInOnePlace()
    {
        string[] projects = [.. ((string[])["src", "tests", "tools"]).SelectMany(folder => Repository.Files(folder, "*.csproj"))];
        Assert.All(projects, path => Assert.DoesNotContain(
            XDocument.Parse(Repository.Read(path)).Descendants("PackageReference").Attributes(),
            attribute => attribute.Name.LocalName.StartsWith("Version", StringComparison.Ordinal)));
    }
}
