using AInimEngine.Core.Frames;
using AInimEngine.Mapping.Presets;
using AInimEngine.Mapping.Tests.Support;

namespace AInimEngine.Mapping.Tests;

/// <summary>Bands that a preset names itself.</summary>
public sealed class PresetBandTests
{
    private static readonly PresetVocabulary s_vocabulary =
        TestWorld.Vocabulary with { Features = new FrameLayout([.. TestWorld.Features.Fields, new FrameField("bands", 8, "", 0, 1, "Bands of the preset.")]) };

    [Fact]
    public void ABandIsASourceByItsName()
    {
        Preset preset = TestWorld.Parse(
            """
            { "version": 1, "name": "t", "motion": { "energy": "bands.kick" },
              "bands": [ { "name": "voice", "from": 200, "to": 4000 }, { "name": "kick", "from": 40, "to": 90.5 } ],
              "modulations": [ { "source": "bands.voice", "target": "latent.mid" }, { "source": "bands[1]", "target": "latent.fine" } ] }
            """,
            s_vocabulary);
        Assert.Equal("bands[1]", preset.Motion.EnergySource);
        Assert.Equal(["bands[0]", "bands[1]"], preset.Modulations.Select(row => row.Source));
        Assert.Equal(("kick", 40, 90.5), (preset.Bands[1].Name, preset.Bands[1].From, preset.Bands[1].To));
    }

    [Theory]
    [InlineData("""[ { "name": "kick", "from": 40, "to": 90 }, { "name": "kick", "from": 40, "to": 90 } ]""", "two bands with the name 'kick'")]
    [InlineData("""[ { "name": "Kick", "from": 40, "to": 90 } ]""", "must begin with a lower-case letter")]
    [InlineData("""[ { "name": "kick", "from": 10, "to": 90 } ]""", "from must be a number of Hz in 20..20000")]
    [InlineData("""[ { "name": "kick", "from": 90, "to": 40 } ]""", "to = 40 Hz is not above from = 90 Hz")]
    [InlineData("""[ { "name": "kick", "from": 90 } ]""", "lacks the key 'to'")]
    [InlineData("""[ { "name": "kcik", "from": 40, "to": 90 } ]""", "unknown band 'kick'; did you mean 'kcik'?")]
    [InlineData("[]", "unknown band 'kick'; name it under")]
    public void AWrongBandIsRefused(string bands, string says) => Assert.Contains(
        says,
        TestWorld.ErrorOf($$"""{ "version": 1, "name": "t", "bands": {{bands}}, "modulations": [ { "source": "bands.kick", "target": "latent.mid" } ] }""", s_vocabulary),
        StringComparison.Ordinal);
}
