using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace AInimEngine.Cli.Tests;

/// <summary><c>ainim analyze</c>: what it prints, what it writes, what it refuses.</summary>
public sealed class AnalyzeTests : IDisposable
{
    private readonly ScratchFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void TheSummaryIsForPeopleAndTheJsonForPrograms()
    {
        string track = Tune();
        Ainim.Result result = Ainim.Run("analyze", track, "--json", _folder["a.json"], "--csv", _folder["layer"]);
        Assert.True(result.ExitCode == 0, result.Error);
        foreach (string word in (string[])["tune.wav: 0:12.00", "tempo", "BPM", "key", "LUFS", "onsets", "sections"])
            Assert.Contains(word, result.Output, StringComparison.Ordinal);

        using JsonDocument json = JsonDocument.Parse(File.ReadAllText(_folder["a.json"]));
        JsonElement root = json.RootElement;
        Assert.Equal(12, root.GetProperty("duration").GetDouble(), 1e-6);
        Assert.Equal(120, root.GetProperty("tempo").GetDouble(), 1.5);
        double[] beats = Numbers(root, "beats");
        Assert.InRange(beats.Length, 18, 25);
        Assert.All(Numbers(root, "downbeats"), downbeat => Assert.Contains(downbeat, beats));
        Assert.Equal(Numbers(root, "onsets").Length, Numbers(root, "onset_strengths").Length);
        JsonElement[] sections = [.. root.GetProperty("sections").EnumerateArray()];
        Assert.Equal(0, sections[0].GetProperty("start").GetDouble());
        Assert.Equal(12, sections[^1].GetProperty("end").GetDouble(), 1e-3);
        foreach (string key in (string[])["tempo_confidence", "tempo_alternatives", "beats_per_bar", "onsets_low", "onsets_mid", "onsets_high", "events", "key", "key_confidence", "keys", "novelty"])
            Assert.True(root.TryGetProperty(key, out _), key);
        Assert.InRange(root.GetProperty("loudness").GetProperty("integrated").GetDouble(), -40, -5);
        Assert.False(root.TryGetProperty("features", out _));

        string[] lines = File.ReadAllLines(_folder["layer-beats.csv"]);
        Assert.Equal(beats.Length, lines.Length);
        Assert.Equal(beats[0], double.Parse(lines[0].Split(',')[0], CultureInfo.InvariantCulture), 1e-6);
        Assert.Equal(["a.json", "layer-beats.csv", "layer-events.csv", "layer-keys.csv", "layer-onsets.csv", "layer-sections.csv", "tune.wav"], _folder.Names);
    }

    [Fact]
    public void StandardOutputIsNothingButJson()
    {
        Ainim.Result result = Ainim.Run("analyze", Tune(), "--json", "-", "--features");
        Assert.True(result.ExitCode == 0, result.Error);
        using JsonDocument json = JsonDocument.Parse(result.Output);
        JsonElement features = json.RootElement.GetProperty("features");
        Assert.Equal(46.875, features.GetProperty("rate").GetDouble());
        Assert.Equal(563, features.GetProperty("values").GetProperty("rms").GetArrayLength());
        Assert.Equal(12, features.GetProperty("values").GetProperty("chroma")[0].GetArrayLength());
        Assert.True(features.GetProperty("values").TryGetProperty("raw.loudness", out _));
    }

    [Fact]
    public void TheLiveAnalyserWritesTheSameKeys()
    {
        Ainim.Result result = Ainim.Run("analyze", Tune(), "--live", "--json", "-");
        Assert.True(result.ExitCode == 0, result.Error);
        using JsonDocument json = JsonDocument.Parse(result.Output);
        JsonElement root = json.RootElement;
        Assert.Equal("live", root.GetProperty("mode").GetString());
        Assert.Equal(120, root.GetProperty("tempo").GetDouble(), 3.0);
        Assert.True(Numbers(root, "beats").Length > 10);
        Assert.True(Numbers(root, "onsets").Length > 20);
    }

