using System.IO.Pipes;
using AInimEngine.Core.Errors;
using AInimEngine.Core.Frames;
using AInimEngine.Core.Imaging;
using AInimEngine.Core.Time;
using AInimEngine.Neural.Interop;
using AInimEngine.Neural.Workers;

namespace AInimEngine.Neural.Tests.Workers;

/// <summary>The worker's side, on a thread of this process: what it answers to requests that no engine would make.</summary>
public sealed unsafe class WorkerServerTests : IDisposable
{
    private readonly AnonymousPipeServerStream _requests = new(PipeDirection.Out), _answers = new(PipeDirection.In);
    private readonly SharedRegion _region = SharedRegion.Create(4096, 8192);
    private readonly SharedRegion _there;
    private readonly Thread _thread;

    public WorkerServerTests()
    {
        _region.WriteMessage(writer => writer.Write("seven"));
        _there = SharedRegion.Open(_region.Path);
        _thread = new Thread(() =>
        {
            using (_there)
            using (var server = new WorkerServer(_there, description => new Fake(description)))
                server.Serve((int)_requests.ClientSafePipeHandle.DangerousGetHandle(), (int)_answers.ClientSafePipeHandle.DangerousGetHandle());
        });
        _thread.Start();
    }

    public void Dispose()
    {
        _requests.Dispose();
        _thread.Join();
        _answers.Dispose();
        _region.Dispose();
    }

    private WorkerSignal Answer()
    {
        Assert.True(Posix.WaitReadable((int)_answers.SafePipeHandle.DangerousGetHandle(), 30_000));
        Assert.True(Posix.TryRead((int)_answers.SafePipeHandle.DangerousGetHandle(), out byte answer));
        return (WorkerSignal)answer;
    }

    private WorkerSignal Ask(WorkerSignal request)
    {
        Assert.True(Posix.TryWrite((int)_requests.SafePipeHandle.DangerousGetHandle(), (byte)request));
        return Answer();
    }

    private string Failure() => _region.ReadMessage(WorkerFailure.Read).Message;

    [Fact]
    public void PicturesAreMadeOfControlsTimeAndGuides()
    {
        Assert.Equal(WorkerSignal.Done, Answer());
        WorkerHello hello = _region.ReadMessage(WorkerHello.Read);
        Assert.Equal("seven", hello.Name);
        Assert.Equal([5f], hello.Defaults);
        _region.Header.Seed = 9;
        Assert.Equal(WorkerSignal.Done, Ask(WorkerSignal.Sample));
        Assert.Equal(9, _region.Controls[0]);
        _region.Controls[0] = 3;
        _region.Header.Time = new FrameTime(100, new Rational(30000, 1001));
        _region.Header.Output = new PictureShape(8, 4, PixelFormat.Rgba8, ColorSpace.Srgb);
        // The second guide lies on the page after the first one's.
        _region.Header.Guides[0] = new PictureShape(2, 2, PixelFormat.Rgba8, ColorSpace.Srgb);
        _region.Header.Guides[1] = new PictureShape(4, 4, PixelFormat.Rgba8, ColorSpace.Srgb);
        (_region.Guides[0], _region.Guides[4096]) = (20, 50);
        for (int slot = 0; slot < 2; slot++)
            for (int guides = 0; guides <= 2; guides++)
            {
                (_region.Header.Slot, _region.Header.GuideCount) = (slot, guides);
                Assert.Equal(WorkerSignal.Done, Ask(WorkerSignal.Decode));
                Assert.Equal(103 + (guides > 0 ? 20 : 0) + (guides > 1 ? 50 : 0), _region.Picture(slot)[8 * 4 * 4 - 1]);
            }
    }

