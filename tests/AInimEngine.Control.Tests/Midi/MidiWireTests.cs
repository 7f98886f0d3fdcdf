using System.Diagnostics;
using AInimEngine.Control.Interop;
using AInimEngine.Control.Midi;
using AInimEngine.Core.Control;

namespace AInimEngine.Control.Tests.Midi;

/// <summary>Through RtMidi and JACK, from programs of others and from a second client of ours.</summary>
public sealed class MidiWireTests(JackServer jack) : IClassFixture<JackServer>
{
    private readonly ControlSurface _surface = Surfaces.Make();

    [Fact]
    public async Task ASequencersNotesPullATriggerAndItsUnpluggingIsSeen()
    {
        SkipWithoutJack();
        MidiMap map = MidiMap.Empty.With(new MidiBinding { Row = "preset/next", Device = "Seq", Kind = MidiKind.Note, Number = 60 });
        using MidiSource source = MidiSource.Start(_surface, map, MidiApi.Jack);
        Assert.True(source.Active, source.Reason);
        using (Peer sequencer = jack.Start("jack_midiseq", "Seq", "12000", "0", "60", "6000"))
        {
            await Eventually.True(() => source.Devices.Contains("Seq"), "the sequencer is found");
            int pulls = 0;
            await Eventually.True(() => (pulls += Surfaces.Drain(source).Count) >= 3, "three notes");
        }
        await Eventually.True(() => !source.Devices.Contains("Seq"), "the sequencer is gone");
        Assert.Equal(0, source.Faults);
    }

    [Fact]
    public async Task ControlsMoveRowsLearnAndAreTold()
    {
        SkipWithoutJack();
        using RtMidiHandle pad = RtMidiHandle.Create(isInput: false, MidiApi.Jack, "Pad"), lights = RtMidiHandle.Create(isInput: true, MidiApi.Jack, "Pad");
        var shown = new Recorder();
        lights.Receive(shown);
        lights.OpenVirtual("in");
        pad.OpenVirtual("out");
        MidiMap map = MidiMap.Empty.With(new MidiBinding { Row = "layer/1/opacity", Kind = MidiKind.Control14, Number = 7 }).With(new MidiBinding { Row = "blackout", Kind = MidiKind.Note, Number = 36, Mode = MidiMode.Toggle });
        using MidiSource source = MidiSource.Start(_surface, map, MidiApi.Jack);
        await Eventually.True(() => source.Devices.Contains("Pad"), "the pad is found");
        Assert.Contains(MidiSource.ListInputs(MidiApi.Jack), name => name.StartsWith("Pad:", StringComparison.Ordinal));

        Assert.True(pad.Send([0xB0, 7, 100]) && pad.Send([0xB0, 39, 50]));
        await Eventually.True(() => Play(source) && _surface.Position(_surface.IndexOf("layer/1/opacity")) == (100 * 128 + 50) / 16383f, "fourteen bits");
        Assert.True(pad.Send([0x90, 36, 127]));
        await Eventually.True(() => Play(source) && _surface.Position(_surface.IndexOf("blackout")) == 1, "the pad toggles");
        await Eventually.True(() => shown.Has(0x90, 36, 127), "the pad is lit");

        source.BeginLearn(_surface.IndexOf("layer/2/opacity"));
        Assert.Equal("layer/2/opacity", source.Learning);
        foreach (byte value in (byte[])[10, 11, 12, 13, 14, 15])
            Assert.True(pad.Send([0xB1, 20, value]));
        MidiBinding? learned = null;
        await Eventually.True(() => source.TryTakeLearned(out learned), "it is learned");
        Assert.Equal("Pad CC 20 ch 2", learned!.ToString());
        Assert.Equal("Pad CC 20 ch 2", source.Map.BoundTo("layer/2/opacity"));
        Assert.True(pad.Send([0xB1, 20, 0]) && pad.Send([0xB1, 20, 127]));
        await Eventually.True(() => Play(source) && _surface.Position(_surface.IndexOf("layer/2/opacity")) == 1, "what was learned moves");
        Assert.Equal(0, source.Faults);
    }

    [Fact]
    public async Task AnotherProgramsClockIsFollowedFromItsStartToItsStop()
    {
        SkipWithoutJack();
        Assert.SkipUnless(Peer.IsThere("jack_midi_clock") && Peer.IsThere("jack_transport"), "jack_midi_clock or jack_transport is not installed");
        using MidiSource source = MidiSource.Start(_surface, MidiMap.Empty, MidiApi.Jack);
        using Peer clock = jack.Start("jack_midi_clock", "-b", "125", "-B", "-P", "-J", "5");
        await Eventually.True(() => source.Devices.Contains("jack_midi_clock"), "the clock is found");
        using Peer transport = jack.Start("jack_transport");
        transport.Type("play");
        double bpm = 0, beat = 0;
        await Eventually.True(() => source.Clock.TryGet(Stopwatch.GetTimestamp(), out bpm, out beat) && beat >= 6, "six beats");
        // The dummy driver slips where the machine is busy; how exactly a clock is followed is proven on ticks of known time.
        Assert.InRange(bpm, 90, 140);
        Assert.InRange(beat, 6, 6.5);
        transport.Type("stop");
        await Eventually.True(() => !source.Clock.TryGet(Stopwatch.GetTimestamp(), out _, out _), "it stops");
        transport.Type("locate 0");
        transport.Type("play");
        await Eventually.True(() => source.Clock.TryGet(Stopwatch.GetTimestamp(), out _, out beat), "it starts again");
        transport.Type("exit");
        Assert.Equal(0, source.Faults);
    }

    [Fact]
    public void WithoutMidiItSaysSoAndStandsStill()
    {
        using MidiSource source = MidiSource.Start(_surface, MidiMap.Empty, (MidiApi)77);
        Assert.False(source.Active);
        Assert.NotNull(source.Reason);
        Assert.DoesNotContain('\n', source.Reason);
        Assert.False(source.TryRead(out _));
    }

    private void SkipWithoutJack() => Assert.SkipUnless(jack.Missing is null, jack.Missing ?? "");

    private bool Play(MidiSource source)
    {
        foreach (ControlEvent happened in Surfaces.Drain(source))
            _surface.Apply(happened);
        return true;
    }

    private sealed class Recorder : IMidiReceiver
    {
        private readonly List<byte[]> _messages = [];

        public void Receive(ReadOnlySpan<byte> message)
        {
            lock (_messages)
                _messages.Add(message.ToArray());
        }

        internal bool Has(params byte[] message)
        {
            lock (_messages)
                return _messages.Exists(other => other.AsSpan().SequenceEqual(message));
        }
    }
}
