using AInimEngine.Mapping.Presets;
using AInimEngine.Media;
using AInimEngine.Neural;
using AInimEngine.Rendering;

namespace AInimEngine.Engine.Offline;

/// <summary>Names everything that the pictures of a render depend on.</summary>
public static class RenderIdentity
{
    /// <summary>Fills a fingerprint for a render that is ready to start.</summary>
    public static async Task<RenderFingerprint> OfAsync(RenderRequest request, Scene scene, RenderRange range, PainterThread painter, RenderOutput output)
    {
        var identity = new RenderFingerprint();
        identity.Add("engine", Build());
        identity.AddFile("sound", request.Input);
        identity.Add("range", $"{range.FirstSample}+{range.SampleCount} samples at {range.Timeline.SampleRate} Hz");
        identity.Add("fps", request.Fps);
        identity.Add("size", $"{request.Width}x{request.Height}");
        identity.Add("sync offset", $"{range.SyncOffsetSamples} samples");
        identity.Add("fade", $"{request.FadeInSeconds}, {request.FadeOutSeconds} s");
        identity.Add("codec", output.Codec);
        identity.Add("sound in the video", output.SoundDescription);
        identity.Add("tags", string.Join('\u001f', request.Title, request.Artist, request.Cover));
        identity.Add("hashes", request.HashesPath is not null);
        identity.Add("generator", scene.Generator.Name);
        identity.Add("generator picture", $"{scene.PictureWidth}x{scene.PictureHeight}");
        identity.Add("seed", scene.Seed);
        identity.AddFile("preset", Scene.Presets().Resolve(request.Preset));
        foreach (string shader in scene.Preset.Post.Select(pass => pass.Shader).Distinct())
            identity.AddFile($"shader {shader}", scene.Shaders.Get(shader).Path);

        TorchInfo torch = TorchInfo.Read();
        identity.Add("libtorch", $"{torch.Version}, {torch.Threads} threads, BLAS {torch.BlasThreads} threads, {torch.CpuCapability}");
        identity.Add("ffmpeg", FFmpegTools.Find().Version);
        GlInfo? gl = null;
        await painter.RunAsync(p => gl = p.Info);
        identity.Add("OpenGL", $"{gl!.Renderer}, {gl.Version}");
        return identity;
    }

    // Every build has its own module ids, so a changed engine never continues what another one began.
    private static string Build()
    {
        Type[] rooms = [typeof(RenderIdentity), typeof(Preset), typeof(Analysis.Features.FeatureTable), typeof(TorchInfo), typeof(GlInfo), typeof(FFmpegTools), typeof(Core.Time.Rational)];
        return string.Join(' ', rooms.Select(type => type.Module.ModuleVersionId.ToString("n")[..12]));
    }
}
