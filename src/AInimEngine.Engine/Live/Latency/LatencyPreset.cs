using System.Text.Json;
using System.Text.Json.Nodes;
using AInimEngine.Core.Errors;

namespace AInimEngine.Engine.Live.Latency;

/// <summary>
/// A preset to measure by, made of another one: with all that it costs, and a flash of the last pass at every onset that no
/// picture overlooks. A file of its own until it is disposed of.
/// </summary>
internal sealed class LatencyPreset : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("ainim-latency-").FullName;

    /// <param name="preset">Name or path of the one that it is made of.</param>
    /// <exception cref="AInimException">There is no such preset, or it is broken.</exception>
    internal LatencyPreset(string preset)
    {
        Scene.ReadPreset(preset); // says what is wrong with it
        string source = File.Exists(preset) ? preset : Scene.Presets().List().First(entry => entry.Name == preset).Path;
        JsonObject root = JsonNode.Parse(File.ReadAllText(source), documentOptions: new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true })!.AsObject();
        // What answers music slowly is left out: the picture is to be still but for the click.
        root["modulations"] = new JsonArray(new JsonObject { ["source"] = "onset", ["target"] = "post.answer.flash", ["attack"] = 0, ["release"] = 150, ["max"] = 2 });
        var post = root["post"] as JsonArray ?? [];
        root["post"] = post;
        post.Add(new JsonObject { ["shader"] = "grade", ["id"] = "ground", ["values"] = new JsonObject { ["lift"] = 0.04 } });
        post.Add(new JsonObject { ["shader"] = "grade", ["id"] = "answer", ["values"] = new JsonObject() });
        Path = System.IO.Path.Combine(_folder, $"{System.IO.Path.GetFileNameWithoutExtension(source)}.json");
        File.WriteAllText(Path, root.ToJsonString());
    }

    /// <summary>Where it lies.</summary>
    internal string Path { get; }

    /// <inheritdoc/>
    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
