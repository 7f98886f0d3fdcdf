using AInimEngine.Core.Control;
using AInimEngine.Core.Frames;
using AInimEngine.Core.Imaging;
using AInimEngine.Core.State;
using AInimEngine.Core.Time;
using AInimEngine.Mapping;
using AInimEngine.Rendering.Post;

namespace AInimEngine.Engine.Live;

/// <summary>
/// A preset in play: its scene, its mapper, its shaders and its generator's thread. Made by <see cref="DeckLoader"/>; used and
/// freed by the display's thread.
/// </summary>
internal sealed class LiveDeck : IDisposable
{
    // A foreseen latent is the last one and the mean step of the last tenth of a second, over at most so many frames.
    private const double StepSeconds = 0.1;
    private const int FarthestFrames = 12;

    private readonly DeckChains _chains;
    private readonly FeatureFrame _heard;
    private readonly float[] _before, _step;
    private readonly ControlFrame _asked;
    private readonly (int Row, MapperTarget[] Targets)[] _held;
    private readonly float[] _holds;
    private readonly int _latentSize, _fade;
    private double _uploadedAt;
    private bool _hasBefore;

    /// <param name="name">The preset's name.</param>
    /// <param name="index">Its place in the list.</param>
    /// <param name="scene">Owned from here on, as the chains are.</param>
    /// <param name="mapper">Of the scene.</param>
    /// <param name="chains">Built.</param>
    /// <param name="surface">The rows that reach it.</param>
    /// <param name="decoder">What makes a scene's pictures instead of its generator; for tests.</param>
    internal LiveDeck(string name, int index, Scene scene, Mapper mapper, DeckChains chains, ControlSurface surface, Func<Scene, Action<ControlFrame, Image>>? decoder = null)
    {
        (Name, Index, Scene, Mapper, _chains) = (name, index, scene, mapper, chains);
        _heard = new FeatureFrame(scene.Sources.Layout);
        Controls = new ControlFrame(mapper.Layout);
        _asked = new ControlFrame(mapper.Layout);
        _latentSize = scene.Generator.Latents.Size;
        _fade = mapper.Layout.OffsetOf("output.fade");
        _before = new float[_latentSize];
        _step = new float[_latentSize];
        _held = [.. Reach(surface, mapper, scene)];
        _holds = new float[_held.Length];
        Array.Fill(_holds, float.NaN);
        Relay = new PictureRelay(decoder?.Invoke(scene) ?? scene.Decode, mapper.Layout, scene.PictureWidth, scene.PictureHeight, () => scene.Trouble);
    }

    /// <summary>The preset's name.</summary>
    internal string Name { get; }

    /// <summary>Its place in the list.</summary>
    internal int Index { get; }

    /// <summary>What it was loaded from.</summary>
    internal Scene Scene { get; }

    /// <summary>The files that it was made from.</summary>
    internal required PlayedFiles Files { get; init; }

    /// <summary>It takes the place of itself, because a file of it was edited.</summary>
    internal bool IsReloaded { get; init; }

    /// <summary>From features to controls.</summary>
    internal Mapper Mapper { get; }

    /// <summary>Its shaders, at the working size that plays.</summary>
    internal PostChain Chain => _chains.Current!;

    /// <summary>Shaders of another working size are being built.</summary>
    internal bool IsBuilding => _chains.IsBuilding;

    /// <summary>Working size of the shaders over the output's, at most.</summary>
    internal float WorkScale
    {
        set => _chains.Scale = value;
    }

    /// <summary>Its generator's thread.</summary>
    internal PictureRelay Relay { get; }

    /// <summary>The controls of the last frame that was mapped.</summary>
    internal ControlFrame Controls { get; }

    /// <summary>A picture has come, so that it can be shown.</summary>
    internal bool IsReady { get; private set; }

    /// <summary>The frame that was painted last had a new picture of the generator.</summary>
    internal bool IsFresh { get; private set; }

    /// <summary>The shaders' phases before they painted last.</summary>
    internal double[] Phases { get; private set; } = [];

    /// <summary>Its number in the show log; 0 before it is in there.</summary>
    internal int Serial { get; set; }

    /// <summary>Blend between the last two pictures of the frame that was painted last, 0..1.</summary>
    internal float Blend { get; private set; } = 1;

    /// <summary>The latent of the last frame.</summary>
    internal Span<float> Latent => Controls.Values.AsSpan(0, _latentSize);

    /// <summary>Both play the same network, so that one's latents mean the same to the other.</summary>
    internal bool SharesGenerator(LiveDeck other) =>
        other._latentSize == _latentSize && other.Scene.Generator.Name == Scene.Generator.Name
        && other.Scene.ModelFile == Scene.ModelFile;

    /// <summary>Maps one frame. Every frame is mapped, also those that are not painted.</summary>
    internal void Step(FeatureFrame features, FrameTime time, float brightness, float speed)
    {
        // What a preset listens to beside the sound, stems and MIDI parts, is silent live.
        features.Values.CopyTo(_heard.Values, 0);
        (_heard.FirstSample, _heard.SampleCount) = (features.FirstSample, features.SampleCount);
        Mapper.SpeedScale = speed;
        Mapper.Map(_heard, time, Controls);
        Controls.Values[_fade] = brightness;
    }

