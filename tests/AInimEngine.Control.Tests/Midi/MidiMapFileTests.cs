using System.Text;
using AInimEngine.Control.Midi;
using AInimEngine.Core.Errors;
using FsCheck;
using FsCheck.Fluent;

namespace AInimEngine.Control.Tests.Midi;

public sealed class MidiMapFileTests : IDisposable
{
    private const string Head = """{"format": "ainim-midi", "version": 1, "global": [""";

    private readonly string _path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());

    public void Dispose() => File.Delete(_path);

    [Fact]
    public void WhatIsWrittenIsReadAgain()
    {
        MidiMap map = MidiMap.Empty
            .With(new MidiBinding { Row = "master/speed", Device = "nanoKONTROL2", Channel = 3, Number = 7, Min = 0.25f, Max = 0.5f, Invert = true, Mode = MidiMode.PickUp })
            .With(new MidiBinding { Row = "panic", Kind = MidiKind.Note, Number = 36, Mode = MidiMode.Momentary })
            .With(new MidiBinding { Row = "param/x", Number = 9, Mode = MidiMode.Relative, Coding = RelativeCoding.BinOffset, Step = 0.01f }, "Tiefes Meer ü");
        MidiMapFile.Write(_path, map);
        MidiMap read = MidiMapFile.Read(_path);
        Assert.Equal(map.Global, read.Global);
        Assert.Equal(map.Presets["Tiefes Meer ü"], Assert.Single(read.Presets).Value);
        Assert.False(File.Exists(_path + ".part"));
    }

    [Fact]
    public void NoFileYetIsAnEmptyMap() => Assert.Empty(MidiMapFile.ReadOrEmpty(_path).Global);

    [Theory]
    [InlineData("[]", 1, 1, "an object with format")]
    [InlineData("{\"format\": \"x\"}", 1, 12, "the format is not")]
    [InlineData("{\"format\": \"ainim-midi\", \"version\": 2}", 1, 37, "only version 1")]
    [InlineData("{}", 1, 2, "format and version are missing")]
    [InlineData(Head + "\n  {\"row\": \"a\", \"kind\": \"knob\"}]}", 2, 24, "one of these is expected here: note, cc")]
    [InlineData(Head + "\n  {\"row\": \"a\", \"kind\": \"cc\", \"number\": 1.5}]}", 2, 40, "a whole number")]
    [InlineData(Head + "\n  {\"row\": \"a\", \"kind\": \"cc\", \"number\": 128}]}", 2, 43, "above 127")]
    [InlineData(Head + "\n  {\"row\": \"a\", \"kind\": \"cc\", \"number\": 1, \"min\": 1e999}]}", 2, 50, "a number from 0 to 1")]
    [InlineData(Head + "\n  {\"row\": \"a\", \"row\": \"b\"}]}", 2, 16, "'row' stands here twice")]
    [InlineData(Head + "\n  {\"row\": \"a\", \"colour\": 1}]}", 2, 26, "a binding has no 'colour'")]
    [InlineData(Head + "\n  {\"row\": \"a\"}]}", 2, 14, "a binding needs row, kind and number")]
    [InlineData(Head + "\n  {\"row\": \"a\", \"kind\": \"note\", \"number\": 1, \"mode\": \"relative\"}]}", 2, 63, "only a cc can be relative")]
    [InlineData(Head + "\n  {\"row\": ]}", 2, 11, "malformed JSON")]
    [InlineData(Head, 1, 51, "malformed JSON")]
    public void AFaultIsOneLineWithItsPlace(string text, int line, int column, string reason)
    {
        File.WriteAllText(_path, text);
        AInimException error = Assert.Throws<AInimException>(() => MidiMapFile.Read(_path));
        Assert.Equal(ExitCode.Input, error.ExitCode);
        Assert.StartsWith($"{_path}:{line}:{column}: ", error.Message, StringComparison.Ordinal);
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }

    [Fact]
    public void NoFileCanBreakTheReader()
    {
        byte[] good = MidiMapFile.Bytes(MidiMap.Empty.With(new MidiBinding { Row = "a", Number = 1 }).With(new MidiBinding { Row = "b", Number = 2 }, "p"));
        var edits = Gen.Choose(0, good.Length - 1).SelectMany(_ => Gen.Choose(0, 255), (at, value) => (at, value)).ArrayOf();
        Properties.Check(Prop.ForAll(edits.ToArbitrary(), list =>
        {
            byte[] bytes = [.. good];
            foreach ((int at, int value) in list)
                bytes[at] = (byte)value;
            return Reads(bytes);
        }));
        Assert.True(Reads(Encoding.UTF8.GetBytes(new string('[', 100000))));
    }

    private static bool Reads(byte[] bytes)
    {
        try
        {
            new MidiMapReader(bytes).Read();
        }
        catch (MidiMapFault)
        {
            // The only way to fail.
        }
        return true;
    }
}
