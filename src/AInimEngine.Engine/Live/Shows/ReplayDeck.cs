using AInimEngine.Core.Errors;
using AInimEngine.Core.Files;
using AInimEngine.Core.Frames;
using AInimEngine.Core.Imaging;
using AInimEngine.Core.State;
using AInimEngine.Core.Time;
using AInimEngine.Neural.Decoding;
using AInimEngine.Rendering;
using AInimEngine.Rendering.Post;

namespace AInimEngine.Engine.Live.Shows;

/// <summary>A preset of a logged show, loaded as it was then: generator and shaders, but no mapper at work. The replay's thread.</summary>
internal sealed class ReplayDeck : IDisposable
{
    private readonly Scene _scene;
    private readonly DeckChains _chains;
    private readonly ControlFrame _decoded, _painted;
    private readonly Image _picture;
    private readonly int _latents;

    private ReplayDeck(LogDeck log, Scene scene, DeckChains chains, FrameLayout layout)
    {
        (Log, _scene, _chains, _latents) = (log, scene, chains, log.Latents);
        (_decoded, _painted) = (new ControlFrame(layout), new ControlFrame(layout));
        _picture = new Image(scene.PictureWidth, scene.PictureHeight, PixelFormat.Rgba16F);
        Leaps = [.. layout.Fields.SelectMany(field => Enumerable.Repeat((field.Max - field.Min) / 2, field.Length)).Skip(log.Latents)];
    }

    /// <summary>What the log says of it.</summary>
    internal LogDeck Log { get; }

    /// <summary>Its number in the log.</summary>
    internal int Serial => Log.Serial;

    /// <summary>For every control behind the latent, how far it goes at once when it is not on its way but wraps or jumps.</summary>
    internal float[] Leaps { get; }

    /// <summary>A picture of the generator has come.</summary>
    internal bool HasPicture { get; private set; }

    /// <summary>What was painted last.</summary>
    internal GlTexture Output => _chains.Current!.Output;

    /// <summary>Loads a preset as a log describes it.</summary>
    /// <param name="context">What it is painted with.</param>
    /// <param name="log">Which.</param>
    /// <param name="width">Of the finished pictures.</param>
    /// <param name="height">Of the finished pictures.</param>
    /// <param name="folder">Where a preset is put that is not installed any more as it was.</param>
    /// <param name="warnings">Told when it is not.</param>
    /// <exception cref="AInimException">It cannot be loaded, or its controls are others now.</exception>
    internal static ReplayDeck Load(GlContext context, LogDeck log, int width, int height, string folder, IWarningSink warnings)
    {
        DecodePrecision? precision = Enum.TryParse(log.Precision, out DecodePrecision named) && Enum.IsDefined(named) ? named : null;
        Scene scene = Scene.Load(FindPreset(log, folder, warnings), width, height, log.Seed, model: log.Model.Length > 0 ? log.Model : null, isLive: true, precision: precision);
        try
        {
            FrameLayout layout = scene.CreateMapper().Layout;
            if (LogDeck.HashOf(layout) != log.Layout || layout.Size != log.Controls || scene.Generator.Latents.Size != log.Latents)
                throw new AInimException(ExitCode.Preset, $"the preset '{log.Preset}' has other controls now than in the show: its shaders, its model or this program have changed. Render with those of the show.");
            if (scene.ModelHash != log.GeneratorHash || scene.Generator.Name != log.Generator)
                warnings.Warn($"'{log.Preset}' is played by '{scene.Generator.Name}', whose weights are not those of the show's '{log.Generator}': its pictures are others.");
            return new ReplayDeck(log, scene, new DeckChains(context, scene, layout, width, height), layout);
        }
        catch
        {
            scene.Dispose();
            throw;
        }
    }

    /// <summary>Makes the generator's picture and gives it to the shaders.</summary>
    internal void Decode(FrameTime time, float[] controls)
    {
        if (controls.Length != _decoded.Values.Length)
            throw new InvalidDataException($"a picture has {controls.Length} controls, its preset {_decoded.Values.Length}");
        for (int i = 0; i < controls.Length; i++)
            _decoded.Values[i] = float.IsFinite(controls[i]) ? controls[i] : 0;
        _decoded.Time = time;
        _scene.Decode(_decoded, _picture);
        _chains.Current!.Upload(_picture);
        HasPicture = true;
    }

    /// <summary>Changes to the working size that was used, or to the best one. Before <see cref="Decode"/>.</summary>
    /// <param name="scale">Over the output's; 1 for the best.</param>
    internal void Scale(float scale)
    {
        _chains.Scale = scale;
        while (_chains.Step())
        {
        }
    }

    /// <summary>Paints.</summary>
    internal void Paint(FrameTime time, ReplayDeckMoment moment)
    {
        PostChain chain = _chains.Current!;
        if (moment.Controls.Length != _painted.Values.Length - _latents || moment.Phases.Length != chain.Phases.Length)
            throw new InvalidDataException("a frame has other controls than its preset");
        moment.Controls.CopyTo(_painted.Values, _latents);
        _painted.Time = time;
        chain.SetPhases(moment.Phases);
        chain.Render(_painted, moment.Blend);
    }

    /// <summary>Writes what its shaders keep. Between two pictures.</summary>
    internal void Save(StateWriter writer)
    {
        PostChain? chain = HasPicture ? _chains.Current : null;
        writer.Write(chain?.WorkScale ?? 0);
        chain?.Save(writer);
    }

    /// <summary>Goes back to that.</summary>
    /// <exception cref="InvalidDataException">It is no such state.</exception>
    internal void Restore(StateReader reader)
    {
        float scale = reader.Read<float>();
        HasPicture = scale > 0;
        Scale(HasPicture ? scale : 1);
        if (HasPicture)
            _chains.Current!.Restore(reader);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _chains.Dispose();
        _scene.Dispose();
        _picture.Dispose();
    }

    /// <summary>The preset by its name where it still is what was played; else what the log has of it.</summary>
    private static string FindPreset(LogDeck log, string folder, IWarningSink warnings)
    {
        if (log.Text.Length == 0)
            return log.Preset;
        try
        {
            if (SmallFile.Read(Scene.Presets().Resolve(log.Preset), Mapping.Json.JsonText.MaxBytes).AsSpan().SequenceEqual(log.Text))
                return log.Preset;
            warnings.Warn($"the preset '{log.Preset}' was changed after the show: it is rendered as it was then.");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or AInimException)
        {
            warnings.Warn($"the preset '{log.Preset}' is not there any more: it is rendered as it was in the show.");
        }
        string own = Path.Combine(folder, $"{log.Serial}");
        Directory.CreateDirectory(own);
        string path = Path.Combine(own, Path.GetFileNameWithoutExtension(log.Preset) + ".json");
        File.WriteAllBytes(path, log.Text);
        return path;
    }
}
