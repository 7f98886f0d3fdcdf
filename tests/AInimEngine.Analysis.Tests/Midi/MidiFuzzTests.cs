using AInimEngine.Analysis.Midi;
using AInimEngine.Core.Errors;
using AInimEngine.Core.Randomness;
using static AInimEngine.Analysis.Tests.Midi.SmfWriter;

namespace AInimEngine.Analysis.Tests.Midi;

public sealed class MidiFuzzTests
{
    private const int Mutants = 20_000;

    [Fact]
    public void AMutantIsReadOrRefusedInOneLineAndNeverCostsMoreThanItIsWorth()
    {
        byte[] seed = new SmfWriter()
            .Track((0, Name("Tempo")), (0, Tempo(500_000)), (0, Time(3, 2)), (0, Key(2, minor: false)), (1920, Tempo(400_000)))
            .Track((0, SysEx(20)), (0, On(0, 60, 90)), (240, On(0, 64, 80)), (480, Off(0, 60)), (480, Control(0, 7, 100)), (700, Off(0, 64)), (800, On(9, 36, 127)))
            .ToArray();
        int read = 0, refused = 0;
        long allocated = GC.GetAllocatedBytesForCurrentThread();
        for (ulong i = 0; i < Mutants; i++)
        {
            byte[] mutant = Mutate(seed, i);
            try
            {
                MidiFile file = MidiFile.Read(mutant);
                read++;
                Assert.InRange(file.Duration, 0, MidiFile.MaximumHours * 3600);
                Assert.All(file.Tracks, track => Assert.All(track.Notes, note => Assert.True(note.Length >= 0 && note.End <= track.EndTick)));
            }
            catch (AInimException error)
            {
                refused++;
                Assert.Equal(ExitCode.Input, error.ExitCode);
                Assert.DoesNotContain('\n', error.Message);
            }
        }
        allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;
        Assert.Equal(Mutants, read + refused);
        Assert.True(read > Mutants / 20 && refused > Mutants / 20, $"{read} read, {refused} refused: the mutants test one side only");
        Assert.True(allocated / Mutants < 60_000, $"{allocated / Mutants} bytes allocated for a mutant of some {seed.Length} bytes");
    }

    /// <summary>Overwrites, flips, removes, doubles or cuts, one to eight times.</summary>
    private static byte[] Mutate(byte[] original, ulong number)
    {
        var bytes = new List<byte>(original);
        uint times = 1 + Philox.Block(number, 0, 0).X % 8;
        for (uint i = 1; i <= times && bytes.Count > 0; i++)
        {
            (uint kind, uint place, uint value, uint length) = Philox.Block(number, 1, i);
            int at = (int)(place % (uint)bytes.Count), count = (int)Math.Min(1 + length % 12, (uint)(bytes.Count - at));
            switch (kind % 6)
            {
                case 0: bytes[at] = (byte)value; break;
                case 1: bytes[at] ^= (byte)(1 << (int)(value % 8)); break;
                case 2: bytes.RemoveRange(at, count); break;
                case 3: bytes.InsertRange(at, bytes.GetRange(at, count)); break;
                case 4: bytes[at] = (byte)(value % 2 == 0 ? 0xFF : 0x7F); break;
                default:
                    if (value % 4 == 0)
                        bytes.RemoveRange(at, bytes.Count - at);
                    break;
            }
        }
        return [.. bytes];
    }
}