    [Fact]
    public void ClicksStartAtTheSamplesOfTheBeats()
    {
        string track = Tune();
        File.WriteAllText(track + ".ainim.json", """{ "tempo": 100, "first_beat": 0.35 }""");
        TestSound.WriteWav(_folder["silence.wav"], new float[2 * TestSound.Rate]);
        File.Copy(track + ".ainim.json", _folder["silence.wav.ainim.json"]);
        Ainim.Result result = Ainim.Run("analyze", _folder["silence.wav"], "--clicks", _folder["clicks.wav"]);
        Assert.True(result.ExitCode == 0, result.Error);
        byte[] wav = File.ReadAllBytes(_folder["clicks.wav"]);
        Assert.Equal(44 + 2 * TestSound.Rate * 4, wav.Length);
        short[] left = [.. Enumerable.Range(0, 2 * TestSound.Rate).Select(i => BitConverter.ToInt16(wav, 44 + 4 * i))];
        foreach (double beat in (double[])[0.35, 0.95, 1.55])
        {
            int at = (int)Math.Round(beat * TestSound.Rate);
            Assert.Equal(0, left[at - 1]);
            Assert.True(left[at] > 15_000);
        }
        Assert.Contains("corrected by silence.wav.ainim.json", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void NothingIsReplacedUnlessOverwriteIsSaid()
    {
        File.WriteAllText(_folder["a.json"], "precious");
        Ainim.Result result = Ainim.Run("analyze", Tune(), "--json", _folder["a.json"]);
        Assert.Equal(4, result.ExitCode);
        Assert.Contains("--overwrite", OneLine(result), StringComparison.Ordinal);
        Assert.Equal("precious", File.ReadAllText(_folder["a.json"]));
        Assert.Equal(0, Ainim.Run("analyze", Tune(), "--json", _folder["a.json"], "--overwrite", "--quiet").ExitCode);
        Assert.StartsWith("{", File.ReadAllText(_folder["a.json"]), StringComparison.Ordinal);
        Assert.Equal(4, Ainim.Run("analyze", Tune(), "--clicks", Tune(), "--overwrite").ExitCode);
    }

    [Theory]
    [InlineData(3, "nothing.mp3", "analyze", "nothing.mp3")]
    [InlineData(2, "--json", "analyze", "nothing.mp3", "--features")]
    [InlineData(2, "--live", "analyze", "nothing.mp3", "--live", "--html", "x.html")]
    [InlineData(4, "nowhere", "analyze", "nothing.mp3", "--html", "/nowhere/x.html")]
    public void WhatCannotBeIsRefusedInOneLine(int code, string says, params string[] arguments)
    {
        Ainim.Result result = Ainim.Run(arguments, null, _folder.Path);
        Assert.Equal(code, result.ExitCode);
        Assert.Contains(says, OneLine(result), StringComparison.Ordinal);
        Assert.Empty(_folder.Names);
    }

    [Fact]
    public void AWrongCorrectionIsRefusedWithItsPlace()
    {
        File.WriteAllText(Tune() + ".ainim.json", "{\n \"tempi\": 120 }");
        Ainim.Result result = Ainim.Run("analyze", Tune());
        Assert.Equal(3, result.ExitCode);
        Assert.Contains("line 2 column 2", OneLine(result), StringComparison.Ordinal);
    }

    [Fact]
    public void TheReportAsksNobodyAndOpensInABrowser()
    {
        Ainim.Result result = Ainim.Run("analyze", Tune(), "--html", _folder["r.html"], "--quiet");
        Assert.True(result.ExitCode == 0, result.Error);
        string page = File.ReadAllText(_folder["r.html"]);
        Assert.DoesNotContain("http:", page, StringComparison.Ordinal);
        Assert.DoesNotContain("https:", page, StringComparison.Ordinal);
        Assert.Contains("data:audio/ogg;base64,", page, StringComparison.Ordinal);

        string? browser = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Select(folder => Path.Combine(folder, "chromium")).FirstOrDefault(File.Exists);
        if (browser is null)
            Assert.Skip("there is no chromium on this machine");
        var start = new ProcessStartInfo(browser) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (string word in (string[])["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
            "--disable-component-update", "--disable-sync", $"--user-data-dir={_folder["profile"]}", "--virtual-time-budget=5000", "--dump-dom", "file://" + _folder["r.html"]])
            start.ArgumentList.Add(word);
        using Process process = Process.Start(start)!;
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(120));
        using CancellationTokenRegistration kill = patience.Token.Register(() => process.Kill(entireProcessTree: true));
        process.ErrorDataReceived += (_, _) => { };
        process.BeginErrorReadLine();
        string dom = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.Contains("data-ready=\"1\"", dom, StringComparison.Ordinal);
        Assert.DoesNotContain("data-error", dom, StringComparison.Ordinal);
        Assert.Contains("BPM</b>", dom, StringComparison.Ordinal);
    }

    private string Tune()
    {
        string path = _folder["tune.wav"];
        if (!File.Exists(path))
            TestSound.WriteWav(path, TestSound.Tune(12));
        return path;
    }

    private static double[] Numbers(JsonElement root, string key) => [.. root.GetProperty(key).EnumerateArray().Select(value => value.GetDouble())];

    private static string OneLine(Ainim.Result result)
    {
        string line = Assert.Single(result.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.StartsWith("ainim analyze: ", line, StringComparison.Ordinal);
        return line;
    }
}
