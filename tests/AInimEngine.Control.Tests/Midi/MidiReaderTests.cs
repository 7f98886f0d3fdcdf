using AInimEngine.Control.Midi;
using FsCheck;
using FsCheck.Fluent;

namespace AInimEngine.Control.Tests.Midi;

public sealed class MidiReaderTests
{
    private readonly MidiReader _reader = new();

    [Theory]
    [InlineData("90243F", MidiKind.Note, 1, 36, 63, 127)]
    [InlineData("9F2400", MidiKind.Note, 16, 36, 0, 127)]
    [InlineData("80247F", MidiKind.Note, 1, 36, 0, 127)]
    [InlineData("B24A40", MidiKind.Control, 3, 74, 64, 127)]
    [InlineData("C507", MidiKind.Program, 6, 7, 127, 127)]
    [InlineData("D040", MidiKind.Pressure, 1, 0, 64, 127)]
    [InlineData("E00040", MidiKind.Bend, 1, 0, 8192, 16383)]
    [InlineData("E07F7F", MidiKind.Bend, 1, 0, 16383, 16383)]
    internal void MessagesAreReadAsTheStandardSays(string hex, MidiKind kind, int channel, int number, int value, int most)
    {
        Assert.True(_reader.TryRead(Convert.FromHexString(hex), out MidiMove move, out _));
        Assert.Equal(new MidiMove(kind, channel, number, value, most), move);
    }

    [Fact]
    public void TwoHalvesMakeFourteenBits()
    {
        Assert.Equal(new MidiMove(MidiKind.Control14, 1, 7, 64 << 7, 16383), Second("B00740"));
        Assert.Equal(new MidiMove(MidiKind.Control14, 1, 7, 64 << 7 | 5, 16383), Second("B02705"));
        // From now on the coarse half waits for the fine one: the position never steps back on the way.
        Assert.Equal(default, Second("B00741"));
        Assert.Equal(new MidiMove(MidiKind.Control14, 1, 7, 65 << 7 | 6, 16383), Second("B02706"));
    }

    [Fact]
    public void AnNrpnIsReadAndARegisteredParameterIsNot()
    {
        Assert.Equal(default, Second("B06302"));
        Assert.Equal(default, Second("B06203"));
        Assert.Equal(new MidiMove(MidiKind.Nrpn, 1, 2 << 7 | 3, 100 << 7, 16383), Second("B00664"));
        Assert.Equal(new MidiMove(MidiKind.Nrpn, 1, 2 << 7 | 3, 100 << 7 | 9, 16383), Second("B02609"));
        Second("B06500");
        Assert.NotEqual(MidiKind.Nrpn, Second("B00664").Kind);
    }

    [Fact]
    public void NoBytesCanBreakTheReader()
    {
        Gen<byte[]> any = Gen.Choose(0, 255).Select(b => (byte)b).ArrayOf();
        Properties.Check(Prop.ForAll(any.ToArbitrary(), bytes =>
            !_reader.TryRead(bytes, out MidiMove first, out MidiMove second)
            || (first.Value >= 0 && first.Value <= first.Most && first.Channel is >= 1 and <= 16 && second.Value <= second.Most)));
    }

    [Theory]
    [InlineData("nanoKONTROL2:nanoKONTROL2 MIDI 1 20:0", "nanoKONTROL2")]
    [InlineData("Seq:out", "Seq")]
    [InlineData("Pad-01:in", "Pad")]
    [InlineData("a2j:nanoKONTROL2 [20] (capture): nanoKONTROL2 MIDI 1", "nanoKONTROL2")]
    [InlineData("Midi-Bridge:nanoKONTROL2:(playback_0) nanoKONTROL2 MIDI 1", "nanoKONTROL2")]
    [InlineData("APC40 mkII", "APC40 mkII")]
    public void ADevicesNameStaysTheSame(string port, string device) => Assert.Equal(device, MidiPortName.Device(port));

    private MidiMove Second(string hex)
    {
        Assert.True(_reader.TryRead(Convert.FromHexString(hex), out _, out MidiMove second));
        return second;
    }
}
