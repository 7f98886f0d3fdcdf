namespace AInimEngine.Engine.Live;

/// <summary>Edits of what plays: a good one takes its place, a broken one is told until it is mended.</summary>
internal sealed partial class LiveStage
{
    // Long enough to hide what an edit changes at once, too short to wait for.
    private const double ReloadSeconds = 0.25;

    /// <summary>What is wrong with the present edit; null when nothing is.</summary>
    internal string? Trouble { get; private set; }

    private void TakeOver(LiveDeck edited)
    {
        edited.Continue(_deck, _surface);
        Say(Trouble is null ? $"{edited.Name} as you have edited it" : $"{edited.Name} is mended", isProblem: false);
        Trouble = null;
    }

    private void Refuse(LoadFailure failure)
    {
        if (failure.Preset != _deck.Name)
            return; // it has left by now
        Trouble = failure.Problem;
        Say($"the edit is broken, {failure.Preset} plays on as before: {failure.Problem}", isProblem: true);
    }

    /// <summary>Presets named by a path have folders of their own, which may hold a whole home: nothing in those counts.</summary>
    private IEnumerable<(string Path, bool IsDeep)> EditedFolders() =>
    [
        (Installation.Presets, true), (Installation.Shaders, true), (Path.Combine(Installation.UserFolder, "presets"), true), (Path.Combine(Installation.UserFolder, "shaders"), true),
        .. _list.Where(name => name.Contains('/', StringComparison.Ordinal) || name.EndsWith(".json", StringComparison.OrdinalIgnoreCase))
            .Select(path => (Path.GetDirectoryName(Path.GetFullPath(path))!, false)),
    ];
}
