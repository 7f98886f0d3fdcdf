using System.CommandLine;
using AInimEngine.Core.Errors;
using AInimEngine.Engine.Live.Shows;

namespace AInimEngine.Cli.Verbs;

/// <summary>What a render of a logged show takes of the options.</summary>
public sealed partial class RenderOptions
{
    /// <summary>Reads the options that a show has; those that the show itself decides are refused.</summary>
    /// <exception cref="AInimException">A value cannot be read, or is the show's.</exception>
    public ShowRenderRequest ReadShow(ParseResult parsed, string show, string? output)
    {
        foreach (Option decided in (Option[])[_preset, _model, _from, _to, _fade, _seed, _sync, _stems, _midi, _chapters, _cover, _noFlashLimit, _hashes])
            if (parsed.GetResult(decided) is { Implicit: false })
                throw Usage($"{decided.Name} does not go with --show: the show has decided it");
        (int Width, int Height)? size = parsed.GetResult(_size) is { Implicit: false } ? ReadSize(parsed.GetValue(_size)!) : null;
        return new ShowRenderRequest
        {
            Show = show,
            Output = output ?? Path.ChangeExtension(Path.TrimEndingDirectorySeparator(show), ".mp4"),
            Width = size?.Width,
            Height = size?.Height,
            Fps = parsed.GetResult(_fps) is { Implicit: false } ? ReadFps(parsed.GetValue(_fps)!) : null,
            Codec = parsed.GetValue(_codec),
            Title = parsed.GetValue(_title),
            Artist = parsed.GetValue(_artist),
            Overwrite = parsed.GetValue(_overwrite),
        };
    }
}
