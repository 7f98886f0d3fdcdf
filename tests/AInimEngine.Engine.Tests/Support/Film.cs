using System.Security.Cryptography;
using AInimEngine.Core.Time;

namespace AInimEngine.Engine.Tests.Support;

/// <summary>The beginning of a video as raw pictures.</summary>
/// <param name="Frames">RGBA8, top row first.</param>
/// <param name="Width">Pixels across.</param>
/// <param name="Height">Pixels down.</param>
internal sealed record Film(byte[][] Frames, int Width, int Height)
{
    /// <summary>Renders one with everything made anew.</summary>
    internal static Film Render(string preset, Track track, int width, int height, int frames, int fps)
    {
        using var path = new FramePath(preset, track, width, height, new Rational(fps, 1));
        return new Film(path.Take(frames), width, height);
    }

    /// <summary>SHA-256 of each picture.</summary>
    internal string[] Hashes => [.. Frames.Select(frame => Convert.ToHexStringLower(SHA256.HashData(frame)))];

    /// <summary>What an eye would say of each picture.</summary>
    internal Look[] Looks => [.. Frames.Select(frame => new Look(frame, Width, Height))];

    /// <summary>Mean difference of pictures that lie <paramref name="apart"/> frames apart.</summary>
    internal double Movement(int apart)
    {
        Look[] looks = Looks;
        return looks.Skip(apart).Zip(looks, (later, earlier) => later.DifferenceFrom(earlier)).Average();
    }

    /// <summary>Mean difference from another film, picture by picture.</summary>
    internal double DifferenceFrom(Film other) => Looks.Zip(other.Looks, (a, b) => a.DifferenceFrom(b)).Average();
}
