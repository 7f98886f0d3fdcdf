using System.Runtime.InteropServices;
using System.Security.Cryptography;
using AInimEngine.Engine.Live.Shows;

namespace AInimEngine.Engine.Tests.Live;

public sealed class HashComparisonTests
{
    private readonly ShowRenderResult _result = new();
    private readonly byte[] _pixels = new byte[8], _record = new byte[sizeof(long) + SHA256.HashSizeInBytes];

    [Theory]
    [InlineData(1, 0)]
    [InlineData(30, 3)]
    [InlineData(30, 700)]
    [InlineData(5000, 3)]
    public void ALongShowIsComparedToItsEndHoweverFewHashesThereAre(int every, int behind)
    {
        const int Frames = 40_000;
        var hashes = new HashComparison(_result);
        int logged = 0;
        for (int frame = 0; frame < Frames + behind; frame++)
        {
            if (frame < Frames)
                hashes.Take(frame, Pixels(frame));
            if (frame >= behind && (frame - behind) % every == 0)
            {
                Log(hashes, frame - behind, differs: frame - behind == 30_000);
                logged++;
            }
        }
        Assert.Equal(((long)logged, logged - 1L, 30_000L), (_result.Compared, _result.Equal, _result.FirstDifferent));
    }

    [Fact]
    public void WhatOneSideHasNotIsPassedOverAlsoWhereTheLogIsAhead()
    {
        var hashes = new HashComparison(_result);
        foreach (int frame in (ReadOnlySpan<int>)[1, 2, 3, 5, 8])
            Log(hashes, frame, differs: false);
        foreach (int frame in (ReadOnlySpan<int>)[2, 4, 5, 6])
            hashes.Take(frame, Pixels(frame));
        Log(hashes, 9, differs: false);
        hashes.Take(9, Pixels(9));
        Assert.Equal((3L, 3L, -1L), (_result.Compared, _result.Equal, _result.FirstDifferent));
    }

    private byte[] Pixels(long frame)
    {
        MemoryMarshal.Write(_pixels, frame);
        return _pixels;
    }

    private void Log(HashComparison hashes, long frame, bool differs)
    {
        MemoryMarshal.Write(_record, frame);
        SHA256.HashData(Pixels(differs ? -frame : frame), _record.AsSpan(sizeof(long)));
        hashes.Take(_record);
    }
}
