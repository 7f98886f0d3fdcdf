using System.Numerics;
using System.Runtime.CompilerServices;

namespace AInimEngine.Neural.Tests;

public sealed unsafe class TensorTests : NativeTensorTest
{
    private static void RoundTrip<T>(T[] values, ScalarType type)
        where T : unmanaged
    {
        using Tensor tensor = Tensor.From(values);
        Assert.Equal(type, tensor.Dtype);
        Assert.Equal([values.Length], tensor.Shape);
        Assert.Equal(values, tensor.ToArray<T>());
        Assert.Equal(values, tensor.Data<T>().ToArray());
    }

    [Fact]
    public void EveryElementTypeGoesInAndComesOutUnchanged()
    {
        RoundTrip<float>([1.5f, -0f, float.NaN, float.PositiveInfinity, float.Epsilon], ScalarType.Float32);
        RoundTrip<double>([Math.PI, double.MinValue], ScalarType.Float64);
        RoundTrip<Half>([(Half)1.5f, Half.Epsilon, Half.MaxValue], ScalarType.Float16);
        RoundTrip<byte>([0, 255, 7], ScalarType.Byte);
        RoundTrip<sbyte>([-128, 127], ScalarType.Int8);
        RoundTrip<short>([short.MinValue, 9], ScalarType.Int16);
        RoundTrip<int>([int.MinValue, int.MaxValue], ScalarType.Int32);
        RoundTrip<long>([long.MinValue, long.MaxValue], ScalarType.Int64);
        RoundTrip<bool>([true, false, true], ScalarType.Bool);
        RoundTrip<Complex>([new(1, -2), new(0, 3)], ScalarType.Complex128);
    }

    [Fact]
    public void ConversionsRoundAsTheTypesDo()
    {
        float[] values = [0.1f, 1f + 1f / 512, -3.14159f, 70000f];
        using Tensor tensor = Tensor.From(values);
        using Tensor half = tensor.To(ScalarType.Float16);
        Assert.Equal(values.Select(v => (Half)v), half.ToArray<Half>());
        using Tensor brief = tensor.To(ScalarType.BFloat16);
        ushort[] expected = values.Select(v =>
        {
            // Round to nearest even on the upper 16 bits.
            uint bits = BitConverter.SingleToUInt32Bits(v);
            return (ushort)((bits + 0x7FFF + ((bits >> 16) & 1)) >> 16);
        }).ToArray();
        Assert.Equal(expected, brief.ToArray<ushort>());
        using Tensor whole = tensor.To(ScalarType.Int32);
        Assert.Equal([0, 1, -3, 70000], whole.ToArray<int>());
        using Tensor back = brief.To(ScalarType.Float32);
        for (int i = 0; i < values.Length; i++)
            Assert.Equal(values[i], back.ToArray<float>()[i], Math.Abs(values[i]) / 256);
    }

    [Fact]
    public void ViewsAreReadAndWrittenInTheOrderOfTheirElements()
    {
        using Tensor tensor = Tensor.From<int>([1, 2, 3, 4, 5, 6], 2, 3);
        using Tensor transposed = tensor.T();
        Assert.Equal([3, 2], transposed.Shape);
        Assert.Equal([1, 3], transposed.Strides);
        Assert.False(transposed.IsContiguous);
        Assert.Equal([1, 4, 2, 5, 3, 6], transposed.ToArray<int>());
        transposed.CopyFrom<int>([10, 40, 20, 50, 30, 60]);
        Assert.Equal([10, 20, 30, 40, 50, 60], tensor.ToArray<int>());
        Assert.Throws<InvalidOperationException>(() => transposed.Data<int>().Length);
    }

    [Fact]
    public void ChannelsLastStoresPixelsTogether()
    {
        using Tensor tensor = Tensor.From<float>([1, 2, 3, 4, 5, 6, 7, 8], 1, 2, 2, 2);
        using Tensor last = tensor.Contiguous(MemoryFormat.ChannelsLast);
        Assert.True(last.IsChannelsLast);
        Assert.Equal([8, 1, 4, 2], last.Strides);
        float* memory = (float*)last.DataPtr;
        Assert.Equal([1, 5, 2, 6, 3, 7, 4, 8], new Span<float>(memory, 8).ToArray());
        Assert.Equal(tensor.ToArray<float>(), last.ToArray<float>());
    }

    [Fact]
    public void BorrowedMemoryIsSharedBothWays()
    {
        float[] memory = [1, 2, 3, 4];
        using Tensor tensor = Tensor.Borrow<float>(memory, 2, 2);
        memory[3] = 40;
        Assert.Equal([1, 2, 3, 40], tensor.ToArray<float>());
        tensor.Mul_(2);
        Assert.Equal([2, 4, 6, 80], memory);
    }

