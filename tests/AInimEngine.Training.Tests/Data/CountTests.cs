using AInimEngine.Core.Errors;
using AInimEngine.Training.Data;

namespace AInimEngine.Training.Tests.Data;

public sealed class CountTests : IDisposable
{
    private readonly PictureFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private string Refused(Func<DataSettings, DataSettings>? with = null)
    {
        AInimException error = Assert.Throws<AInimException>(() => _folder.Build(16, with));
        Assert.Equal(ExitCode.Input, error.ExitCode);
        Assert.DoesNotContain('\n', error.Message);
        return error.Message;
    }

    [Fact]
    public void ThreePicturesAreRefusedAndItSaysHowManyAreNeeded()
    {
        Assert.Contains("it holds no files", Refused(), StringComparison.Ordinal);
        _folder.Fill(3);
        Assert.Contains("it has 3 pictures; at least 10 different ones are needed", Refused(), StringComparison.Ordinal);
        _folder.Fill(9);
        for (int i = 0; i < 5; i++)
            _folder.Write($"copy{i}.png", PictureFolder.Noise(32, 1, 0));
        _folder.Write("bad.jpg", [0xFF, 0xD8, 0xFF, 0xE0, 0, 16, .. new byte[10]]);
        string message = Refused();
        Assert.Contains("it has 9 pictures (1 cannot be used: 'bad.jpg': the file is cut off)", message, StringComparison.Ordinal);
    }

    [Fact]
    public void APathThatIsNoFolderOfPicturesSaysWhatToPass()
    {
        Assert.Contains("no such folder", Refused(s => s with { Path = _folder["missing"] }), StringComparison.Ordinal);
        _folder.Write("one.png", PictureFolder.Noise(16, 1, 1));
        Assert.Contains("it is one picture. Pass a folder", Refused(s => s with { Path = _folder["one.png"] }), StringComparison.Ordinal);
        _folder.Write("words.txt", "no film"u8.ToArray());
        Refused(s => s with { Path = _folder["words.txt"] });
        _folder.Make("sound.wav", "-f", "lavfi", "-i", "sine=d=1");
        Assert.Contains("no video stream", Refused(s => s with { Path = _folder["sound.wav"] }), StringComparison.Ordinal);
    }

    [Fact]
    public void FewPicturesAreWarnedAbout()
    {
        _folder.Fill(49);
        using TrainingData few = _folder.Build(16);
        Assert.Contains(few.Report.Warnings, w => w.StartsWith("49 pictures are few", StringComparison.Ordinal));
        _folder.Fill(50);
        using TrainingData enough = _folder.Build(16);
        Assert.Empty(enough.Report.Warnings);
    }

    [Fact]
    public void TheSamePixelsCountOnceAndNearOnesAreListed()
    {
        _folder.Fill(12, side: 64);
        _folder.Make("z05-copy.bmp", "-i", "z05.png"); // another file, the same pixels
        _folder.Make("z06-near.jpg", "-i", "z06.png", "-q:v", "3");
        using TrainingData data = _folder.Build(32);
        Assert.Equal([new PicturePair("z05.png", "z05-copy.bmp")], data.Report.Duplicates); // '-' comes before '.'
        Assert.Equal([new PicturePair("z06.png", "z06-near.jpg")], data.Report.NearDuplicates);
        Assert.Equal((14, 13, 13), (data.Report.Found, data.Report.Used, data.Set.Count));
        Assert.Contains(data.Report.Warnings, w => w.Contains("1 picture is there more than once and counts once", StringComparison.Ordinal));
        Assert.Contains(data.Report.Warnings, w => w.Contains("1 picture looks almost like another", StringComparison.Ordinal));
    }

    [Fact]
    public void FoldersAreClassesWhenAsked()
    {
        _folder.Fill(7, prefix: "sea/deep/s");
        _folder.Fill(12, prefix: "fire/f", seed: 2);
        _folder.Write("top.png", PictureFolder.Noise(32, 3, 0));
        Directory.CreateDirectory(_folder["nothing"]);
        using TrainingData plain = _folder.Build(16), classes = _folder.Build(16, s => s with { ClassesFromFolders = true });
        Assert.Equal((20, 0, 0), (plain.Set.Count, plain.Set.ClassNames.Count, plain.Set.Labels.Length));
        Assert.Equal(["fire", "sea"], classes.Set.ClassNames);
        Assert.Equal([new ClassCount("fire", 12), new ClassCount("sea", 7)], classes.Report.Classes);
        for (int i = 0; i < classes.Set.Count; i++)
            Assert.StartsWith(classes.Set.ClassNames[classes.Set.Labels[i]] + "/", classes.Set.Name(i), StringComparison.Ordinal);
        Assert.Equal("top.png", Assert.Single(classes.Report.Skipped).Name);
        Assert.Contains(classes.Report.Warnings, w => w.StartsWith("class 'sea' has only 7 pictures", StringComparison.Ordinal));
        Assert.Contains("it holds 0 folders", Refused(s => s with { Path = _folder["fire"], ClassesFromFolders = true }), StringComparison.Ordinal);
    }

    [Fact]
    public void StylesAreFoundByColourAndByEdgesAndTheSameEachTime()
    {
        // Three looks: red noise, blue noise, grey stripes.
        for (int i = 0; i < 8; i++)
        {
            foreach ((string name, int red, int blue) in (ReadOnlySpan<(string, int, int)>)[("red", 1, 0), ("sky", 0, 1)])
            {
                var pixels = new ushort[32 * 32 * 3];
                byte[] random = new byte[1024];
                for (int p = 0; p < 1024; p++)
                    random[p] = (byte)(120 + AInimEngine.Core.Randomness.Philox.Uniform(5, (ulong)i, (ulong)p) * 100);
                for (int p = 0; p < 1024; p++)
                    (pixels[3 * p], pixels[3 * p + 2]) = ((ushort)(red * random[p]), (ushort)(blue * random[p]));
                _folder.Write($"{name}{i}.png", PictureBytes.Png(32, 32, 3, pixels));
            }
            var stripes = new ushort[32 * 32 * 3];
            for (int p = 0; p < 1024; p++)
                stripes.AsSpan(3 * p, 3).Fill((ushort)(100 + (p % 32 + i) % 8 * 12 + i));
            _folder.Write($"stripes{i}.png", PictureBytes.Png(32, 32, 3, stripes));
        }
        Func<DataSettings, DataSettings> clustered = s => s with { StyleClusters = 3, Seed = 4 };
        using TrainingData data = _folder.Build(32, clustered);
        Assert.Equal(["style 1", "style 2", "style 3"], data.Set.ClassNames);
        Assert.Equal([8, 8, 8], data.Report.Classes.Select(c => c.Pictures));
        foreach (string look in (string[])["red", "sky", "stripes"])
            Assert.Single(Enumerable.Range(0, 24).Where(i => data.Set.Name(i).StartsWith(look, StringComparison.Ordinal)).Select(i => data.Set.Labels[i]).Distinct());

        Directory.Delete(_folder.Cache, recursive: true);
        using TrainingData again = _folder.Build(32, clustered);
        Assert.False(again.Report.FromCache);
        Assert.Equal(data.Set.Hash, again.Set.Hash);
    }
}
