using AInimEngine.Rendering.Post;

namespace AInimEngine.Engine.Live;

/// <summary>How a preset leaves the stage. Nothing of it is waited for: its generator may be in the middle of a picture.</summary>
internal sealed partial class LiveStage
{
    /// <summary>Something that has left the stage is not freed yet.</summary>
    internal bool IsFreeing => _bin.IsFreeing;

    /// <summary>The one that comes is the one that plays.</summary>
    private GlTexture End()
    {
        _picturesBefore += _deck.Relay.Pictures;
        _deck.Leave(_bin);
        Trouble = _coming!.IsReloaded ? Trouble : null;
        _deck = _coming;
        _coming = null;
        _loader.Playing = _deck.Files;
        return _deck.Chain.Output;
    }

    /// <summary>The one that comes stays away; the one that plays has its rows again.</summary>
    private void Drop()
    {
        _picturesBefore += _coming!.Relay.Pictures;
        _coming.Leave(_bin);
        _coming = null;
        _index = _deck.Index;
        _ear!.Bands = _deck.Scene.Sources.Bands;
        PlaceNumber();
        _deck.PlaceRows(_surface);
        _loader.Playing = _deck.Files;
    }

    /// <summary>Says what does not come, and why.</summary>
    private void Tell(LoadFailure failure)
    {
        if (failure.IsEdit)
            Refuse(failure);
        else
            Say($"{failure.Preset} stays away: {failure.Problem}", isProblem: true);
        PlaceNumber();
    }
}
