using AInimEngine.Engine.Live;

namespace AInimEngine.Engine.Tests.Live;

public sealed class BelongingsTests
{
    [Fact]
    public void AllAreFreedInReverseOrderAndTheFirstFailureIsTold()
    {
        List<int> freed = [];
        var owned = new Belongings();
        for (int i = 0; i < 4; i++)
            owned.Add(new Item(i, freed));
        Assert.Equal("2", owned.Free()?.Message);
        Assert.Equal([3, 2, 1, 0], freed);
        Assert.Null(owned.Free());
        Assert.Equal(4, freed.Count);
    }

    private sealed class Item(int number, List<int> freed) : IDisposable
    {
        public void Dispose()
        {
            freed.Add(number);
            if (number is 1 or 2)
                throw new InvalidOperationException($"{number}");
        }
    }
}
