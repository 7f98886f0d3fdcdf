using AInimEngine.Engine.Offline;
using AInimEngine.Engine.Tests.Support;

namespace AInimEngine.Engine.Tests.Offline;

public sealed class TrackListenerTests(Tracks tracks)
{
    [Fact]
    public void TheLengthIsTheDecodedSamples()
    {
        Assert.Equal(6 * 48000, tracks.TheTune.Heard.SampleCount);
        Assert.False(tracks.TheTune.Heard.IsMended);
    }

    [Fact]
    public void WhatWasMendedIsSaidOnce()
    {
        var warnings = new Warnings();
        TrackListener heard = TrackListener.Listen(tracks.FlawedTune.Path, warnings, CancellationToken.None);
        Assert.True(heard.IsMended);
        Assert.Contains("10 samples", Assert.Single(warnings.Messages), StringComparison.Ordinal);
    }

    [Fact]
    public void ListeningCanBeCancelled() =>
        Assert.Throws<OperationCanceledException>(() => TrackListener.Listen(tracks.TheTune.Path, new Warnings(), new CancellationToken(canceled: true)));
}
