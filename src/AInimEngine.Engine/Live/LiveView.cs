namespace AInimEngine.Engine.Live;

/// <summary>What the overlay shows. Written and read by the display's thread; texts change only when what they say does.</summary>
internal sealed class LiveView
{
    internal string Preset { get; set; } = "";

    internal string Position { get; set; } = "";

    internal string? Loading { get; set; }

    internal string LoadingText { get; set; } = "";

    internal string Sound { get; set; } = "";

    internal bool IsListening { get; set; }

    internal float LevelDb { get; set; } = -100;

    internal float GainDb { get; set; }

    internal bool IsSilent { get; set; }

    internal float[] Spectrum { get; } = new float[24];

    internal float Bpm { get; set; }

    internal float Phase { get; set; }

    internal int Beat { get; set; }

    internal float Confidence { get; set; }

    internal float DisplayRate { get; set; }

    internal float GeneratorRate { get; set; }

    internal float HopRate { get; set; }

    internal float FrameMs { get; set; }

    internal float LatencyMs { get; set; }

    internal long Skipped { get; set; }

    internal int Level { get; set; }

    internal GovernorLevel Allows { get; set; }

    internal float Intensity { get; set; } = 1;

    internal float Speed { get; set; } = 1;

    internal float Brightness { get; set; } = 1;

    internal bool IsFrozen { get; set; }

    internal bool IsDark { get; set; }

    internal bool IsHeld { get; set; }

    /// <summary>"REC 1:05"; "" where nothing is recorded.</summary>
    internal string Recording { get; set; } = "";

    internal bool IsLimiting { get; set; }

    /// <summary>What the set list says to the performer.</summary>
    internal string Note { get; set; } = "";

    /// <summary>What is wrong for as long as it is; null when nothing is.</summary>
    internal string? Trouble { get; set; }

    internal string Message { get; set; } = "";

    internal bool IsProblem { get; set; }
}
