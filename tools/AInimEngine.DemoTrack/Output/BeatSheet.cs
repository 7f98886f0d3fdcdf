using System.Text.Json;
using System.Text.Json.Serialization;
using AInimEngine.DemoTrack.Composition;

namespace AInimEngine.DemoTrack.Output;

/// <summary>The truth about the track, for whoever measures a beat tracker against it. Times in seconds.</summary>
public sealed record BeatSheet(
    string Title, string Licence, int SampleRate, int Samples, double Duration, double Tempo, int Meter, string Key,
    double[] Beats, double[] Downbeats, SectionTime[] Sections, ChordTime[] Chords, double[] Kicks, double[] Snares, string PcmSha256)
{
    private static readonly JsonSerializerOptions _options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        WriteIndented = true,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new TimesConverter() },
    };

    /// <summary>The sheet of the track whose PCM has hash <paramref name="pcmSha256"/>.</summary>
    public static BeatSheet Of(string pcmSha256) => new(
        "Second Light", "CC0-1.0", Song.SampleRate, Song.Samples, Song.Samples / (double)Song.SampleRate, Song.Tempo, Song.Meter, "A minor",
        [.. Enumerable.Range(0, Song.Bars * Song.Meter).Select(Beat)],
        [.. Enumerable.Range(0, Song.Bars).Select(bar => Beat(bar * Song.Meter))],
        [.. Song.Sections.Select(s => new SectionTime(s.Name, Beat(s.FirstBar * Song.Meter), Beat(s.EndBar * Song.Meter)))],
        [.. Harmony.Chords.Select(c => new ChordTime(c.Name, Beat(c.Bar * Song.Meter + c.Step * Song.Meter / Song.StepsPerBar)))],
        [.. Drums.Kick.Select(hit => Seconds(hit.Start))],
        [.. Drums.Snare.Select(hit => Seconds(hit.Start))],
        pcmSha256);

    /// <summary>As it is stored.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, _options) + "\n";

    /// <summary>Reads what <see cref="ToJson"/> wrote.</summary>
    public static BeatSheet Parse(string json) =>
        JsonSerializer.Deserialize<BeatSheet>(json, _options) ?? throw new InvalidDataException("the beat sheet is empty");

    private static double Beat(int beat) => Math.Round(beat * 60.0 / Song.Tempo, 6);

    private static double Seconds(int sample) => Math.Round(sample / (double)Song.SampleRate, 6);

    /// <summary>Writes lists of times on lines of eight.</summary>
    private sealed class TimesConverter : JsonConverter<double[]>
    {
        public override double[] Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options)
        {
            var times = new List<double>();
            while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                times.Add(reader.GetDouble());
            return [.. times];
        }

        public override void Write(Utf8JsonWriter writer, double[] value, JsonSerializerOptions options)
        {
            IEnumerable<string> lines = value.Chunk(8).Select(line => "\n    " + string.Join(", ", line.Select(time => time.ToString("0.000000"))));
            writer.WriteRawValue("[" + string.Join(",", lines) + "\n  ]");
        }
    }
}