    [Fact]
    public void BorrowedMemoryStaysPinnedUntilTheLastNativeViewIsGone()
    {
        float[] memory = new float[1000];
        var owner = new CountingMemory(memory);
        Tensor tensor = Tensor.Borrow(owner.Memory);
        Tensor view = tensor.Narrow(0, 10, 5);
        Assert.Equal(1, owner.Pins);
        tensor.Dispose();
        Assert.Equal(1, owner.Pins);
        view.Fill_(3);
        Assert.Equal(15, memory.Sum());
        view.Dispose();
        Assert.Equal(0, owner.Pins);
    }

    [Fact]
    public void ARefusedBorrowLetsItsPinGo()
    {
        var owner = new CountingMemory(new float[4]);
        Assert.Throws<ArgumentException>(() => Tensor.Borrow(owner.Memory, 5));
        Assert.ThrowsAny<Exception>(() => Tensor.Borrow(owner.Memory, -2, -2));
        Assert.Equal(0, owner.Pins);
    }

    [Fact]
    public void WrongTypesAndLengthsAreRefused()
    {
        using Tensor tensor = Torch.Zeros([2, 3]);
        Assert.Contains("does not hold", Assert.Throws<InvalidOperationException>(() => tensor.ToArray<int>()).Message);
        TorchException error = Assert.Throws<TorchException>(() => tensor.CopyTo<float>(new float[5]));
        Assert.Contains("Float[2, 3]", error.Message);
        Assert.Contains("24 bytes", error.Message);
        Assert.Throws<ArgumentException>(() => Tensor.From<float>([1, 2, 3], 2, 2));
        Assert.Throws<NotSupportedException>(() => Tensor.From(new char[2]));
    }

    [Fact]
    public void ADisposedTensorIsRefusedEverywhere()
    {
        Tensor tensor = Torch.Zeros([2]);
        using Tensor other = Torch.Zeros([2]);
        tensor.Dispose();
        tensor.Dispose();
        Assert.True(tensor.IsDisposed);
        Assert.Equal("disposed tensor", tensor.ToString());
        Assert.Throws<ObjectDisposedException>(() => tensor.Sin());
        Assert.Throws<ObjectDisposedException>(() => other.Add(tensor));
        Assert.Throws<ObjectDisposedException>(() => Torch.Cat([other, tensor, other]));
        Assert.Throws<ObjectDisposedException>(() => tensor.Shape);
    }

    [Fact]
    public void EmptyAndScalarTensorsAreTensors()
    {
        using Tensor empty = Tensor.From<float>([], 0, 3);
        Assert.Equal(0, empty.Numel);
        Assert.Empty(empty.ToArray<float>());
        using Tensor scalar = Torch.Full([], 2.5);
        Assert.Equal(0, scalar.Dim);
        Assert.Equal(2.5, scalar.Item());
        Assert.Equal("Float32[]", scalar.ToString());
    }

    [Fact]
    public void AScopeFreesWhatItsThreadMadeExceptWhatIsKept()
    {
        long before = Tensor.LiveCount;
        Tensor kept, detached, inner;
        using (var scope = new TensorScope())
        {
            Tensor x = Torch.Ones([3]);
            kept = scope.Keep(x.Add(1));
            detached = x.Mul(5).DetachFromScope();
            using (var nested = new TensorScope())
            {
                inner = nested.Keep(kept.Add(x));
                Torch.Ones([3]);
            }
            Assert.Equal([3f, 3f, 3f], inner.ToArray<float>());
            Assert.Equal(before + 4, Tensor.LiveCount);
        }
        Assert.True(inner.IsDisposed);
        Assert.Equal(before + 2, Tensor.LiveCount);
        Assert.Equal([2f, 2f, 2f], kept.ToArray<float>());
        kept.Dispose();
        detached.Dispose();
    }

    [Fact]
    public void ScopesEndInnermostFirst()
    {
        var outer = new TensorScope();
        var inner = new TensorScope();
        Assert.Throws<InvalidOperationException>(outer.Dispose);
        inner.Dispose();
        outer.Dispose();
    }

    private sealed class CountingMemory(float[] values) : System.Buffers.MemoryManager<float>
    {
        private System.Runtime.InteropServices.GCHandle _handle;

        public int Pins { get; private set; }

        public override Span<float> GetSpan() => values;

        public override System.Buffers.MemoryHandle Pin(int elementIndex = 0)
        {
            if (Pins++ == 0)
                _handle = System.Runtime.InteropServices.GCHandle.Alloc(values, System.Runtime.InteropServices.GCHandleType.Pinned);
            return new System.Buffers.MemoryHandle(Unsafe.Add<float>((void*)_handle.AddrOfPinnedObject(), elementIndex), default, this);
        }

        public override void Unpin()
        {
            if (--Pins == 0)
                _handle.Free();
        }

        protected override void Dispose(bool disposing)
        {
        }
    }
}
