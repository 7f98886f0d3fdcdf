using System.Buffers.Binary;

namespace AInimEngine.Cli.Tests;

/// <summary>Looking around in the shipped model, as people do it.</summary>
public sealed class ExploreTests : IDisposable
{
    private const int Usage = 2, Input = 3, Output = 4;
    private readonly ScratchFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void WhatIsKeptCanBeSeenMixedAndForgotten()
    {
        Assert.Contains("wrote", Works("explore", "sheet", "--count", "3", "--size", "32", "-o", _folder["seeds.png"]), StringComparison.Ordinal);
        Works("explore", "favourites", "add", "dawn", "7", "--note", "warm", "--favourites", Kept);
        Refused(Output, "is a favourite 'dawn'", "explore", "favourites", "add", "dawn", "8", "--favourites", Kept);
        Assert.Contains("seed 7, truncation 0.7; warm", Works("explore", "favourites", "--favourites", Kept), StringComparison.Ordinal);
        Works("explore", "walk", "--points", "dawn,2", "--steps", "3", "--favourites", Kept, "--size", "32", "-o", _folder["walk.png"]);
        // A name left of three squares of 32, with gaps of 6 and margins of 16.
        Assert.InRange(Width(_folder["walk.png"]), 3 * 32 + 2 * 6 + 2 * 16 + 20, 400);
        Works("explore", "favourites", "remove", "dawn", "--favourites", Kept);
        Assert.Contains("no favourites yet", Works("explore", "favourites", "--favourites", Kept), StringComparison.Ordinal);
    }

    [Fact]
    public void DirectionsHaveASheetForEachBandAndAFileThatPointsCanBeMovedBy()
    {
        Works("explore", "directions", "--count", "1", "--size", "32", "-o", _folder["d.png"]);
        Assert.Equal(["d-coarse.png", "d-fine.png", "d-mid.png", "d.json"], Directory.GetFiles(_folder.Path).Select(Path.GetFileName).Order());
        string[] move = ["explore", "move", "7", "--directions", _folder["d.json"], "--size", "32", "--favourites", Kept, "-o", _folder["m.png"]];
        Assert.Contains("kept 'farther'", Works([.. move, "--along", "coarse-1:0.5,fine-1:-1", "--name", "farther"]), StringComparison.Ordinal);
        Assert.Contains("7 along coarse-1:0.5,fine-1:-1", Works("explore", "favourites", "--favourites", Kept), StringComparison.Ordinal);
        Refused(Usage, "coarse-1, mid-1, fine-1", [.. move, "-y", "--along", "coarse-9:1"]);
        Refused(Usage, "is no move", [.. move, "-y", "--along", "coarse-1:NaN"]);
    }

    [Fact]
    public void EveryClassHasItsRow()
    {
        string model = Path.Combine(Repository.Root, "tests", "AInimEngine.Neural.Tests", "data", "stylegan2", "dev32c.pkl");
        // Wide enough that the pictures, not the title, give the width.
        string[] sheet = ["explore", "sheet", "-m", model, "--count", "3", "--size", "160"];
        Works([.. sheet, "-o", _folder["one.png"]]);
        Assert.Contains("2 classes, 3 seeds", Works([.. sheet, "--classes", "-o", _folder["rows.png"]]), StringComparison.Ordinal);
        Assert.Equal(Width(_folder["one.png"]), Width(_folder["rows.png"]));
        Assert.InRange(Height(_folder["rows.png"]) - Height(_folder["one.png"]), 160, 196);
        Refused(Usage, "no classes", "explore", "sheet", "--classes", "-o", _folder["x.png"]);
    }

    [Fact]
    public void APictureIsKeptWhereItWasFound()
    {
        Ffmpeg.Run("-f", "lavfi", "-i", "testsrc=size=96x64:duration=1", "-frames:v", "1", _folder["My Photo 1.png"]);
        Assert.Contains("favourite 'my-photo-1'", Works("explore", "project", _folder["My Photo 1.png"], "--steps", "2", "--favourites", Kept, "-o", _folder["p.png"]), StringComparison.Ordinal);
        Assert.Contains("W+", Works("explore", "favourites", "--favourites", Kept), StringComparison.Ordinal);
    }

