using System.Text;
using AInimEngine.Core.Errors;
using AInimEngine.Core.Randomness;
using AInimEngine.Mapping.Presets;
using AInimEngine.Mapping.Tests.Support;
using static AInimEngine.Mapping.Tests.Support.TestWorld;

namespace AInimEngine.Mapping.Tests;

public sealed class PresetFuzzTests
{
    private const string Sound = """
        {
          "$schema": "./schema.json", "version": 1, "name": "Fuzz", "description": "ä€",
          "generator": { "type": "field", "universe": 7, "width": 320, "inputs": { "field.zoom": 1.5, "field.tint[1]": 0.5 } },
          "motion": { "energy": "bass", "onset": "onset.low", "speed": 0.5, "rest": 0.1, "harmony": 0.1 },
          "modulations": [
            { "source": "onset", "target": "latent.mid", "attack": 0, "release": 250, "max": 0.1, "fatigue": 0.5 },
            { "source": "chroma[3]", "target": "post.bloom.strength", "mode": "multiply", "curve": "power", "exponent": 2, "min": 1, "max": 2 },
            { "source": "lfo:0.1", "target": "field.zoom", "mode": "set", "min": 1, "max": 2 },
            { "source": "noise:0.2", "target": "post.k2.segments", "gain": -1, "offset": 1, "max": 3, "curve": "gate", "threshold": 0.3 }
          ],
          "post": [ { "shader": "bloom", "values": { "strength": 0.5 } }, { "shader": "kaleido", "id": "k2" }, { "shader": "grain" } ]
        }
        """;

    private static readonly string[] Pieces =
        ["{", "}", "[", "]", ",", ":", "\"", "null", "true", "1e999", "-1e999", "-0", "1e-400", "NaN", "\\ud800", "\\u0000", "\"version\"", "\"speed\"", "[[[[[[[[[[[[[[[[[[[[", "\uFEFF", "\n", "99999999999999999999", "chroma[", "lfo:", "post..", "..", "0x1", "/*", "//"];

    [Fact]
    public void TheUnchangedPresetIsSound()
    {
        Preset preset = Parse(Sound);
        Assert.Equal(4, preset.Modulations.Count);
        Assert.Equal("k2", preset.Post[1].Id);
        Assert.Equal(0.5f, preset.Motion.Speed);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void MutatedPresetsAreReadOrRefusedAndNothingElse(int seed)
    {
        byte[] sound = Encoding.UTF8.GetBytes(Sound);
        var generator = new LinearGenerator(3, 4, 1);
        int read = 0, refused = 0;
        for (ulong round = 0; round < 2500; round++)
        {
            byte[] mutated = Mutate(sound, (ulong)seed, round);
            try
            {
                Preset preset = PresetReader.Parse(mutated, "x.json", Vocabulary);
                if (read++ % 8 == 0)
                    Mapper.Create(preset, generator.Info(), Features, Vocabulary.Parameters, 1);
            }
            catch (AInimException exception)
            {
                Assert.Equal(ExitCode.Preset, exception.ExitCode);
                Assert.DoesNotContain(exception.Message, char.IsControl);
                Assert.Matches("^preset 'x.json' line [1-9][0-9]* column [1-9][0-9]*: .", exception.Message);
                refused++;
            }
        }
        Assert.True(read > 20 && refused > 500, $"{read} were read and {refused} refused: the mutations say nothing");
    }

    [Fact]
    public void EveryPrefixOfAPresetIsRefused()
    {
        byte[] sound = Encoding.UTF8.GetBytes(Sound);
        for (int length = 0; length < sound.Length; length++)
            Assert.Throws<AInimException>(() => PresetReader.Parse(sound.AsSpan(0, length), "x.json", Vocabulary));
    }

    private static byte[] Mutate(byte[] sound, ulong seed, ulong round)
    {
        List<byte> bytes = [.. sound];
        int count = 1 + (int)(Philox.Hash(seed, round, 0) % 3);
        for (ulong i = 1; i <= (ulong)count; i++)
        {
            (uint kind, uint where, uint what, uint span) = Philox.Block(seed, round, i);
            int at = (int)(where % (uint)bytes.Count);
            switch (kind % 6)
            {
                case 0:
                    bytes[at] = (byte)what;
                    break;
                case 1:
                    bytes.RemoveRange(at, Math.Min((int)(span % 20), bytes.Count - at - 1));
                    break;
                case 2:
                    bytes.InsertRange(at, Encoding.UTF8.GetBytes(Pieces[what % Pieces.Length]));
                    break;
                case 3:
                    bytes.InsertRange(at, bytes.GetRange((int)(what % (uint)bytes.Count / 2), Math.Min(30, bytes.Count / 2)));
                    break;
                case 4:
                    bytes[at] = (byte)("0123456789.-eE\"{}[],: "[(int)(what % 22)]);
                    break;
                default:
                    // A digit becomes another, so that many stay well-formed and meet the checks of meaning.
                    int digit = bytes.FindIndex(at, value => value is >= (byte)'0' and <= (byte)'9');
                    if (digit >= 0)
                        bytes[digit] = (byte)('0' + what % 10);
                    break;
            }
        }
        return [.. bytes];
    }
}