    [Fact]
    public void RequestsThatMakeNoSenseFailInWordsAndTheNextOneIsServed()
    {
        Assert.Equal(WorkerSignal.Done, Answer());
        var good = new PictureShape(8, 4, PixelFormat.Rgba8, ColorSpace.Srgb);
        foreach (PictureShape shape in new[]
            { good with { Width = 0 }, good with { Width = -8 }, good with { Height = 16385 }, good with { Width = 1024, Height = 2 }, good with { Format = (PixelFormat)9 }, good with { ColorSpace = (ColorSpace)9 } })
        {
            _region.Header.Output = shape;
            Assert.Equal(WorkerSignal.Failed, Ask(WorkerSignal.Decode));
            Assert.Contains("does not fit 4096 bytes", Failure(), StringComparison.Ordinal);
            _region.Header.Output = good;
            _region.Header.GuideCount = 1;
            _region.Header.Guides[0] = shape with { Height = 4 * shape.Height };
            Assert.Equal(WorkerSignal.Failed, Ask(WorkerSignal.Decode));
            _region.Header.GuideCount = 0;
        }
        foreach (int count in new[] { -1, SharedRegion.MaxGuides + 1, int.MaxValue })
        {
            _region.Header.GuideCount = count;
            Assert.Equal(WorkerSignal.Failed, Ask(WorkerSignal.Decode));
        }
        _region.Header.GuideCount = 0;
        foreach (int slot in new[] { -1, 2, int.MinValue })
        {
            _region.Header.Slot = slot;
            Assert.Equal(WorkerSignal.Failed, Ask(WorkerSignal.Decode));
        }
        _region.Header.Slot = 0;
        Assert.Equal(WorkerSignal.Failed, Ask((WorkerSignal)200));
        Assert.Contains("there is no request 200", Failure(), StringComparison.Ordinal);
        _region.WriteMessage(writer => writer.Write("/nowhere"));
        Assert.Equal(WorkerSignal.Failed, Ask(WorkerSignal.Move));
        Assert.Contains("cannot open the shared memory '/nowhere'", Failure(), StringComparison.Ordinal);
        Assert.Equal(WorkerSignal.Done, Ask(WorkerSignal.Decode));
    }

    [Fact]
    public void ErrorsOfTheGeneratorArriveAsWhatTheyAre()
    {
        Assert.Equal(WorkerSignal.Done, Answer());
        _region.Header.Output = new PictureShape(8, 4, PixelFormat.Rgba8, ColorSpace.Srgb);
        _region.Controls[0] = Fake.Refuse;
        Assert.Equal(WorkerSignal.Failed, Ask(WorkerSignal.Decode));
        AInimException refused = Assert.IsType<AInimException>(_region.ReadMessage(WorkerFailure.Read));
        Assert.Equal((ExitCode.Input, "no. Try again."), (refused.ExitCode, refused.Message));
        _region.Controls[0] = Fake.Break;
        Assert.Equal(WorkerSignal.Failed, Ask(WorkerSignal.Decode));
        Assert.Equal(8192, Failure().Count(c => c == 'y'));
    }

    // Every byte of a picture is the frame's number, the latent and the first byte of each guide, added.
    private sealed class Fake(string name) : IGenerator
    {
        public const float Refuse = -1, Break = -2;

        public string Name => name;

        public LatentLayout Latents { get; } = new(1, 1, [new LatentGroup("coarse", 0, 1)], [1]);

        public IReadOnlyList<FrameField> Inputs { get; } = [new("latent", 1, "", -10, 10, ""), new("more", 1, "", 0, 9, "")];

        public void DefaultInputs(Span<float> values) => values[0] = 5;

        public void Sample(ulong seed, Span<float> latent) => latent[0] = seed;

        public void Decode(ControlFrame frame, ReadOnlySpan<Image> guides, Image output)
        {
            if (frame.Values[0] == Refuse)
                throw new AInimException(ExitCode.Input, "no. Try again.");
            if (frame.Values[0] == Break)
                throw new NotSupportedException(new string('y', 100_000));
            long sum = frame.Time.Index + (long)frame.Values[0];
            foreach (Image guide in guides)
                sum += guide.Bytes[0];
            output.Bytes.Fill((byte)sum);
        }

        public void Dispose()
        {
        }
    }
}
