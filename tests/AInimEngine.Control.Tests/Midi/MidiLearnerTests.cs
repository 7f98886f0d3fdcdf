using System.Diagnostics;
using AInimEngine.Control.Midi;
using AInimEngine.Core.Control;

namespace AInimEngine.Control.Tests.Midi;

public sealed class MidiLearnerTests
{
    private static readonly ControlSurface s_surface = Surfaces.Make();

    [Theory]
    [InlineData("layer/1/opacity", "B00A10 B00A11 B00A12 B00A14", MidiKind.Control, MidiMode.PickUp, RelativeCoding.TwosComplement)]
    [InlineData("layer/1/opacity", "B00A01 B00A01 B00A02 B00A01 B00A7F", MidiKind.Control, MidiMode.Relative, RelativeCoding.TwosComplement)]
    [InlineData("layer/1/opacity", "B00A41 B00A41 B00A3F", MidiKind.Control, MidiMode.Relative, RelativeCoding.BinOffset)]
    [InlineData("layer/1/opacity", "B00A01 B00A01 B00A41 B00A41", MidiKind.Control, MidiMode.Relative, RelativeCoding.SignedBit)]
    [InlineData("layer/1/opacity", "B00A10 B02A05", MidiKind.Control14, MidiMode.PickUp, RelativeCoding.TwosComplement)]
    [InlineData("layer/1/opacity", "B00A7F", MidiKind.Control, MidiMode.Toggle, RelativeCoding.TwosComplement)]
    [InlineData("blackout", "902440", MidiKind.Note, MidiMode.Toggle, RelativeCoding.TwosComplement)]
    [InlineData("panic", "802400 902440", MidiKind.Note, MidiMode.Momentary, RelativeCoding.TwosComplement)]
    [InlineData("layer/1/opacity", "E00040", MidiKind.Bend, MidiMode.PickUp, RelativeCoding.TwosComplement)]
    [InlineData("layer/1/opacity", "B06301 B06202 B00610", MidiKind.Nrpn, MidiMode.PickUp, RelativeCoding.TwosComplement)]
    public void TheControlThatMovesIsRecognised(string row, string messages, MidiKind kind, MidiMode mode, RelativeCoding coding)
    {
        var learner = new MidiLearner(s_surface.Rows[s_surface.IndexOf(row)]);
        var reader = new MidiReader();
        foreach (string hex in messages.Split(' '))
        {
            Assert.True(reader.TryRead(Convert.FromHexString(hex), out MidiMove first, out MidiMove second));
            learner.Offer("Pad", first, second, 100);
            // Something else that moves meanwhile is not taken.
            learner.Offer("Other", new MidiMove(MidiKind.Control, 9, 99, 64, 127), default, 100);
        }
        Assert.True(learner.TryConclude(100 + Stopwatch.Frequency, out MidiBinding binding));
        Assert.Equal((kind, mode, "Pad", 1), (binding.Kind, binding.Mode, binding.Device, binding.Channel));
        if (mode == MidiMode.Relative)
            Assert.Equal(coding, binding.Coding);
        Assert.Equal(row, binding.Row);
    }

    [Fact]
    public void NothingIsConcludedBeforeAControlMovesOrIsKnown()
    {
        var learner = new MidiLearner(s_surface.Rows[0]);
        Assert.False(learner.TryConclude(long.MaxValue / 2, out _));
        learner.Offer("Pad", new MidiMove(MidiKind.Control, 1, 7, 64, 127), default, 0);
        Assert.False(learner.TryConclude(Stopwatch.Frequency / 10, out _));
        Assert.True(learner.TryConclude(Stopwatch.Frequency / 2, out _));
    }
}
