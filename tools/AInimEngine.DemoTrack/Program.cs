using System.Diagnostics;
using AInimEngine.DemoTrack;
using AInimEngine.DemoTrack.Output;

// Composes the bundled track: `dotnet run -c Release --project tools/AInimEngine.DemoTrack [folder] [--report] [--wav]`
// writes ainim-demo.ogg and ainim-demo.beats.json to the folder (demo), with --wav the 24-bit original too.
string folder = args.FirstOrDefault(a => !a.StartsWith('-')) ?? "demo";
Directory.CreateDirectory(folder);
Track track = Track.Render();
byte[] pcm = Pcm.Of(track.Mix);
if (args.Contains("--report"))
    Report.Write(Console.Out, track);

string wav = Path.Combine(folder, "ainim-demo.wav"), ogg = Path.Combine(folder, "ainim-demo.ogg");
Pcm.WriteWav(wav, pcm);
await File.WriteAllTextAsync(Path.Combine(folder, "ainim-demo.beats.json"), BeatSheet.Of(Pcm.Hash(pcm)).ToJson());
string[] encode =
[
    "-nostdin", "-v", "error", "-y", "-i", wav, "-c:a", "libvorbis", "-q:a", "6", "-map_metadata", "-1", "-fflags", "+bitexact", "-flags:a", "+bitexact",
    "-metadata", "title=Second Light", "-metadata", "artist=AInimEngine", "-metadata", "license=CC0-1.0", "-metadata", $"BPM={Song.Tempo}", ogg,
];
using Process ffmpeg = Process.Start(new ProcessStartInfo("ffmpeg", encode))!;
await ffmpeg.WaitForExitAsync();
if (!args.Contains("--wav"))
    File.Delete(wav);
Console.WriteLine(ffmpeg.ExitCode == 0 ? $"{ogg}: {new FileInfo(ogg).Length / 1024} KiB, pcm sha256 {Pcm.Hash(pcm)}" : "ffmpeg could not encode the track");
return ffmpeg.ExitCode;
