using AInimEngine.Analysis.Evaluation.Corpora;

namespace AInimEngine.Analysis.Evaluation.Tests.Corpora;

public sealed class FluidSynthTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("hearing-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void NotesSoundWhenTheFileSaysAndARenderIsKept()
    {
        Assert.SkipWhen(FluidSynth.Missing is not null, FluidSynth.Missing ?? "");
        // Side sticks, half a second apart from 0.5 s on.
        byte[] midi = MidiBytes.File([], 96, [96, 96, 96, 96, 96, 96, 96, 96], channel: 9, pitch: 37);
        float[] stereo = new FluidSynth(_folder).Render(midi, 3);
        Assert.Equal(3 * 2 * Hop.SampleRate, stereo.Length);
        float loud = 0.1f * stereo.Max(Math.Abs);
        for (int beat = 1; beat <= 5; beat++)
        {
            int at = beat * Hop.SampleRate / 2, begin = at - Hop.SampleRate / 20;
            while (Math.Abs(stereo[2 * begin]) < loud)
                begin++;
            // The sound font's samples begin with some milliseconds of silence.
            Assert.InRange((begin - at) * 1000.0 / Hop.SampleRate, 0, 8);
        }
        string kept = Assert.Single(Directory.GetFiles(_folder));
        DateTime written = File.GetLastWriteTimeUtc(kept);
        Assert.Equal(stereo, new FluidSynth(_folder).Render(midi, 3));
        Assert.Equal(written, File.GetLastWriteTimeUtc(kept));
    }
}