    /// <summary>The rows of this preset stand where it has them.</summary>
    internal void PlaceRows(ControlSurface surface)
    {
        foreach ((int row, MapperTarget[] targets) in _held)
            surface.Place(row, surface.Rows[row].ToUnit(targets[0].Own));
    }

    /// <summary>A hand moved a row: what it holds takes its value.</summary>
    internal void Hold(int row, float value)
    {
        for (int i = 0; i < _held.Length; i++)
        {
            if (_held[i].Row != row)
                continue;
            _holds[i] = value;
            foreach (MapperTarget target in _held[i].Targets)
                Mapper.Hold(target, value);
        }
    }

    /// <summary>Everything has the preset's own values again.</summary>
    internal void Release(ControlSurface surface)
    {
        Array.Fill(_holds, float.NaN);
        foreach ((_, MapperTarget[] targets) in _held)
            foreach (MapperTarget target in targets)
                Mapper.Hold(target, target.Own);
        PlaceRows(surface);
    }

    /// <summary>Goes on where another one of the same preset stands: its journey where that is still the same, what hands hold, what shaders keep.</summary>
    /// <param name="other">Before it leaves.</param>
    /// <param name="surface">The rows are placed by now.</param>
    internal void Continue(LiveDeck other, ControlSurface surface)
    {
        using var state = new MemoryStream();
        var writer = new StateWriter(state);
        other.Mapper.Save(writer);
        writer.Flush();
        state.Position = 0;
        try
        {
            Mapper.Restore(new StateReader(state));
        }
        catch (Exception error) when (error is InvalidDataException or EndOfStreamException)
        {
            Mapper.Reset(); // the edit changed what there is to go on with
        }
        _chains.Continue(other._chains);
        for (int i = 0; i < _held.Length; i++)
        {
            int before = Array.FindIndex(other._held, held => held.Row == _held[i].Row);
            if (before < 0 || float.IsNaN(other._holds[before]))
                continue;
            Hold(_held[i].Row, other._holds[before]);
            surface.Place(_held[i].Row, surface.Rows[_held[i].Row].ToUnit(other._holds[before]));
        }
    }

    /// <summary>Asks the generator for the picture that will be seen when it is done.</summary>
    /// <param name="blocked">The last latents are asked for again: frozen.</param>
    internal void Ask(bool blocked)
    {
        if (blocked && _hasBefore)
        {
            // Thawed, it goes on from where the way is by then, not from where it stood.
            Latent.CopyTo(_before);
            Array.Clear(_step);
        }
        else
        {
            double delta = Controls.Time.DeltaSeconds;
            float share = (float)(1 - Math.Exp(-delta / StepSeconds));
            float ahead = (float)Math.Min(FarthestFrames, (Relay.Latency + Relay.Interval) / delta);
            _asked.CopyFrom(Controls);
            Span<float> latent = Latent, asked = _asked.Values;
            for (int i = 0; i < latent.Length; i++)
            {
                float step = _hasBefore ? latent[i] - _before[i] : 0;
                _step[i] += share * (step - _step[i]);
                asked[i] = latent[i] + ahead * _step[i];
            }
            latent.CopyTo(_before);
            _hasBefore = true;
        }
        Relay.Ask(_asked, Controls.Time.Index);
    }

    /// <summary>Shows the generator's newest picture and paints.</summary>
    /// <param name="now">Seconds on the display's clock.</param>
    internal void Paint(double now)
    {
        _chains.Step();
        IsFresh = Relay.TryTake(out Image picture);
        if (IsFresh)
        {
            Chain.Upload(picture);
            _uploadedAt = now;
            IsReady = true;
        }
        if (!IsReady)
            return;
        double interval = Relay.Interval;
        Blend = interval <= 0 ? 1 : (float)Math.Clamp((now - _uploadedAt) / interval, 0, 1);
        if (Phases.Length != Chain.Phases.Length)
            Phases = new double[Chain.Phases.Length];
        Chain.Phases.CopyTo(Phases);
        Chain.Render(Controls, Blend);
    }

    /// <summary>Leaves the stage: everything of it is freed beside the show. The display's thread.</summary>
    internal void Leave(DeckBin bin)
    {
        bin.Take(_chains);
        bin.Take(Relay, Scene);
    }

    /// <summary>Ends the generator's thread and frees everything, and waits for it. The display's thread.</summary>
    public void Dispose()
    {
        Relay.Dispose();
        _chains.Dispose();
        Scene.Dispose();
    }

    // A row "param/bloom.strength" holds every bloom of the chain, "param/motion.speed" the motion, other rows inputs of the generator.
    private static IEnumerable<(int, MapperTarget[])> Reach(ControlSurface surface, Mapper mapper, Scene scene)
    {
        for (int row = 0; row < surface.Rows.Count; row++)
        {
            if (!surface.Rows[row].Id.StartsWith(LiveRows.Parameters, StringComparison.Ordinal) || surface.Rows[row].Parameter is not { } parameter)
                continue;
            MapperTarget[] targets = [.. mapper.Targets.Where(target => target.Id == parameter.Id
                || scene.Preset.Post.Any(pass => parameter.Id.StartsWith(pass.Shader + ".", StringComparison.Ordinal) && target.Id == pass.FieldName(parameter.Id[(pass.Shader.Length + 1)..])))];
            if (targets.Length > 0)
                yield return (row, targets);
        }
    }
}
