namespace AInimEngine.Analysis.Evaluation.Running;

/// <summary>What the command line asks for.</summary>
internal sealed record Options
{
    internal const string Usage = """
        usage: AInimEngine.Analysis.Evaluation [WHAT] [--heldout] [--short] [--count N] [--only TEXT] [--tracks] [--beats] [--cache DIR]
          WHAT         --families          synthetic families (the default)
                       --corpus DIR        WAV files with JSON beside them
                       --installed [ROOT]  MIDI music of Debian packages, installed or unpacked below ROOT, by FluidSynth
                       --midi DIR          MIDI files below a folder, by FluidSynth
          --heldout    the part that parameters must not be chosen by; a --corpus is taken as it is
          --short      two tracks of a family
          --count N    tracks of a family (20)
          --only TEXT  families or packages whose name holds it
          --tracks     a line for every track too
          --beats      beats only
          --cache DIR  where renders are kept
        """;

    public string? Corpus { get; init; }

    public string? Midi { get; init; }

    public string? InstalledRoot { get; init; }

    public bool HeldOut { get; init; }

    public int Count { get; init; } = 20;

    public string Only { get; init; } = "";

    public bool ShowTracks { get; init; }

    public bool BeatsOnly { get; init; }

    public string Cache { get; init; } = Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData), "ainim", "hearing");

    /// <exception cref="ArgumentException">It is not understood.</exception>
    internal static Options Parse(string[] arguments)
    {
        var options = new Options();
        for (int i = 0; i < arguments.Length; i++)
        {
            string Value() => ++i < arguments.Length ? arguments[i] : throw new ArgumentException($"{arguments[i - 1]} needs a value");
            options = arguments[i] switch
            {
                "--families" => options,
                "--corpus" => options with { Corpus = Value() },
                "--midi" => options with { Midi = Value() },
                "--installed" => options with { InstalledRoot = i + 1 < arguments.Length && !arguments[i + 1].StartsWith('-') ? Value() : "/" },
                "--heldout" => options with { HeldOut = true },
                "--short" => options with { Count = 2 },
                "--count" => options with { Count = int.TryParse(Value(), out int count) && count > 0 ? count : throw new ArgumentException("--count takes a number above 0") },
                "--only" => options with { Only = Value() },
                "--tracks" => options with { ShowTracks = true },
                "--beats" => options with { BeatsOnly = true },
                "--cache" => options with { Cache = Value() },
                _ => throw new ArgumentException($"'{arguments[i]}' is not understood"),
            };
        }
        return options;
    }
}
