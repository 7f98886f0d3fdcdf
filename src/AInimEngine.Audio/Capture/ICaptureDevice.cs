namespace AInimEngine.Audio.Capture;

/// <summary>What the supervisor needs of an open input; tests have one without a device.</summary>
internal interface ICaptureDevice : IDisposable
{
    /// <summary>The name of the device that was opened.</summary>
    string DeviceName { get; }

    /// <summary>The device was taken away.</summary>
    bool IsGone { get; }

    /// <summary>Samples per channel that can be read now.</summary>
    int Available { get; }

    /// <summary>Samples per channel that the reader missed.</summary>
    long Lost { get; }

    /// <summary>Monotonic time at which the last sample that was read came.</summary>
    long Time { get; }

    /// <summary>Monotonic time at which the newest sample came; 0 before the first.</summary>
    long NewestTime { get; }

    /// <summary>Takes what has come.</summary>
    int Read(Span<float> interleaved);

    /// <summary>Forgets what has come but for its end.</summary>
    void SkipToNewest(int keep);
}
