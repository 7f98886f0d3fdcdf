using AInimEngine.Core.Randomness;

namespace AInimEngine.Engine.Live;

/// <summary>Which preset is asked for.</summary>
internal sealed partial class LiveStage
{
    /// <summary>The next preset of the list, or the one before: after the one that was asked for last, also where that stays away.</summary>
    internal void Go(int step) => GoTo((_loadingIndex + step + _list.Count) % _list.Count);

    /// <summary>Another preset by chance.</summary>
    internal void GoAnywhere(long draw)
    {
        if (_list.Count > 1)
            GoTo((_index + 1 + (int)(Philox.Uniform(0x6C69_7665, 0, (ulong)draw) * (_list.Count - 1))) % _list.Count);
    }

    /// <summary>A preset by its place in the list.</summary>
    internal void GoTo(int index)
    {
        if (index < 0 || index >= _list.Count)
        {
            Say($"there are {_list.Count} presets", isProblem: true);
            return;
        }
        if (index == _loadingIndex && (_loader.Loading is not null || index == _index))
            return; // it plays already, or is on its way
        _loadingIndex = index;
        _loader.Ask(_list[index], index);
    }

    /// <summary>A preset by its name; one that is not in the list is added to it when it can be loaded.</summary>
    internal void GoTo(string name)
    {
        int index = _list.FindIndex(known => known.Equals(name, StringComparison.OrdinalIgnoreCase) || FavouritePresets.Key(known) == name);
        if (index < 0 && !Scene.Presets().List().Any(entry => entry.Name == name) && !_favourites.Has(name))
        {
            Say($"there is no preset '{name}'", isProblem: true);
            return;
        }
        if (index < 0)
        {
            _list.Add(name);
            index = _list.Count - 1;
        }
        GoTo(index);
    }

    /// <summary>The first preset, with its own values; whatever was on its way stays away.</summary>
    internal void Panic()
    {
        _loader.Cancel();
        if (_coming is not null)
            Drop();
        Release();
        _loadingIndex = 0;
        if (_index != 0)
            GoTo(0);
    }
}
