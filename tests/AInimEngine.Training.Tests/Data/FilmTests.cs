using AInimEngine.Core.Errors;
using AInimEngine.Training.Data;

namespace AInimEngine.Training.Tests.Data;

public sealed class FilmTests : IDisposable
{
    private readonly PictureFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    /// <summary>Five scenes of 1.6 s, a colour each with a white square that walks, under black bars above and below.</summary>
    private void Film(string name, params string[] more)
    {
        string[] colours = ["red", "green", "blue", "gray", "yellow"];
        string scenes = string.Concat(colours.Select((colour, i) =>
            $"color={colour}:s=320x136:r=25:d=1.6[c{i}];color=white:s=40x40:r=25:d=1.6[w{i}];[c{i}][w{i}]overlay=x=20+150*t:y=20+50*t[s{i}];"));
        _folder.Make(name,
        [
            "-filter_complex", $"{scenes}[s0][s1][s2][s3][s4]concat=n=5,pad=320:180:0:22:black,format=yuv420p", "-c:v", "libx264", "-preset", "ultrafast", "-crf", "10", .. more,
        ]);
    }

    [Fact]
    public void AFilmOfFiveScenesGivesPicturesOfEachWithoutItsBars()
    {
        Film("film.mp4", "-f", "mp4");
        using TrainingData data = _folder.Build(32, s => s with { Path = _folder["film.mp4"] });
        Assert.Equal(5, data.Report.Scenes);
        Assert.InRange(data.Report.SmallestSide, 120, 136);
        int[] perScene = new int[5];
        for (int i = 0; i < data.Set.Count; i++)
        {
            ReadOnlySpan<byte> pixels = data.Set.Pixels(i);
            for (int p = 0; p < 1024; p++)
                Assert.True(Math.Max(pixels[p], Math.Max(pixels[1024 + p], pixels[2048 + p])) > 60, $"picture {i} has a black pixel at {p}");
            perScene[(int)(TimeSpan.Parse(data.Set.Name(i), System.Globalization.CultureInfo.InvariantCulture).TotalSeconds / 1.6)]++;
        }
        Assert.All(perScene, count => Assert.True(count >= 2, $"pictures per scene: {string.Join(' ', perScene)}"));
        Assert.True(data.Report.Used < data.Report.Found, "frames that look alike are left out");

        using TrainingData again = _folder.Build(32, s => s with { Path = _folder["film.mp4"] });
        Assert.True(again.Report.FromCache);
    }

    [Fact]
    public void AtMostSoManyPicturesAreTakenAndEverySceneIsAmongThem()
    {
        Film("film.mkv", "-f", "matroska");
        using TrainingData data = _folder.Build(32, s => s with { Path = _folder["film.mkv"], MostFromFilm = 15 });
        Assert.InRange(data.Report.Found, 10, 15);
        Assert.Equal(5, data.Report.Scenes);
    }

    [Fact]
    public void AFilmInWhichNothingHappensIsRefused()
    {
        _folder.Make("still.mp4", "-f", "lavfi", "-i", "color=red:s=64x64:d=4", "-c:v", "libx264", "-preset", "ultrafast");
        AInimException error = Assert.Throws<AInimException>(() => _folder.Build(32, s => s with { Path = _folder["still.mp4"] }));
        Assert.Contains("the film shows 1 different picture; at least 10 are needed", error.Message, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Input, error.ExitCode);
    }

    [Fact]
    public void AnHdrFilmIsSaidToBePaler()
    {
        Film("hdr.mp4", "-color_trc", "smpte2084");
        using TrainingData data = _folder.Build(16, s => s with { Path = _folder["hdr.mp4"] });
        Assert.Contains(data.Report.Warnings, w => w.StartsWith("the film is HDR", StringComparison.Ordinal));
    }

    [Fact]
    public void APhoneFilmIsTurnedUpright()
    {
        // Stored lying; the container says to turn it by 90 degrees. What is left when stored is above or below when seen.
        _folder.Make("lying.mp4", "-f", "lavfi", "-i", "testsrc2=s=128x96:d=2:r=10,format=yuv420p", "-c:v", "libx264", "-preset", "ultrafast");
        _folder.Make("turned.mp4", "-i", "lying.mp4", "-c", "copy", "-metadata:s:v", "rotate=90");
        using TrainingData lying = _folder.Build(32, s => s with { Path = _folder["lying.mp4"] }), turned = _folder.Build(32, s => s with { Path = _folder["turned.mp4"] });
        Assert.Equal(lying.Set.Count, turned.Set.Count);
        double same = 0, right = 0, left = 0;
        ReadOnlySpan<byte> a = lying.Set.Pixels(0), b = turned.Set.Pixels(0);
        for (int y = 0; y < 32; y++)
        {
            for (int x = 0; x < 32; x++)
            {
                same += Math.Abs(a[y * 32 + x] - b[y * 32 + x]);
                right += Math.Abs(a[y * 32 + x] - b[x * 32 + 31 - y]);
                left += Math.Abs(a[y * 32 + x] - b[(31 - x) * 32 + y]);
            }
        }
        // Either quarter turn: versions of ffmpeg differ in the sign that the tag means when it is written.
        Assert.True(Math.Min(left, right) < same / 4, $"{left} and {right} against {same}");
    }
}
