using AInimEngine.Core.Control;

namespace AInimEngine.Control.Tests;

public sealed class ControlDocumentTests
{
    [Fact]
    public void EveryRowStandsInItOnceWithItsRange()
    {
        ControlSurface surface = Surfaces.Make();
        string text = ControlDocument.Write(surface, row => row.Id == "panic" ? "P" : null);
        string[] lines = text.Split('\n');
        Assert.All(surface.Rows, row => Assert.Single(lines, line => line.StartsWith($"| `/ainim/{row.Id}` |", StringComparison.Ordinal)));
        Assert.Contains("| `/ainim/param/bloom.strength` | value | 0 to 2 dB | 0.5 | Glow \\| halo. |  |", lines);
        Assert.Contains("| `/ainim/panic` | trigger |  |  | Safe. | P |", lines);
        Assert.Contains("## Parameters", lines);
        Assert.DoesNotContain("Bound to", ControlDocument.Write(surface), StringComparison.Ordinal);
    }
}
