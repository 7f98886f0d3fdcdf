using AInimEngine.Core.Errors;

namespace AInimEngine.Media.Tests;

public sealed class HostileNameTests : IDisposable
{
    private readonly Scratch _scratch = new();

    public void Dispose() => _scratch.Dispose();

    public static TheoryData<string> Names =>
    [
        "-x.wav", "-i.wav", "%d.wav", "%03d.wav", "it's \"quoted\".wav", "  two  spaces .wav", "line\nbreak.wav",
        "concat:a|b.wav", "http:x.wav", "subfile,,start,0,end,9,,:x.wav", "pipe:0", "data:audio,x.wav", "a;rm -rf b.wav", "$(id).wav",
        "*?.wav", "[a]{b}.wav", "naïve ♫ 日本.wav", "#x&y=%20.wav", "back\\slash.wav", "lavfi.wav", "x.m3u8", "x.ffconcat", "x.sdp", "file:x.wav",
    ];

    [Theory]
    [MemberData(nameof(Names))]
    public void AnInputNameIsOnlyAName(string name)
    {
        float[] truth = WavFile.Sine(440, 0.1, 48000, channels: 2);
        string path = WavFile.Write(_scratch[name], truth, 2, 48000);
        Assert.Equal(truth, Sound.ReadAll(path));
    }

    [Theory]
    [InlineData("list.m3u8", "#EXTM3U\n#EXT-X-VERSION:3\n#EXT-X-TARGETDURATION:10\n#EXTINF:1,\nsecret.wav\n#EXT-X-ENDLIST\n")]
    [InlineData("list.mp3", "#EXTM3U\n#EXT-X-VERSION:3\n#EXT-X-TARGETDURATION:10\n#EXTINF:1,\nsecret.wav\n#EXT-X-ENDLIST\n")]
    [InlineData("list.ffconcat", "ffconcat version 1.0\nfile secret.wav\n")]
    [InlineData("list.wav", "ffconcat version 1.0\nfile 'secret.wav'\n")]
    [InlineData("list.sdp", "v=0\no=- 0 0 IN IP4 127.0.0.1\ns=x\nc=IN IP4 127.0.0.1\nt=0 0\nm=audio 5004 RTP/AVP 0\n")]
    [InlineData("list.pls", "[playlist]\nFile1=secret.wav\nNumberOfEntries=1\n")]
    [InlineData("list.mpd", "<?xml version=\"1.0\"?><MPD xmlns=\"urn:mpeg:dash:schema:mpd:2011\" type=\"static\"><Period><AdaptationSet><Representation id=\"0\"><BaseURL>secret.wav</BaseURL></Representation></AdaptationSet></Period></MPD>")]
    [InlineData("list.txt", "file 'secret.wav'\n")]
    [InlineData("list.nut", "RTSPtextRTSP://127.0.0.1/x\n")]
    public void APlaylistIsRefusedWithoutOpeningWhatItNames(string name, string text)
    {
        WavFile.Write(_scratch["secret.wav"], WavFile.Sine(440, 0.1, 48000, channels: 2), 2, 48000);
        File.WriteAllText(_scratch[name], text);
        AInimException error = Assert.Throws<AInimException>(() => AudioFile.Open(_scratch[name]));
        Assert.Equal(ExitCode.Input, error.ExitCode);
        Assert.DoesNotContain('\n', error.Message);
    }

    [Fact]
    public void ARelativeNameMeansTheCurrentFolder()
    {
        string relative = Path.GetRelativePath(Environment.CurrentDirectory, _scratch["-r %d.wav"]);
        float[] truth = WavFile.Sine(440, 0.1, 48000, channels: 2);
        WavFile.Write(_scratch["-r %d.wav"], truth, 2, 48000);
        Assert.Equal(truth, Sound.ReadAll(relative));
    }

    [Fact]
    public void AnErrorMessageStaysOnOneLine()
    {
        AInimException error = Assert.Throws<AInimException>(() => AudioFile.Open(_scratch["no\nsuch.wav"]));
        Assert.DoesNotContain('\n', error.Message);
    }
}
