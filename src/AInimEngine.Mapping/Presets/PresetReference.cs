using System.Text;
using AInimEngine.Core.Frames;
using AInimEngine.Core.Parameters;

namespace AInimEngine.Mapping.Presets;

/// <summary>Makes docs/presets.md from the tables.</summary>
public static class PresetReference
{
    /// <summary>The reference as Markdown with a final newline; the same vocabulary gives the same text.</summary>
    public static string Generate(PresetVocabulary vocabulary)
    {
        var text = new StringBuilder(
            $$"""
            # Presets

            <!-- Made from the parameter tables; to change this file, change them and run the tests of Engine with AINIM_WRITE_DOCS=1. -->

            A preset is a JSON file that says what a video looks like and how it moves. `--preset NAME` finds it in
            `$XDG_CONFIG_HOME/ainim/presets` (or `~/.config/ainim/presets`), then among those that come with the program;
            `--preset path/to/my.json` reads a file. With `"$schema"` set to `presets/schema.json`, editors complete and
            check it. The default is `{{Preset.DefaultName}}`.

            ```json
            {
              "version": {{Preset.FormatVersion}},
              "name": "Mine",
              "generator": { "type": "field", "universe": 7 },
              "motion": { "speed": 0.15, "energy": "bass" },
              "modulations": [
                { "source": "onset.low", "target": "latent.mid", "release": 250, "max": 0.1 }
              ],
              "post": [ { "shader": "bloom", "values": {} } ]
            }
            ```

            Only `version` and `name` must be there. Unknown keys and values out of range are refused with line and column.

            ## Sources

            A source counts as 0 at the lower end of its range and as 1 at the upper. Features are heard in the frame's own samples; where in
            beat, bar and section the music is, comes from the analysis of the whole track ([hearing.md](hearing.md)).

            | Name | Range | Meaning |
            |---|---|---|

            """);
        foreach (FrameField field in vocabulary.Normalised)
        {
            string name = field.Length == 1 ? field.Name : $"{field.Name}[0]` to `{field.Name}[{field.Length - 1}]";
            text.Append($"| `{name}` | {Range(field.Min, field.Max, field.Unit)} | {Cell(field.Description)} |\n");
        }
        foreach (SourcePattern source in vocabulary.Patterns)
            text.Append($"| `{source.Example}` | {source.Range} | {Cell(source.Description)} |\n");
        text.Append(
            """
            | `bands.kick` | 0..1 | The level of a band that the preset names itself: `"bands": [ { "name": "kick", "from": 40, "to": 90 } ]`, Hz, up to eight. |
            | `raw.bass` ... | in its unit | The same features before normalising, taken from their whole range to 0..1. |
            | `lfo:0.1` | 0..1 | A cosine swing of so many Hz that begins at 0. |
            | `noise:0.1` | 0..1 | A smooth seeded wander of so many new values a second. |

            ## Modulations

            `clamp01(source * gain + offset)`, shaped by `curve`, followed with `attack` and `release`, spread over `min..max`,
            and applied to the target by `mode`: `add` (the default), `multiply` or `set`. Rows work in order; the result is kept
            in the target's range. Curves: `linear`, `power`, `smoothstep`, `threshold`, `gate`. A target of several floats can be
            moved whole: `"source": "chroma", "target": "field.chroma"` float by float, a single source all alike.


            """);
        Table(text, MappingParameters.Modulation, "modulation.");
        text.Append("\n## Motion\n\n`energy` and `onset` name the sources of speed and pulses.\n\n");
        Table(text, MappingParameters.Motion, "motion.");
        text.Append(
            """

            `waypoints` says where the latents travel. `"free"`, the default: coarse, mid and fine each on an endless path through points of
            the generator's prior, chosen by the seed. `"sections"`: every kind of section has a place; when a section begins, the latents travel
            there in `travel` beats and then move within `roam` around it, and a section that sounds alike brings the same place back.
            `"places"`, or simply a list: all layers together through the listed points, round and round. `places` lists the points, for sections
            in order of appearance: names of favourites, or seeds, e.g. `"places": ["sunrise", 14]`.

            `anchors` are twelve styles, one for each pitch class from C on; `chords` says how far the sounding chord draws the latents towards
            its mix of them: `"anchors": { "groups": ["mid", "fine"], "points": [3, 1, 4] }`. Without points the seed chooses, fewer than twelve repeat.

            """);
        text.Append($"\n## Targets\n\nOf the motion: {string.Join(", ", MappingParameters.MotionTargets.Select(id => $"`{id}`"))}. Of the latents:\n\n");
        Table(text, [.. MappingParameters.Latent, MappingParameters.Layer with { Id = "latent.layer[0]" }], "");
        foreach (string type in GeneratorSettings.Types)
        {
            text.Append($"\n### Generator `{type}`\n\nInputs are targets, and their base values stand in `generator.inputs`.\n\n");
            Table(text, MappingParameters.Generator, "generator.");
            if (type == GeneratorSettings.ModelType)
                Model(text, vocabulary);
            foreach (string key in new[] { "style", "palette" })
                if (vocabulary.GeneratorWords.TryGetValue($"{type}.{key}", out IReadOnlyList<string>? words))
                    text.Append($"\n`{key}` is one of {string.Join(", ", words.Select(word => $"`{word}`"))}; without it, the universe decides.\n");
            if (vocabulary.RowsOf(type).Any())
            {
                text.Append('\n');
                Table(text, vocabulary.RowsOf(type), "");
            }
        }
        text.Append("\n## Shaders\n\nThe passes of `post` work in order. A parameter is the target `post.{id}.{parameter}`; `id` is the shader's name unless the pass has its own.\n");
        foreach (string shader in vocabulary.Shaders)
        {
            text.Append($"\n### `{shader}`\n\n");
            if (vocabulary.RowsOf(shader).Any())
                Table(text, vocabulary.RowsOf(shader), shader + ".");
            else
                text.Append("No parameters.\n");
        }
        return text.ToString();
    }

