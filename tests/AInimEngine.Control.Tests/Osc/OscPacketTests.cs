using System.Text;
using AInimEngine.Control.Osc;
using FsCheck;
using FsCheck.Fluent;

namespace AInimEngine.Control.Tests.Osc;

public sealed class OscPacketTests
{
    [Fact]
    public void TheSpecificationsExampleIsRead()
    {
        // OSC 1.0, "Examples": /oscillator/4/frequency ,f 440.0
        byte[] bytes = Convert.FromHexString("2f6f7363696c6c61746f722f342f6672657175656e6379002c66000043dc0000");
        Assert.Equal(["/oscillator/4/frequency f=440"], Read(bytes));

        // /foo ,iisff 1000 -1 "hello" 1.234 5.678
        bytes = Convert.FromHexString("2f666f6f000000002c69697366660000000003e8ffffffff68656c6c6f0000003f9df3b640b5b22d");
        Assert.Equal(["/foo i=1000 i=-1 s='hello' f=1.234 f=5.678"], Read(bytes));
    }

    [Fact]
    public void EveryTypeIsRead()
    {
        byte[] bytes = [.. Padded("/x"), .. Padded(",hdtTFNIcbS"),
            .. new byte[] { 0, 0, 0, 1, 0, 0, 0, 0 }, .. new byte[] { 0x3F, 0xE0, 0, 0, 0, 0, 0, 0 }, .. new byte[] { 0, 0, 0, 0, 0, 0, 0, 1 },
            .. new byte[] { 0, 0, 0, 65 }, .. new byte[] { 0, 0, 0, 3, 1, 2, 3, 0 }, .. Padded("sym")];
        Assert.Equal(["/x h=4294967296 d=0.5 t=1 T=1 F=0 N=0 I=1 c=65 b=3 S='sym'"], Read(bytes));
    }

    [Fact]
    public void BundlesInBundlesAreReadToADepth()
    {
        byte[] message = [.. Padded("/x"), .. Padded(",")];
        byte[] packet = message;
        for (int depth = 1; depth <= OscPacket.MostDepth; depth++)
        {
            packet = Bundle(packet, message);
            Assert.Equal(depth + 1, Read(packet).Count);
        }
        Assert.Contains("refused", Read(Bundle(packet)));
    }

    [Fact]
    public void ABrokenPartRefusesOnlyItself()
    {
        byte[] good = [.. Padded("/x"), .. Padded(",")], bad = [.. Padded("/y"), .. Padded(",f")];
        Assert.Equal(["/x", "refused", "/x"], Read(Bundle(good, bad, good)));
        Assert.Equal(["/x", "refused"], Read([.. Bundle(good), 0, 0, 0, 99]));
        Assert.Equal(["/x", "refused"], Read([.. Bundle(good), 0, 0]));
    }

    [Theory]
    [InlineData("")]
    [InlineData("2f78")]
    [InlineData("2f787800")] // no more: allowed, an old sender without tags
    [InlineData("2f78000000000000")] // zeros where tags should be
    [InlineData("2f7800002c660000")] // a float that is not there
    [InlineData("2f7800002c71000000000000")] // a type that nobody knows
    [InlineData("2f7800002c62000000000fff")] // a blob longer than the packet
    [InlineData("2f7800002c6200007fffffff")]
    [InlineData("2f7800002c620000ffffffff")]
    [InlineData("2f7800002c73000061626364")] // a text without an end
    [InlineData("2f7800012c000000")] // padding that is not zero
    [InlineData("2f7800002c00000000000000")] // more behind the arguments
    [InlineData("78780000")]
    [InlineData("2362756e646c6500")]
    public void WhatBreaksTheRulesIsRefused(string hex) =>
        Assert.Equal(hex == "2f787800" ? ["/xx"] : ["refused"], Read(Convert.FromHexString(hex)));

    [Fact]
    public void NoBytesCanBreakTheReader()
    {
        Gen<byte[]> any = Gen.Choose(0, 255).Select(b => (byte)b).ArrayOf();
        Gen<byte[]> likely = Gen.Elements(Padded("/x"), Padded(",fisb"), "#bundle\0"u8.ToArray(), [0, 0, 0, 8], [0, 0, 0, 20], [255, 255, 255, 255], [0, 0, 0, 0], [1], Padded("/ainim/*"))
            .ArrayOf().Select(parts => parts.SelectMany(part => part).ToArray());
        Properties.Check(Prop.ForAll(Gen.OneOf(any, likely).ToArbitrary(), bytes => Read(bytes).Count >= 0));
        Properties.Check(Prop.ForAll(likely.Select(tail => Bundle([.. Padded("/x"), .. Padded(",")]).Concat(tail).ToArray()).ToArbitrary(), bytes => Read(bytes)[0] == "/x"));
    }

    [Fact]
    public void WhatIsWrittenIsReadAgain()
    {
        Gen<(float[] Values, int Length)> cases = Gen.Choose(-1000, 1000).Select(n => n / 8f).ArrayOf().SelectMany(_ => Gen.Choose(1, 40), (values, length) => (values, length));
        Properties.Check(Prop.ForAll(cases.ToArbitrary(), c =>
        {
            var writer = new OscWriter();
            string address = "/" + new string('a', c.Length);
            writer.BeginBundle();
            if (!writer.TryAdd(Encoding.UTF8.GetBytes(address), c.Values))
                return writer.IsEmpty && c.Values.Length > 200;
            writer.TryAdd("/end"u8, [1]);
            return Read(writer.Packet.ToArray())[0] == address + string.Concat(c.Values.Select(v => FormattableString.Invariant($" f={v}")));
        }));
    }

    internal static byte[] Padded(string text)
    {
        byte[] bytes = new byte[(Encoding.UTF8.GetByteCount(text) + 4) & ~3];
        Encoding.UTF8.GetBytes(text, bytes);
        return bytes;
    }

    internal static byte[] Bundle(params byte[][] elements) =>
        [.. "#bundle\0"u8, 0, 0, 0, 0, 0, 0, 0, 1, .. elements.SelectMany(element => (byte[])[0, 0, (byte)(element.Length >> 8), (byte)element.Length, .. element])];

    private static List<string> Read(byte[] packet)
    {
        var notes = new Notes();
        OscPacket.Visit(packet, ref notes);
        return notes.Lines;
    }

    private sealed class Notes : IOscHandler
    {
        internal List<string> Lines { get; } = [];

        public void Handle(in OscMessage message)
        {
            var line = new StringBuilder(Encoding.UTF8.GetString(message.Address));
            OscArguments arguments = message.Arguments;
            while (arguments.MoveNext())
            {
                string value = (char)arguments.Tag switch
                {
                    's' or 'S' => $"'{Encoding.UTF8.GetString(arguments.Bytes)}'",
                    'b' => FormattableString.Invariant($"{arguments.Bytes.Length}"),
                    'f' => FormattableString.Invariant($"{(float)arguments.Number}"),
                    _ => FormattableString.Invariant($"{arguments.Number}"),
                };
                line.Append(' ').Append((char)arguments.Tag).Append('=').Append(value);
            }
            Lines.Add(line.ToString());
        }

        public void Refuse() => Lines.Add("refused");
    }
}
