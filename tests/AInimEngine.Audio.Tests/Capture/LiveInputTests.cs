using System.Diagnostics;
using AInimEngine.Audio.Capture;
using AInimEngine.Audio.Tests.Support;

namespace AInimEngine.Audio.Tests.Capture;

public sealed class LiveInputTests : IDisposable
{
    private readonly ManualTime _time = new();
    private readonly FakeCapture _system;
    private readonly AutoResetEvent _arrived = new(false);
    private readonly float[] _buffer = new float[2 * 48000];

    public LiveInputTests() => _system = new FakeCapture(_time);

    public void Dispose() => _arrived.Dispose();

    [Fact]
    public void AMissingDeviceIsTriedAfterOneTwoFourEightAndEightSeconds()
    {
        using var supervisor = new InputSupervisor(_system, new AudioInputSettings(), _arrived);
        foreach (int pause in (int[])[1, 2, 4, 8, 8, 8])
        {
            long next = supervisor.Step(_time.Now);
            Assert.Equal(pause, (double)(next - _time.Now) / Stopwatch.Frequency, 1e-6);
            Assert.Equal(SoundState.Missing, supervisor.Status.State);
            int attempts = _system.Attempts;
            _time.Advance(pause - 0.01);
            supervisor.Step(_time.Now);
            Assert.Equal(attempts, _system.Attempts);
            _time.Advance(0.01);
        }
        _system.Target = "Line";
        supervisor.Step(_time.Now);
        Assert.Equal("listening to Line", supervisor.Status.InWords(_time.Now));

        _system.Current!.IsGone = true;
        long again = supervisor.Step(_time.Now);
        Assert.Equal("lost Line, trying again in 1 s", supervisor.Status.InWords(_time.Now));
        Assert.Equal(1, (double)(again - _time.Now) / Stopwatch.Frequency, 1e-6);
        Assert.True(_system.Current.IsClosed);
    }

    [Fact]
    public void ADeviceThatBringsNothingForHalfASecondIsLost()
    {
        _system.Target = "Line";
        using var supervisor = new InputSupervisor(_system, new AudioInputSettings { Device = "Line" }, _arrived);
        supervisor.Step(_time.Now);
        _time.Advance(0.4);
        _system.Current!.Bring(256, 0.5f);
        _time.Advance(0.49);
        supervisor.Step(_time.Now);
        Assert.Equal(SoundState.Listening, supervisor.Status.State);
        _time.Advance(0.02);
        supervisor.Step(_time.Now);
        Assert.Equal(SoundState.Lost, supervisor.Status.State);
    }

    [Theory]
    [InlineData("default", "Microphone", true)]
    [InlineData("monitor", "Microphone", true)]
    [InlineData("Line", "Microphone", false)]
    public void TheDefaultIsFollowedAndANameIsNot(string asked, string other, bool follows)
    {
        _system.Target = "Line";
        using var supervisor = new InputSupervisor(_system, new AudioInputSettings { Device = asked }, _arrived);
        supervisor.Step(_time.Now);
        _system.Target = other;
        _time.Advance(0.25);
        supervisor.Step(_time.Now);
        Assert.Equal(follows ? other : "Line", supervisor.Status.Device);
        Assert.Equal(SoundState.Listening, supervisor.Status.State);
    }

    [Fact]
    public void SilenceComesAtTheClocksPaceUntilThereIsADeviceAndAfterItIsLost()
    {
        using LiveInput input = Input(out InputSupervisor supervisor);
        _time.Advance(0.5);
        Assert.Equal(24000, input.Read(_buffer));
        Assert.All(_buffer.AsSpan(0, 48000).ToArray(), sample => Assert.Equal(0, sample));
        Assert.Equal(0, input.Read(_buffer));
        Assert.Equal(_time.Now, input.Time);

        _system.Target = "Line";
        _time.Advance(0.5);
        supervisor.Step(_time.Now);
        _system.Current!.Bring(256, 0.5f);
        Assert.Equal(256, input.Read(_buffer));
        Assert.Equal(0.5f, _buffer[0]);
        Assert.False(input.IsStandIn);

        // A late delivery is awaited for 0.1 s, and then what is missing comes as silence, to the sample.
        _time.Advance(0.09);
        Assert.Equal(0, input.Read(_buffer));
        _time.Advance(0.02);
        Assert.Equal(5280, input.Read(_buffer));
        Assert.Equal(0, _buffer[0]);
        Assert.True(input.IsStandIn);
        _system.Current.IsGone = true;
        supervisor.Step(_time.Now);
        _time.Advance(1);
        Assert.Equal(48000, input.Read(_buffer));
        Assert.Equal(24000 + 256 + 5280 + 48000, input.Position);
    }

    [Fact]
    public void AfterAStallOnlyTheNewestSoundIsHandedOut()
    {
        _system.Target = "Line";
        using LiveInput input = Input(out InputSupervisor supervisor);
        supervisor.Step(_time.Now);
        _system.Current!.Bring(256, 0.5f);
        input.Read(_buffer);
        _time.Advance(0.3);
        input.Read(_buffer);
        _system.Current.Bring(14400, 0.25f);
        Assert.Equal(256, input.Read(_buffer));
        Assert.Equal(0.25f, _buffer[0]);
        Assert.Equal(_time.Now, input.Time);
    }

    [Fact]
    public void NothingIsAllocatedWhileSoundOrSilenceComes()
    {
        _system.Target = "Line";
        using LiveInput input = Input(out InputSupervisor supervisor);
        supervisor.Step(_time.Now);
        float[] sound = new float[512];
        for (int round = 0; round < 200; round++)
            Read(round);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int round = 0; round < 200; round++)
            Read(round);
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
        Assert.True(input.Position > 0);

        void Read(int round)
        {
            _time.Advance(0.11);
            input.Wait(TimeSpan.Zero);
            input.Read(sound);
        }
    }

    private LiveInput Input(out InputSupervisor supervisor)
    {
        supervisor = new InputSupervisor(_system, new AudioInputSettings(), _arrived);
        return new LiveInput(supervisor, _arrived, _time.Read, supervise: false);
    }
}