    private static void Model(StringBuilder text, PresetVocabulary vocabulary)
    {
        text.Append(
            $"""

            `model` names a trained model (`ainim models list`) or its file. When there is no such file, the preset is played with `field`,
            and a warning says so. `--model` plays any preset with a model. The picture is as wide as the model can make it: the constant that
            it grows from is padded to the video's shape, and what is too much is cut off. `width` asks StyleGAN2 models of
            architecture "skip" to stop at the smallest resolution that is at least as wide; 1024 stops at 256 on a CPU if it is not given.

            `truncation` is the base value of `model.truncation`, `cutoff` the number of layers that it pulls. `noise` is one of
            {string.Join(", ", ModelSettings.NoiseWords.Select(word => $"`{word}`"))}; `precision` one of {string.Join(", ", ModelSettings.PrecisionWords.Select(word => $"`{word}`"))}.
            Renders are made in fp32, whose frames repeat, unless the preset asks for bf16. `class` is the name or number of a class;
            without it, every point draws its own. `favourites` names the file of favourites that places and anchors may name.


            """);
        Table(text, MappingParameters.Model, "model.");
        text.Append(
            $$"""

            `bend` is a list of transforms inside the network: `{ "id": "twist", "group": "mid", "operation": "rotate", "share": 0.3 }`. Each
            acts after a `layer` or after the last layer of a `group`, on all channels, on a seeded `share` or on those in `channels`; the
            target `bend.twist` moves its amount. Operations: {{string.Join(", ", (vocabulary.GeneratorWords.GetValueOrDefault("model.operation") ?? []).Select(word => $"`{word}`"))}}.


            """);
        Table(text, MappingParameters.Bend, "bend.");
    }

    private static void Table(StringBuilder text, IEnumerable<Parameter> rows, string prefix)
    {
        text.Append("| Name | Range | Default | Meaning |\n|---|---|---|---|\n");
        foreach (Parameter row in rows)
            text.Append($"| `{row.Id[prefix.Length..]}` | {Range(row.Min, row.Max, row.Unit)} | {row.Default:g6} | {Cell(row.Description)} |\n");
    }

    private static string Range(float min, float max, string unit) => $"{min:g6}..{max:g6}{(unit.Length > 0 ? " " + unit : "")}";

    private static string Cell(string text) => text.Replace("|", "\\|", StringComparison.Ordinal).ReplaceLineEndings(" ");
}
