using AInimEngine.Core.Time;
using AInimEngine.Engine.Offline;
using AInimEngine.Engine.Tests.Support;

namespace AInimEngine.Engine.Tests.Offline;

/// <summary>What makes a render another render, and what does not.</summary>
[Collection(Pictures.One)]
public sealed class RenderIdentityTests(Tracks tracks)
{
    [Fact]
    public async Task WhateverChangesAPictureChangesTheFingerprint()
    {
        using var folder = new ScratchFolder();
        RenderRequest request = new() { Input = tracks.TheTune.Path, Output = folder["film.mkv"], Width = 64, Height = 36 };
        RenderRequest[] others =
        [
            request,
            request with { Input = tracks.Silence.Path },
            request with { Preset = "drift" },
            request with { Seed = 5 },
            request with { Width = 36, Height = 64 },
            request with { Fps = new Rational(30000, 1001) },
            request with { FromSeconds = 1 },
            request with { ToSeconds = 5 },
            request with { FadeInSeconds = 1 },
            request with { FadeOutSeconds = 1 },
            request with { SyncOffsetMilliseconds = 20 },
            request with { Codec = "ffv1" },
            request with { HashesPath = folder["hashes.txt"] },
        ];
        using Scene scene = Scene.Load(request.Preset, request.Width, request.Height, null);
        using PainterThread painter = await PainterThread.StartAsync(() => new FramePainter(scene, scene.CreateMapper().Layout, request.Width, request.Height, new StageTimes()));
        var prints = new List<string>();
        foreach (RenderRequest other in others)
            prints.Add(await OfAsync(other, scene, painter));
        Assert.Equal(prints.Count, prints.Distinct().Count());

        Assert.Equal(prints[0], await OfAsync(request with { Overwrite = true, Overlap = false }, scene, painter));
        Assert.Equal(prints[0], await OfAsync(request with { Title = "No picture depends on it", Artist = "Nor on them" }, scene, painter));
        Assert.Equal(prints[0], await OfAsync(request with { Output = folder["elsewhere.mkv"] }, scene, painter));
        File.Copy(request.Input, folder["a copy.wav"]);
        Assert.Equal(prints[0], await OfAsync(request with { Input = folder["a copy.wav"] }, scene, painter));
    }

    private async Task<string> OfAsync(RenderRequest request, Scene usual, PainterThread painter)
    {
        Track track = request.Input == tracks.Silence.Path ? tracks.Silence : tracks.TheTune;
        RenderRange range = RenderRange.Of(request, track.Heard.SampleCount);
        RenderOutput output = RenderOutput.Check(request);
        output.Choose(range, track.Heard, new Dictionary<string, string>());
        bool isUsual = (request.Preset, request.Width, request.Seed) == (RenderRequest.DefaultPreset, 64, null);
        using Scene? other = isUsual ? null : Scene.Load(request.Preset, request.Width, request.Height, request.Seed);
        return (await RenderIdentity.OfAsync(request, other ?? usual, track.Heard, range, painter, output)).Compute();
    }
}
