using AInimEngine.Core.Randomness;
using AInimEngine.Engine.Live.SetLists;

namespace AInimEngine.Engine.Live;

/// <summary>The set list and the favourites.</summary>
internal sealed partial class LiveStage
{
    private const ulong FavouriteSeed = 0x6661_766F;

    private readonly FavouritePresets _favourites;
    private LiveDeck? _viewed;
    private int _viewedChanges;
    private string? _notWritten;

    /// <summary>The entry of the set list with a cue.</summary>
    internal void GoToCue(string cue)
    {
        int index = _settings.Set?.IndexOf(cue) ?? -1;
        if (index < 0)
            Say(_settings.Set is null ? $"there is no set list with a cue '{cue}'" : $"the set list has no cue '{cue}'", isProblem: true);
        else
            GoTo(index);
    }

    /// <summary>Marks the preset that plays, or that is coming, or takes the mark away.</summary>
    internal void Mark()
    {
        string preset = Current;
        Func<string?> write = _favourites.Toggle(preset);
        _loader.Do(() => Volatile.Write(ref _notWritten, write()));
        Say(_favourites.Has(preset) ? $"{preset} is a favourite" : $"{preset} is no favourite any more", isProblem: false);
    }

    /// <summary>Another favourite by chance.</summary>
    internal void GoToAnyFavourite(long draw)
    {
        string[] others = [.. _favourites.Names.Where(name => name != FavouritePresets.Key(Current))];
        if (others.Length == 0)
            Say("there is no other favourite: S marks the preset that plays", isProblem: true);
        else
            GoTo(others[(int)(Philox.Uniform(FavouriteSeed, 0, (ulong)draw) * others.Length)]);
    }

    /// <summary>What the set list says of a place; null without one, or behind its end.</summary>
    private SetEntry? Entry(int index) => _settings.Set is { } set && index < set.Entries.Count ? set.Entries[index] : null;

    /// <summary>Where the preset that plays stands, in words.</summary>
    private string Position()
    {
        SetEntry? entry = Entry(_deck.Index);
        string cue = entry?.Cue is { } word ? $", cue {word}" : "", mark = _favourites.Has(_deck.Name) ? ", favourite" : "";
        return $"preset {_deck.Index + 1} of {_list.Count}{cue}{mark}; {_deck.Scene.Generator.Name}";
    }

    /// <summary>What the loading thread could not write.</summary>
    private void LookAtFavourites()
    {
        if (Interlocked.Exchange(ref _notWritten, null) is { } reason)
            Say($"favourites are not kept: {reason}", isProblem: true);
    }
}
