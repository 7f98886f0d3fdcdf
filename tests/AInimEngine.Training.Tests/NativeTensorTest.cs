using AInimEngine.Neural;

namespace AInimEngine.Training.Tests;

/// <summary>
/// A test class that ends every test with as many native tensors as it began with. Classes run one after the other,
/// because the count is the process's.
/// </summary>
[Collection("native")]
public abstract class NativeTensorTest : IDisposable
{
    private readonly long _before = Tensor.LiveCount;

    public void Dispose()
    {
        Assert.Equal(_before, Tensor.LiveCount);
        GC.SuppressFinalize(this);
    }
}
