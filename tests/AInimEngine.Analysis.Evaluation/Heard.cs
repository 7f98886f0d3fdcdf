namespace AInimEngine.Analysis.Evaluation;

/// <summary>A track in memory.</summary>
/// <param name="Stereo">48 kHz, interleaved.</param>
/// <param name="Truth">What is known of it.</param>
internal sealed record Heard(float[] Stereo, Truth Truth) : IDisposable
{
    private ScratchFile? _wav;

    public double Duration => Stereo.Length / 2.0 / Hop.SampleRate;

    /// <summary>Path of the sound as a file, for programs that read one; gone when this is disposed.</summary>
    public string WavPath()
    {
        if (_wav is null)
        {
            _wav = new ScratchFile(".wav");
            WavFile.Write(_wav.Path, Stereo);
        }
        return _wav.Path;
    }

    public void Dispose()
    {
        _wav?.Dispose();
        _wav = null;
    }
}
