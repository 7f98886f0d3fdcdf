using AInimEngine.Analysis.Evaluation.Corpora;

namespace AInimEngine.Analysis.Evaluation.Tests.Corpora;

public sealed class FolderCorpusTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("hearing-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void SoundAndTruthComeBack()
    {
        float[] stereo = [.. Enumerable.Range(0, 9600).Select(i => i % 200 / 256f - 0.25f)];
        WavFile.Write(Path.Combine(_folder, "one.wav"), stereo);
        File.WriteAllText(Path.Combine(_folder, "one.json"), """{"beats":[0.5,1],"tempo":120,"genre":"rock","key":"A minor","boundaries":[0.75],"other":{}}""");
        File.WriteAllText(Path.Combine(_folder, "no sound.json"), """{"beats":[]}""");
        Track track = Assert.Single(FolderCorpus.Tracks(_folder));
        Assert.Equal(("one", "rock"), (track.Name, track.Family));
        using Heard heard = track.Load();
        Assert.Equal(stereo, heard.Stereo);
        Assert.Equal([0.5, 1], heard.Truth.Beats);
        Assert.Equal([0.75], heard.Truth.Boundaries!);
        Assert.Equal("A minor", heard.Truth.Key);
        Assert.Empty(heard.Truth.Onsets);
    }

    [Fact]
    public void AWavFileOfAnotherKindIsRefused()
    {
        string path = Path.Combine(_folder, "x.wav");
        WavFile.Write(path, new float[96]);
        byte[] bytes = File.ReadAllBytes(path);
        bytes[24] ^= 1;
        File.WriteAllBytes(path, bytes);
        Assert.Contains("16 bit stereo", Assert.Throws<InvalidDataException>(() => WavFile.Read(path)).Message, StringComparison.Ordinal);
        File.WriteAllText(path, "RIFF");
        Assert.Throws<InvalidDataException>(() => WavFile.Read(path));
    }
}
