using AInimEngine.Audio.Capture;
using AInimEngine.Core.Errors;

namespace AInimEngine.Audio.Tests.Support;

/// <summary>Inputs that come and go as a test says.</summary>
internal sealed class FakeCapture(ManualTime time) : ICaptureSystem
{
    /// <summary>The name that the settings mean, or null: nothing is there.</summary>
    internal string? Target { get; set; }

    internal int Attempts { get; private set; }

    internal Device? Current { get; private set; }

    public ICaptureDevice Open(AudioInputSettings settings, AutoResetEvent arrived)
    {
        Attempts++;
        return Current = new Device(Target ?? throw new AInimException(ExitCode.Input, "there is no sound input"), time);
    }

    public string? NameOf(AudioInputSettings settings) => Target;

    public void Refresh()
    {
    }

    internal sealed class Device : ICaptureDevice
    {
        private readonly SoundRing _ring = new(SoundRing.DefaultFrames);
        private readonly RingReader _reader;
        private readonly ManualTime _time;

        internal Device(string name, ManualTime time)
        {
            (DeviceName, _time, _reader) = (name, time, new RingReader(_ring));
        }

        public string DeviceName { get; }

        public bool IsGone { get; set; }

        public bool IsClosed { get; private set; }

        public int Available => (int)(_ring.Written - _reader.Next);

        public long Lost => _reader.Lost;

        public long Time => _ring.TimeOf(_reader.Next);

        public long NewestTime => _ring.Newest.Time;

        public int Read(Span<float> interleaved) => _reader.Read(interleaved, _ring.Written);

        public void SkipToNewest(int keep) => _reader.SkipTo(Math.Max(_reader.Next, _ring.Written - keep));

        public void Dispose() => IsClosed = true;

        internal void Bring(int frames, float value)
        {
            float[] sound = new float[2 * frames];
            Array.Fill(sound, value);
            _ring.Write(sound, _time.Now);
        }
    }
}
