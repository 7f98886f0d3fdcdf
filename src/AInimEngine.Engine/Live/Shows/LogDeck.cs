using System.Security.Cryptography;
using System.Text;
using AInimEngine.Core.Frames;

namespace AInimEngine.Engine.Live.Shows;

/// <summary>A preset that came on stage: all that it takes to load it again.</summary>
/// <param name="Serial">Its number in the show, from 1.</param>
/// <param name="Preset">Name or path, as it was asked for.</param>
/// <param name="Text">The preset's file.</param>
/// <param name="Model">Name or path of the model that it was played with, "" for its own generator.</param>
/// <param name="Seed">Another universe and journey; null for the preset's own.</param>
/// <param name="Generator">Name of its generator.</param>
/// <param name="GeneratorHash">What its pictures depend on.</param>
/// <param name="Precision">In which numbers it decoded; "" where there is no choice.</param>
/// <param name="Layout">Hash of the names and lengths of its controls.</param>
/// <param name="Controls">Values of a control frame.</param>
/// <param name="Latents">How many of them, the first ones, are the latent.</param>
internal sealed record LogDeck(int Serial, string Preset, byte[] Text, string Model, ulong? Seed, string Generator, string GeneratorHash, string Precision, string Layout, int Controls, int Latents)
{
    /// <summary>Values of a control frame at most.</summary>
    internal const int MostControls = 1 << 20;

    private const int MostText = 1 << 20;

    internal void Pack(LogPacker to) => to.Clear().Add(Serial).Add(Preset).AddMany<byte>(Text).Add(Model).Add(Seed is null ? 0 : 1).Add(Seed ?? 0)
        .Add(Generator).Add(GeneratorHash).Add(Precision).Add(Layout).Add(Controls).Add(Latents);

    /// <exception cref="InvalidDataException">It is none.</exception>
    internal static LogDeck Unpack(ReadOnlySpan<byte> bytes)
    {
        var from = new LogUnpacker(bytes);
        int serial = from.Next(1, int.MaxValue);
        string preset = from.Text();
        byte[] text = from.Many<byte>(MostText).ToArray();
        string model = from.Text();
        bool hasSeed = from.Next(0, 1) == 1;
        ulong seed = from.Next<ulong>();
        string generator = from.Text(), hash = from.Text(), precision = from.Text(), layout = from.Text();
        int controls = from.Next(1, MostControls);
        return new LogDeck(serial, preset, text, model, hasSeed ? seed : null, generator, hash, precision, layout, controls, from.Next(0, controls));
    }

    /// <summary>Tells layouts apart: a preset whose controls changed cannot be played from a log.</summary>
    internal static string HashOf(FrameLayout layout) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', layout.Fields.Select(field => $"{field.Name} {field.Length}"))))[..8]);
}
