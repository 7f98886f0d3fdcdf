using AInimEngine.Core.Errors;

namespace AInimEngine.Neural.Tests;

public sealed class ErrorTests : NativeTensorTest
{
    private readonly TensorScope _scope = new();

    protected override void Release() => _scope.Dispose();

    private static string Message(Action action) => Assert.Throws<TorchException>(action).Message;

    [Fact]
    public void AShapeErrorNamesTheOpAndEveryShape()
    {
        Tensor left = Torch.Zeros([2, 3]), right = Torch.Zeros([4, 5], ScalarType.Float64);
        string message = Message(() => left.Mm(right));
        Assert.StartsWith("aten::mm(Float[2, 3], Double[4, 5]): ", message);
        Assert.DoesNotContain('\n', message);
        Assert.StartsWith("aten::cat([Float[2, 3], Float[1, 4]], 0): ", Message(() => Torch.Cat([left, Torch.Zeros([1, 4])])));
        Assert.StartsWith("aten::conv2d(Float[2, 3], Double[4, 5], None, ", Message(() => left.Conv2d(right)));
        Assert.Contains("aten::view(Float[2, 3], [7])", Message(() => left.View(7)));
    }

    [Fact]
    public void AWrongArgumentIsNamedWithWhatItTakes()
    {
        Tensor x = Torch.Zeros([2, 3]);
        Assert.Contains("argument 'other' takes Tensor, not float", Message(() => Torch.Call("aten::add.Tensor", x, 1.5)));
        Assert.Contains("argument 'self' takes Tensor, not None", Message(() => Torch.Call("aten::sin", OpArgument.None)));
        Assert.Contains("argument 'dim' takes int, not str", Message(() => Torch.Call("aten::cumsum", x, "first")));
        Assert.Contains("argument 'mat2' of type Tensor is missing; schema: aten::mm", Message(() => Torch.Call("aten::mm", x)));
        Assert.Contains("takes 1 arguments, not 2", Message(() => Torch.Call("aten::sin", x, x)));
        Assert.Contains("takes Tensor, not slot", Message(() => Torch.Call("aten::sin", new Programs.Slot(0))));
    }

    [Fact]
    public void AnUnknownOpIsNamed()
    {
        Assert.Equal("libtorch has no op 'aten::sine'", Message(() => Torch.Call("aten::sine", Torch.Zeros([1]))));
        Assert.Equal("libtorch has no op 'aten::sin.wrong'", Message(() => Torch.Call("aten::sin.wrong", Torch.Zeros([1]))));
    }

    [Fact]
    public void AskingForTheWrongKindOfResultLeaksNothing()
    {
        Assert.Throws<InvalidOperationException>(() => Torch.Call("aten::chunk", Torch.Zeros([4]), 2));
        Assert.Throws<InvalidOperationException>(() => Torch.Call("aten::sort", Torch.Zeros([4])));
        Assert.Throws<InvalidOperationException>(() => new TorchOp("aten::sin").CallNumber(Torch.Zeros([4])));
    }

    [Fact]
    public void CallsWorkAfterACallThatFailed()
    {
        Tensor x = Torch.Ones([2]);
        for (int i = 0; i < 100; i++)
        {
            Message(() => x.Add(Torch.Ones([3])));
            Assert.Equal([2f, 2f], x.Add(x).ToArray<float>());
        }
    }

    [Fact]
    public void AMissingShimSaysWhatToInstall()
    {
        AInimException error = Assert.Throws<AInimException>(() => TorchLibrary.LoadFrom("/nowhere/libainim_torch.so"));
        Assert.Equal(ExitCode.Environment, error.ExitCode);
        Assert.Contains("/nowhere/libainim_torch.so", error.Message);
        Assert.Contains("libtorch-dev", error.Message);
        Assert.Contains("libopenblas0-pthread", error.Message);
        Assert.DoesNotContain('\n', error.Message);
    }

    [Fact]
    public void AShimThatDoesNotLoadSaysWhy()
    {
        string path = Path.GetTempFileName();
        try
        {
            File.WriteAllText(path, "no library");
            AInimException error = Assert.Throws<AInimException>(() => TorchLibrary.LoadFrom(path));
            Assert.Equal(ExitCode.Environment, error.ExitCode);
            Assert.Contains(path, error.Message);
            Assert.Contains("libtorch-dev", error.Message);
            Assert.DoesNotContain('\n', error.Message);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void AShimOfAnotherBuildIsRefused()
    {
        string libc = File.ReadLines("/proc/self/maps").First(line => line.Contains("libc.so"));
        AInimException error = Assert.Throws<AInimException>(() => TorchLibrary.LoadFrom(libc[libc.IndexOf('/')..]));
        Assert.Contains("another build", error.Message);
    }

    [Fact]
    public void TheLibraryTellsWhatItIs()
    {
        Assert.True(TorchLibrary.IsAvailable(out string? reason), reason);
        TorchInfo info = TorchInfo.Read();
        Assert.Matches(@"^\d+\.\d+\.\d+", info.Version);
        Assert.True(File.Exists(info.LibraryPath), info.LibraryPath);
        Assert.NotEmpty(info.BlasPaths);
        Assert.True(info.Threads >= 2, "libtorch has a slow path for one thread");
        Assert.NotEqual("unknown", info.CpuCapability);
        Assert.Equal(info.CudaDevices > 0, Torch.IsCudaAvailable);
        Assert.Contains("PyTorch", info.Configuration);
    }
}
