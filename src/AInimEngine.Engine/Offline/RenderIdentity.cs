using AInimEngine.Analysis.Tracks;
using AInimEngine.Engine.Hearing;
using AInimEngine.Engine.Playing;
using AInimEngine.Mapping.Presets;
using AInimEngine.Media;
using AInimEngine.Media.Video;
using AInimEngine.Neural;
using AInimEngine.Neural.Decoding;
using AInimEngine.Rendering;
using AInimEngine.Rendering.Transitions;

namespace AInimEngine.Engine.Offline;

/// <summary>Names everything that the pictures of a render depend on.</summary>
public static class RenderIdentity
{
    /// <summary>Fills a fingerprint for a render that is ready to start.</summary>
    /// <param name="request">What was asked for.</param>
    /// <param name="scene">Generator and preset.</param>
    /// <param name="heard">The track.</param>
    /// <param name="range">Which part of the track, and its timing.</param>
    /// <param name="painter">Whose driver draws.</param>
    /// <param name="output">Where it goes, and how it is encoded.</param>
    public static async Task<RenderFingerprint> OfAsync(RenderRequest request, Scene scene, HeardTrack heard, RenderRange range, PainterThread painter, RenderOutput output)
    {
        var identity = new RenderFingerprint();
        identity.Add("engine", Build());
        identity.Add("sound", heard.Hash);
        identity.AddText("hearing", TrackAnalysisFormat.Write(heard.Analysis));
        foreach (StemFile stem in request.Stems)
            identity.AddFile($"stem {stem.Name}", stem.Path);
        if (request.Midi is { } midi)
            identity.AddFile("midi", midi);
        identity.Add("range", $"{range.FirstSample}+{range.SampleCount} samples at {range.Timeline.SampleRate} Hz");
        identity.Add("fps", request.Fps);
        identity.Add("size", $"{request.Width}x{request.Height}");
        identity.Add("sync offset", $"{range.SyncOffsetSamples} samples");
        identity.Add("fade", $"{request.FadeInSeconds}, {request.FadeOutSeconds} s");
        identity.Add("flash limit", request.LimitFlashes);
        identity.Add("codec", output.Codec);
        identity.Add("hashes", request.HashesPath is not null);
        identity.Add("generator", scene.Generator.Name);
        if (scene.Player is { } player)
            AddModel(identity, scene, player);
        identity.Add("generator picture", $"{scene.PictureWidth}x{scene.PictureHeight}");
        identity.Add("seed", scene.Seed);
        identity.AddFile("preset", Scene.Presets().Resolve(request.Preset));

        // The chain always enlarges with "upscale", whether the preset names it or not.
        foreach (string shader in scene.Preset.Post.Select(pass => pass.Shader).Append("upscale").Distinct())
            identity.AddFile($"shader {shader}", scene.Shaders.Get(shader).Path);

        // The threads are those of the scene, BLAS's too; what the process has at this moment may be another scene's.
        GlInfo? gl = null;
        await painter.RunAsync(p => gl = p.Info);
        AddMachine(identity, $"{scene.DecodeThreads} threads", output.Encoder, gl!);
        return identity;
    }

    /// <summary>Fills a fingerprint for the render of a logged show, which names its presets and models itself.</summary>
    /// <param name="log">The log's file.</param>
    /// <param name="encoder">Size, rate and codec.</param>
    /// <param name="gl">The driver that draws.</param>
    /// <exception cref="Core.Errors.AInimException">The log cannot be read.</exception>
    public static RenderFingerprint OfShow(string log, EncoderSettings encoder, GlInfo gl)
    {
        var identity = new RenderFingerprint();
        identity.Add("engine", Build());
        identity.AddFile("show", log);
        foreach (string shader in Scene.ShaderFiles())
            identity.AddFile($"shader {Path.GetFileNameWithoutExtension(shader)}", shader);
        foreach (TransitionShader transition in TransitionLibrary.Load(Path.Combine(Installation.UserFolder, "transitions")).Shaders)
            identity.AddFile($"transition {transition.Name}", transition.Path);
        identity.Add("fps", encoder.Fps);
        identity.Add("size", $"{encoder.Width}x{encoder.Height}");
        identity.Add("codec", encoder.Codec);
        AddMachine(identity, $"{Environment.ProcessorCount} processors", encoder, gl);
        return identity;
    }

    private static void AddMachine(RenderFingerprint identity, string threads, EncoderSettings encoder, GlInfo gl)
    {
        TorchInfo torch = TorchInfo.Read();
        identity.Add("libtorch", $"{torch.Version}, {threads}, {torch.CpuCapability}");
        identity.Add("BLAS", string.Join(' ', torch.BlasPaths));
        identity.Add("processor", Processor());
        string shim = Path.Combine(AppContext.BaseDirectory, "libainim_torch.so");
        if (File.Exists(shim))
            identity.AddFile("libtorch shim", shim);
        identity.Add("encoder threads", encoder.Threads);
        identity.Add("ffmpeg", FFmpegTools.Find().Version);
        identity.Add("OpenGL", $"{gl.Renderer}, {gl.Version}");
    }

    private static void AddModel(RenderFingerprint identity, Scene scene, StyleGenerator player)
    {
        StyleGeneratorSettings settings = player.Settings;
        identity.Add("model", player.Hash);
        identity.Add("model precision", settings.Precision);
        identity.Add("model device", settings.Device);
        identity.Add("model noise", $"{settings.Noise}, seed {settings.NoiseSeed}");
        identity.Add("model decode", $"{player.Picture.Width}x{player.Picture.Height} of a {player.Picture.Columns}x{player.Picture.Rows} constant at {settings.Resolution}");
        // Measured, and so a machine's own.
        identity.AddText("model responses", string.Join(' ', player.Latents.ImageChangePerUnit));
        string favourites = ModelPlayer.FavouritesFile(scene.Preset, scene.Preset.Generator.Model!, player.Card);
        if (File.Exists(favourites))
            identity.AddFile("model favourites", favourites);
    }

    private static string Processor()
    {
        const string file = "/proc/cpuinfo";
        string? line = File.Exists(file) ? File.ReadLines(file).FirstOrDefault(l => l.StartsWith("model name", StringComparison.Ordinal)) : null;
        return line?[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim() ?? System.Runtime.InteropServices.RuntimeInformation.ProcessArchitecture.ToString();
    }

    // Every build has its own module ids, so a changed engine never continues what another one began.
    private static string Build()
    {
        Type[] rooms = [typeof(RenderIdentity), typeof(Preset), typeof(Analysis.Features.FeatureTable), typeof(TorchInfo), typeof(GlInfo), typeof(FFmpegTools), typeof(Core.Time.Rational)];
        return string.Join(' ', rooms.Select(type => type.Module.ModuleVersionId.ToString("n")[..12]));
    }
}
