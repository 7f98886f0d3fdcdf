using System.CommandLine;
using System.Globalization;
using System.CommandLine.Parsing;
using AInimEngine.Core.Errors;
using AInimEngine.Core.Time;
using AInimEngine.Engine.Hearing;
using AInimEngine.Engine.Offline;
using AInimEngine.Media.Video;

namespace AInimEngine.Cli.Verbs;

/// <summary>The options of a render, shared by <c>render</c>, <c>demo</c> and <c>bench</c>.</summary>
public sealed partial class RenderOptions
{
    private readonly Option<string?> _preset = new("--preset", "-p") { Description = $"Name or path of a preset; 'ainim presets' lists them. Without it {RenderRequest.DefaultPreset}, or {RenderRequest.DefaultModelPreset} with --model." };
    private readonly Option<string?> _model = new("--model", "-m") { Description = "Name or file of a trained model to play the preset with; 'ainim models list' names them." };
    private readonly Option<string> _size = new("--size") { Description = "Picture size: 1280x720, 1080x1920, ..., even numbers; or 16:9, 9:16, 1:1, 4:5, 720p, 1080p, 4k.", DefaultValueFactory = _ => "1280x720" };
    private readonly Option<string> _fps = new("--fps") { Description = "Frames a second: 30, 60, 25, 30000/1001, ...", DefaultValueFactory = _ => "30" };
    private readonly Option<string?> _from = new("--from") { Description = "Start in the track: seconds, or m:ss. The picture is the one that the whole video shows there." };
    private readonly Option<string?> _to = new("--to") { Description = "End in the track: seconds, or m:ss." };
    private readonly Option<string?> _fade = new("--fade") { Description = "Fade picture and sound in and out, seconds: 2, or 0.5,4 for in and out." };
    private readonly Option<string?> _seed = new("--seed") { Description = "Another universe and another journey: a whole number from 0." };
    private readonly Option<string?> _sync = new("--sync-offset") { Description = "Milliseconds to move the picture against the sound; positive is later." };
    private readonly Option<string?> _codec = new("--codec") { Description = "h264, h265, prores, prores4444, vp9, av1, ffv1 or gif; the container's own if not given." };
    private readonly Option<string?> _title = new("--title") { Description = "Title tag; the track's own if not given." };
    private readonly Option<string?> _artist = new("--artist") { Description = "Artist tag; the track's own if not given." };
    private readonly Option<bool> _chapters = new("--chapters") { Description = "Put the sections of the track into the file as chapters (.mp4, .mov, .mkv)." };
    private readonly Option<string?> _cover = new("--cover") { Description = "Cover picture (JPEG or PNG)." };
    private readonly Option<string[]> _stems = new("--stem") { Description = "A part of the music as a file of its own, for presets to listen to: drums=drums.wav. May be given several times.", DefaultValueFactory = _ => [] };
    private readonly Option<string?> _midi = new("--midi") { Description = "A Standard MIDI File in time with the track, for presets to listen to." };
    private readonly Option<bool> _noFlashLimit = new("--no-flash-limit") { Description = "Leave strobes as they are. Flashes can cause seizures: see docs/safety.md." };
    private readonly Option<bool> _draft = new("--draft") { Description = "A quarter of the width and height, for a quick look." };
    private readonly Option<bool> _overwrite = new("--overwrite", "-y") { Description = "Replace the output if it exists." };
    private readonly Option<string?> _hashes = new("--hashes") { Description = "Write the SHA-256 of every raw RGBA frame to this file." };
    private readonly Option<bool> _sequential = new("--sequential") { Description = "One thread for all stages (for checks).", Hidden = true };

    /// <summary>Adds all of them to a verb.</summary>
    public void AddTo(Command command)
    {
        foreach (Option option in (Option[])[_preset, _model, _size, _fps, _from, _to, _fade, _seed, _sync, _codec, _title, _artist, _chapters, _cover, _stems, _midi, _noFlashLimit, _draft, _overwrite, _hashes, _sequential])
            command.Options.Add(option);
    }

    /// <summary>Reads the options into a request.</summary>
    /// <exception cref="AInimException">A value cannot be read or is out of range.</exception>
    public RenderRequest Read(ParseResult parsed, string input, string output)
    {
        (int width, int height) = ReadSize(parsed.GetValue(_size)!);
        (double fadeIn, double fadeOut) = ReadFade(parsed.GetValue(_fade));
        if (parsed.GetValue(_draft))
            (width, height) = (Math.Max(16, width / 8 * 2), Math.Max(16, height / 8 * 2));
        double from = ReadTime("--from", parsed.GetValue(_from)) ?? 0;
        double? to = ReadTime("--to", parsed.GetValue(_to));
        if (to <= from)
            throw Usage($"--to {to:g6} s is not after --from {from:g6} s");
        if (!TryNumber(parsed.GetValue(_sync) ?? "0", out double sync) || Math.Abs(sync) > 10_000)
            throw Usage($"cannot read --sync-offset '{parsed.GetValue(_sync)}'; give milliseconds from -10000 to 10000");
        return new RenderRequest
        {
            Input = input,
            Output = output,
            Preset = parsed.GetValue(_preset) ?? (parsed.GetValue(_model) is null ? RenderRequest.DefaultPreset : RenderRequest.DefaultModelPreset),
            Model = parsed.GetValue(_model),
            Width = width,
            Height = height,
            Fps = ReadFps(parsed.GetValue(_fps)!),
            FromSeconds = from,
            ToSeconds = to,
            FadeInSeconds = fadeIn,
            FadeOutSeconds = fadeOut,
            Seed = ReadSeed(parsed.GetValue(_seed)),
            SyncOffsetMilliseconds = sync,
            Codec = parsed.GetValue(_codec),
            Title = parsed.GetValue(_title),
            Artist = parsed.GetValue(_artist),
            Chapters = parsed.GetValue(_chapters),
            Cover = parsed.GetValue(_cover),
            Stems = ReadStems(parsed.GetValue(_stems) ?? []),
            Midi = parsed.GetValue(_midi),
            LimitFlashes = !parsed.GetValue(_noFlashLimit),
            Overwrite = parsed.GetValue(_overwrite),
            HashesPath = parsed.GetValue(_hashes),
            Overlap = !parsed.GetValue(_sequential),
        };
    }

