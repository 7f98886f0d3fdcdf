using System.Collections.Concurrent;
using AInimEngine.Engine.Tests.Support;

namespace AInimEngine.Engine.Tests;

/// <summary>Every shipped preset as a film of a second: repeatable, its own, and worth looking at.</summary>
[Collection(Pictures.One)]
public sealed class PresetFilmTests(Tracks tracks)
{
    private const int Width = 96, Height = 54, Fps = 12, Count = 12;
    private static readonly ConcurrentDictionary<string, Lazy<Film>> Films = new();

    public static TheoryData<string> Presets => [.. Names];

    private static IEnumerable<string> Names => Scene.Presets().List().Select(entry => entry.Name);

    [Theory]
    [MemberData(nameof(Presets))]
    public void TheSameFilmTwiceHasTheSamePixels(string preset)
    {
        string[] hashes = FilmOf(preset).Hashes;
        Assert.Equal(hashes, Film.Render(preset, tracks.TheTune, Width, Height, Count, Fps).Hashes);
        Assert.Equal(Count, hashes.Distinct().Count());
    }

    [Theory]
    [MemberData(nameof(Presets))]
    public void APictureIsNeitherBlackNorWhiteNorFlat(string preset)
    {
        Look[] looks = FilmOf(preset).Looks;
        Assert.All(looks, look => Assert.InRange(look.Mean, 12, 220));
        Assert.All(looks, look => Assert.True(look.Deviation > 10, $"a deviation of {look.Deviation:f1}"));
    }

    [Theory]
    [MemberData(nameof(Presets))]
    public void APictureMovesFromBeatToBeatAndIsNoNoise(string preset)
    {
        // Kicks come twice a second, so half a second apart both pictures are lit alike and only movement differs.
        Film film = FilmOf(preset);
        Assert.InRange(film.Movement(Fps / 2), 4, 80);
        Assert.InRange(film.Movement(1), 0.5, 60);
    }

    [Theory]
    [MemberData(nameof(Presets))]
    public void APictureIsOpaque(string preset) =>
        Assert.All(FilmOf(preset).Frames, frame => Assert.All(Enumerable.Range(0, Width * Height), pixel => Assert.Equal(255, frame[pixel * 4 + 3])));

    [Fact]
    public void EveryTwoPresetsGiveClearlyDifferentPictures()
    {
        string[] names = [.. Names];
        for (int i = 0; i < names.Length; i++)
            for (int j = 0; j < i; j++)
                Assert.True(FilmOf(names[i]).DifferenceFrom(FilmOf(names[j])) > 12, $"{names[i]} and {names[j]} differ by {FilmOf(names[i]).DifferenceFrom(FilmOf(names[j])):f1}");
    }

    private Film FilmOf(string preset) => Films.GetOrAdd(
        preset, name => new Lazy<Film>(() => Film.Render(name, tracks.TheTune, Width, Height, Count, Fps))).Value;
}
