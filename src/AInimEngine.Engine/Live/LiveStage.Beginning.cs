using System.Diagnostics;
using AInimEngine.Core.Errors;
using AInimEngine.Core.Time;

namespace AInimEngine.Engine.Live;

/// <summary>How a show begins: with its first preset, or where the one before it stood when it died.</summary>
internal sealed partial class LiveStage
{
    /// <summary>The preset that plays, or is leaving; what is coming is not sure to come.</summary>
    internal (string Name, int Index) Standing => (_deck.Name, _deck.Index);

    /// <summary>A hand held these before: what stands elsewhere than the preset has it.</summary>
    internal void Resume(IReadOnlyDictionary<string, float> positions)
    {
        foreach ((string id, float position) in positions)
        {
            int row = _surface.IndexOf(id);
            if (row < 0 || !id.StartsWith(LiveRows.Parameters, StringComparison.Ordinal) || _surface.Position(row) == position)
                continue;
            _surface.Place(row, position);
            _deck.Hold(row, _surface.Value(row));
        }
    }

    /// <summary>The first preset is loaded before anything is shown: a show that cannot begin says so at once.</summary>
    private LiveDeck First(IWarningSink warnings)
    {
        if (_settings.Resume is not { Preset: { } preset } state)
            return Load(0);
        int index = state.Index >= 0 && state.Index < _list.Count && _list[state.Index] == preset ? state.Index : _list.IndexOf(preset);
        if (index < 0)
        {
            _list.Add(preset); // it was asked for by name
            index = _list.Count - 1;
        }
        try
        {
            return Load(index);
        }
        catch (AInimException error) when (index != 0)
        {
            warnings.Warn($"{preset} stays away: {error.Message}");
            return Load(0);
        }
    }

    private LiveDeck Load(int index)
    {
        string name = _list[index];
        long readAt = Stopwatch.GetTimestamp();
        Scene scene = Scene.Load(name, _settings.Width, _settings.Height, _settings.Seed, model: _settings.Model, isLive: true, worker: _settings.Worker);
        try
        {
            Mapping.Mapper mapper = scene.CreateMapper();
            var chains = new DeckChains(_context, scene, mapper.Layout, _settings.Width, _settings.Height);
            try
            {
                FirstLevel = chains.Measure(mapper.Layout, new FrameTime(0, _settings.Fps), ChainShare);
                return new LiveDeck(name, index, scene, mapper, chains, _surface, _settings.Decoder) { Files = PlayedFiles.Of(name, index, scene, readAt) };
            }
            catch
            {
                chains.Dispose();
                throw;
            }
        }
        catch
        {
            scene.Dispose();
            throw;
        }
    }
}