    private static (int Width, int Height) ReadSize(string text)
    {
        switch (text.ToLowerInvariant())
        {
            case "16:9": return (1280, 720);
            case "9:16": return (720, 1280);
            case "1:1": return (1080, 1080);
            case "4:5": return (1080, 1350);
            case "720p": return (1280, 720);
            case "1080p": return (1920, 1080);
            case "4k": return (3840, 2160);
        }
        string[] parts = text.Split('x', 'X');
        if (parts.Length != 2 || !int.TryParse(parts[0], out int width) || !int.TryParse(parts[1], out int height))
            throw Usage($"cannot read --size '{text}'; give WIDTHxHEIGHT such as 1920x1080, or 16:9, 9:16, 1:1, 4:5, 720p, 1080p, 4k");
        if (width is < 16 or > 8192 || height is < 16 or > 8192)
            throw Usage($"--size {text} is outside 16..8192 pixels a side");
        if (width % 2 != 0 || height % 2 != 0)
            throw Usage($"--size {text}: video needs even numbers; try {width / 2 * 2}x{height / 2 * 2}");
        return (width, height);
    }

    private static Rational ReadFps(string text)
    {
        if (!Rational.TryParse(text, out Rational fps))
            throw Usage($"cannot read --fps '{text}'; give 30, 60, 23.976 or a fraction such as 30000/1001");
        if (fps < new Rational(1, 1) || fps > new Rational(240, 1) || fps.Denominator > 100_000)
            throw Usage($"--fps {text} is outside 1..240");
        return fps;
    }

    private static double? ReadTime(string option, string? text)
    {
        if (text is null)
            return null;
        double total = 0;
        foreach (string part in text.Split(':'))
        {
            if (!TryNumber(part, out double value) || value < 0 || total > 1e6)
                throw Usage($"cannot read {option} '{text}'; give seconds (73.5) or m:ss (1:13.5)");
            total = total * 60 + value;
        }
        return total;
    }

    /// <summary>The video's name when none is given: beside the track, with the extension of its codec; a draft never in the place of the video.</summary>
    public string OutputFor(ParseResult parsed, string track)
    {
        string extension = OutputFormat.TryParseCodec(parsed.GetValue(_codec), out VideoCodec codec) ? OutputFormat.DefaultExtension(codec) : ".mp4";
        string name = Path.ChangeExtension(track, null) + (parsed.GetValue(_draft) ? "-draft" : "");
        return name + extension == track ? name + "-ainim" + extension : name + extension;
    }

    /// <summary>Whether --fade was given.</summary>
    public bool Fade(ParseResult parsed) => parsed.GetValue(_fade) is not null;

    /// <summary>Whether --overwrite was given.</summary>
    public bool Overwrite(ParseResult parsed) => parsed.GetValue(_overwrite);

    private static List<StemFile> ReadStems(string[] texts)
    {
        var stems = new List<StemFile>();
        foreach (string text in texts)
        {
            int equals = text.IndexOf('=', StringComparison.Ordinal);
            if (equals < 0 || equals == text.Length - 1)
                throw Usage($"cannot read --stem '{text}'; give NAME=FILE such as drums=drums.wav");
            string name = text[..equals];
            if (!SourceLayout.IsStemName(name))
                throw Usage($"--stem '{name}': a name begins with a lower-case letter and holds only lower-case letters, digits, '-' and '_'");
            if (stems.Exists(stem => stem.Name == name))
                throw Usage($"--stem {name} is given twice");
            stems.Add(new StemFile(name, text[(equals + 1)..]));
        }
        return stems;
    }

    private static ulong? ReadSeed(string? text)
    {
        if (text is null)
            return null;
        return ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out ulong seed)
            ? seed
            : throw Usage($"cannot read --seed '{text}'; give a whole number from 0 to {ulong.MaxValue}");
    }

    // No thousands: "1,5" is somebody's one and a half, not fifteen.
    private static bool TryNumber(string text, out double value) =>
        double.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out value) && double.IsFinite(value);

    private static (double In, double Out) ReadFade(string? text)
    {
        if (text is null)
            return (0, 0);
        string[] parts = text.Split(',');
        if (parts.Length is 1 or 2
            && TryNumber(parts[0], out double fadeIn)
            && TryNumber(parts[^1], out double fadeOut)
            && fadeIn is >= 0 and <= 600
            && fadeOut is >= 0 and <= 600)
            return (fadeIn, fadeOut);
        throw Usage($"cannot read --fade '{text}'; give seconds (2), or two numbers for in and out (0.5,4), up to 600");
    }

    private static AInimException Usage(string message) => new(ExitCode.Usage, message + ".");
}