    [Fact]
    public void ABlendIsAModelThatCanBeUsed()
    {
        Works("explore", "blend", "flames64", "flames64", "-o", _folder["twice.safetensors"], "--weight", "0.3");
        Works("explore", "sheet", "-m", _folder["twice.safetensors"], "--count", "1", "-o", _folder["twice.png"]);
    }

    [Fact]
    public void MistakesAreSaidInOneLine()
    {
        Refused(Usage, "nowhere", "explore", "walk", "--points", "1,nowhere", "-o", _folder["x.png"]);
        Refused(Usage, "0 to 8", "explore", "mix", "--layers", "9", "-o", _folder["x.png"]);
        Refused(Usage, "digits alone", "explore", "favourites", "add", "12", "12");
        Refused(Usage, "no classes", "explore", "sheet", "--class", "cat", "-o", _folder["x.png"]);
        Refused(Usage, ".png", "explore", "sheet", "-o", _folder["x.jpg"]);
        Refused(Input, "no model", "explore", "sheet", "-m", "nothing", "-o", _folder["x.png"]);
        File.WriteAllText(_folder["f.json"], "{}");
        Refused(Input, "f.json", "explore", "favourites", "--favourites", _folder["f.json"]);
        File.WriteAllText(_folder["there.png"], "mine");
        Refused(Output, "there.png", "explore", "sheet", "-o", _folder["there.png"]);
        Assert.Equal("mine", File.ReadAllText(_folder["there.png"]));
    }

    [Fact]
    public void DecodeReadsAndWritesPlainNumbers()
    {
        var z = new byte[2 * 128 * 4];
        for (int i = 0; i < 256; i++)
            BinaryPrimitives.WriteSingleLittleEndian(z.AsSpan(i * 4), MathF.Sin(i));
        File.WriteAllBytes(_folder["z.f32"], z);
        Works("models", "decode", "flames64", "--z", _folder["z.f32"], "--truncation", "0", "--cutoff", "9", "--noise", "none", "-o", _folder["img.f32"]);
        byte[] image = File.ReadAllBytes(_folder["img.f32"]);
        Assert.Equal(2 * 3 * 64 * 64 * 4, image.Length);
        // Fully truncated, both are the mean picture.
        Assert.True(image.AsSpan(0, image.Length / 2).SequenceEqual(image.AsSpan(image.Length / 2)));
        File.WriteAllBytes(_folder["short.f32"], z[..100]);
        Refused(Input, "[N, 128]", "models", "decode", "flames64", "--z", _folder["short.f32"], "-o", _folder["y.f32"]);
        Refused(Usage, "no classes", "models", "decode", "flames64", "--z", _folder["z.f32"], "--classes", "0,1", "-o", _folder["y.f32"]);
        Assert.False(File.Exists(_folder["y.f32"]));
    }

    private string Kept => _folder["kept.json"];

    private string Works(params string[] arguments)
    {
        Ainim.Result result = AinimHere.RunIn(_folder.Path, arguments);
        Assert.True(result.ExitCode == 0, result.Error);
        return result.Output;
    }

    private void Refused(int exitCode, string word, params string[] arguments)
    {
        Ainim.Result result = AinimHere.RunIn(_folder.Path, arguments);
        Assert.Equal(exitCode, result.ExitCode);
        Assert.Single(result.Error.TrimEnd('\n').Split('\n'));
        Assert.Contains(word, result.Error, StringComparison.Ordinal);
    }

    private static int Height(string png) => BinaryPrimitives.ReadInt32BigEndian(File.ReadAllBytes(png).AsSpan(20, 4));

    private static int Width(string png) => BinaryPrimitives.ReadInt32BigEndian(File.ReadAllBytes(png).AsSpan(16, 4));
}
