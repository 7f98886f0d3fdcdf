namespace AInimEngine.Cli.Tests;

/// <summary><c>ainim models</c> as a person uses it.</summary>
public sealed class ModelsTests : IDisposable
{
    private readonly ScratchFolder _folder = new();

    private static string Checkpoints => Path.Combine(Repository.Root, "tests", "AInimEngine.Neural.Tests", "data");

    private string Models => Path.Combine(_folder["config"], "ainim", "models");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void AnImportedModelIsListedShownAndNotOverwritten()
    {
        string pickle = Path.Combine(Checkpoints, "stylegan2", "dev32c.pkl");
        Ainim.Result imported = Run("models", "import", pickle, "-o", "two", "--class-names", "cats,dogs", "--licence", "mine");
        Assert.Equal(0, imported.ExitCode);
        Assert.Contains("StyleGAN2 at 32x32", imported.Output);
        Assert.Equal(["two.json", "two.safetensors"], Directory.GetFiles(Models).Select(Path.GetFileName).Order());

        Assert.Matches("(?m)^flames64 ", Run("models", "list").Output);
        Assert.Matches(@"(?m)^two .*2 classes \(yours\)$", Run("models", "list").Output);
        string shown = Run("models", "show", "two", "--arrays").Output;
        Assert.Contains("0 cats, 1 dogs", shown);
        Assert.Contains("mine", shown);
        Assert.Contains("mapping.embed.weight", shown);

        Ainim.Result again = Run("models", "import", pickle, "-o", "two");
        Assert.Equal(4, again.ExitCode);
        Assert.Contains("-y", again.Error);
        Assert.Contains("mine", File.ReadAllText(Path.Combine(Models, "two.json")));

        Ainim.Result hiding = Run("models", "import", pickle, "-o", "flames64");
        Assert.Equal(4, hiding.ExitCode);
        Assert.Contains("would hide it", hiding.Error);
        Assert.False(File.Exists(Path.Combine(Models, "flames64.safetensors")));
    }

    [Fact]
    public void DecodingReplacesItsOutputOnlyWhenItIsWhole()
    {
        string output = _folder["img.f32"], latents = Path.Combine(Checkpoints, "stylegan2", "dev16.z.f32"), pickle = Path.Combine(Checkpoints, "stylegan2", "dev16.pkl");
        Assert.Equal(0, Run("models", "decode", pickle, "--z", latents, "--classes", "0,0,0", "--noise", "const", "-o", output).ExitCode);
        byte[] first = File.ReadAllBytes(output);
        Assert.Equal(3 * 3 * 16 * 16 * sizeof(float), first.Length);
        Ainim.Result wrong = Run("models", "decode", pickle, "--z", latents, "--classes", "0,1,0", "-o", output);
        Assert.Equal(2, wrong.ExitCode);
        Assert.Equal(first, File.ReadAllBytes(output));
        Assert.Equal(0, Run("models", "decode", pickle, "--z", latents, "--noise", "none", "-o", output).ExitCode);
        Assert.NotEqual(first, File.ReadAllBytes(output));
    }

    [Fact]
    public void AProgramInAFileIsRefusedAndNothingIsWritten()
    {
        Ainim.Result refused = Run("models", "import", Path.Combine(Checkpoints, "checkpoints", "torchscript.pt"));
        Assert.Equal(3, refused.ExitCode);
        Assert.Contains("TorchScript", refused.Error);
        Assert.Single(refused.Error.TrimEnd().Split('\n'));
        Assert.False(Directory.Exists(Models));
    }

    private Ainim.Result Run(params string[] arguments) =>
        Ainim.Run(arguments, new Dictionary<string, string> { ["XDG_CONFIG_HOME"] = _folder["config"] }, null);
}
