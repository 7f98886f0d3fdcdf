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
        // They are of the preset that played; if that stays away, another one has values of its own.
        if (_settings.Resume?.Preset != _deck.Name)
            return;
        foreach ((string id, float position) in positions)
        {
            int row = _surface.IndexOf(id);
            if (row < 0 || !id.StartsWith(LiveRows.Parameters, StringComparison.Ordinal) || _surface.Position(row) == position)
                continue;
            _surface.Place(row, position);
            _deck.Hold(row, _surface.Value(row));
        }
    }

    /// <summary>The presets to play, and the place of the first one.</summary>
    internal static (List<string> Presets, int First) Beginning(LiveSettings settings)
    {
        List<string> list = settings.Set is { } set ? [.. set.Entries.Select(entry => entry.Preset)]
            : settings.Presets.Count > 0 ? [.. settings.Presets] : [.. Scene.Presets().List().Select(entry => entry.Name)];
        if (list.Count == 0)
            throw new AInimException(ExitCode.Preset, "there is no preset to play. Name one, or check that presets/ is where the program is.");
        if (settings.Resume is not { Preset: { } preset } state)
            return (list, 0);
        int index = state.Index >= 0 && state.Index < list.Count && list[state.Index] == preset ? state.Index : list.IndexOf(preset);
        if (index >= 0)
            return (list, index);
        list.Add(preset); // it was asked for by name
        return (list, list.Count - 1);
    }

    /// <summary>The first preset is there before anything is shown: a show that cannot begin says so at once.</summary>
    private LiveDeck First(FirstScene first, int index, IWarningSink warnings)
    {
        try
        {
            return Build(first.Take(), index, first.ReadAt);
        }
        catch (AInimException error) when (index != 0)
        {
            warnings.Warn($"{_list[index]} stays away: {error.Message}");
            long readAt = Stopwatch.GetTimestamp();
            return Build(FirstScene.Load(_list[0], _settings), 0, readAt);
        }
    }

    private LiveDeck Build(Scene scene, int index, long readAt)
    {
        try
        {
            Mapping.Mapper mapper = scene.CreateMapper();
            var chains = new DeckChains(_context, scene, mapper.Layout, _settings.Width, _settings.Height);
            try
            {
                FirstLevel = _settings.Resume?.Level is { } level and >= 0 && level < GovernorLevel.All.Count
                    ? chains.Begin(level) // measured by the show before
                    : chains.Measure(mapper.Layout, new FrameTime(0, _settings.Fps), ChainShare);
                return new LiveDeck(_list[index], index, scene, mapper, chains, _surface, _settings.Decoder) { Files = PlayedFiles.Of(_list[index], index, scene, readAt) };
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
