using System.Text;
using System.Text.Json;
using AInimEngine.Core.Errors;
using AInimEngine.Neural.Latents.Favourites;

namespace AInimEngine.Neural.Tests.Latents;

/// <summary>Favourites travel between people: what is read is what was written, and nothing else is.</summary>
public sealed class FavouriteFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("ainim-favourites-").FullName;

    private static FavouriteList Sample => new("flames64", 3, 2,
    [
        new Favourite { Name = "dawn", W = new[] { 0.5f, -1 }, Seed = ulong.MaxValue, Class = 4, Truncation = 0.7 },
        new Favourite { Name = "photo_2-b", W = new[] { 1f, 2, 3, 4, 5, 6 }, Note = "found, 31 dB", Weights = "0123456789abcdef", Thumbnail = new byte[] { 1, 2, 3 } },
    ]);

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void WhatIsWrittenIsRead()
    {
        string path = Path.Combine(_folder, "new", "flames64.json");
        FavouriteFile.Write(path, Sample);
        FavouriteList read = FavouriteFile.Read(path);
        Assert.Equal(("flames64", 3, 2), (read.Model, read.Layers, read.WDim));
        for (int i = 0; i < 2; i++)
        {
            Favourite expected = Sample.Points[i], actual = read.Points[i];
            Assert.Equal((expected.Name, expected.Seed, expected.Class, expected.Truncation, expected.Weights, expected.Note), (actual.Name, actual.Seed, actual.Class, actual.Truncation, actual.Weights, actual.Note));
            Assert.Equal(expected.W.ToArray(), actual.W.ToArray());
            Assert.Equal(expected.Thumbnail.ToArray(), actual.Thumbnail.ToArray());
        }
        Assert.Equal(["flames64.json"], Directory.GetFiles(Path.GetDirectoryName(path)!).Select(Path.GetFileName));
    }

    [Fact]
    public void APointInWIsTheSameInEveryLayer()
    {
        var ws = new float[6];
        Sample.Points[0].CopyTo(3, ws);
        Assert.Equal([0.5f, -1, 0.5f, -1, 0.5f, -1], ws);
        Sample.Points[1].CopyTo(3, ws);
        Assert.Equal([1, 2, 3, 4, 5, 6], ws);
        Assert.Throws<ArgumentException>(() => Sample.Points[0].CopyTo(4, new float[12].AsSpan(0, 7)));
    }

    [Fact]
    public void AddingReplacesTheOneOfThatNameInItsPlace()
    {
        FavouriteList list = Sample.With(Sample.Points[0] with { Seed = 3 });
        Assert.Equal(["dawn", "photo_2-b"], list.Points.Select(point => point.Name));
        Assert.Equal(3ul, list.Find("dawn")!.Seed);
        Assert.Null(list.Without("dawn").Find("dawn"));
    }

    [Fact]
    public void WhatCouldNotBeReadAgainIsNotWritten()
    {
        string path = Path.Combine(_folder, "x.json");
        FavouriteFile.Write(path, Sample);
        byte[] before = File.ReadAllBytes(path);
        foreach (Favourite bad in new[]
        {
            Sample.Points[0] with { Note = new string('n', 600) },
            Sample.Points[0] with { Note = "two\nlines" },
            Sample.Points[0] with { W = new[] { float.NaN, 0 } },
        })
        {
            Assert.Equal(ExitCode.Usage, Assert.Throws<AInimException>(() => FavouriteFile.Write(path, Sample.With(bad))).ExitCode);
            Assert.Equal(before, File.ReadAllBytes(path));
        }
    }

    [Theory]
    [InlineData("", "")]
    [InlineData("\"ainim-favourites\"", "\"other\"")]
    [InlineData("\"version\": 1", "\"version\": 2")]
    [InlineData("\"layers\": 3", "\"layers\": 1099511627776")]
    [InlineData("\"w_dim\": 2", "\"w_dim\": 3")]
    [InlineData("\"dawn\"", "\"photo_2-b\"")]
    [InlineData("\"dawn\"", "\"../dawn\"")]
    [InlineData("\"AAAAPwAAgL8=\"", "\"AADAfwAAgL8=\"")] // NaN
    [InlineData("\"AAAAPwAAgL8=\"", "\"not base64\"")]
    [InlineData("\"class\": 4", "\"class\": -1")]
    [InlineData("\"truncation\": 0.7", "\"truncation\": 1e300")]
    [InlineData("18446744073709551615", "-1")]
    [InlineData("\"points\": [", "\"points\": [[[[[[[[[[[[1]]]]]]]]]]], ")]
    public void BrokenFilesAreRefusedInOneLine(string part, string broken)
    {
        string path = Path.Combine(_folder, "x.json");
        FavouriteFile.Write(path, Sample);
        string text = File.ReadAllText(path);
        Assert.True(part.Length == 0 || text.Contains(part, StringComparison.Ordinal), text);
        File.WriteAllText(path, part.Length == 0 ? text[..^30] : text.Replace(part, broken, StringComparison.Ordinal));
        AInimException error = Assert.Throws<AInimException>(() => FavouriteFile.Read(path));
        Assert.Equal(ExitCode.Input, error.ExitCode);
        Assert.DoesNotContain('\n', error.Message);
        Assert.Contains(path, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void MutatedFilesNeverDoWorseThanBeRefused()
    {
        string path = Path.Combine(_folder, "x.json");
        FavouriteFile.Write(path, Sample);
        byte[] good = File.ReadAllBytes(path);
        int refused = 0;
        for (ulong seed = 0; seed < 3000; seed++)
        {
            byte[] bytes = [.. good];
            for (ulong change = 0; change < 1 + seed % 4; change++)
            {
                ulong dice = Core.Randomness.Philox.Hash(seed, 1, change);
                bytes[dice % (ulong)bytes.Length] = (byte)(dice >> 32);
            }
            try
            {
                FavouriteFile.Parse(bytes);
            }
            catch (Exception error) when (error is JsonException or InvalidDataException)
            {
                refused++;
            }
        }
        Assert.InRange(refused, 1000, 3000);
    }
}
