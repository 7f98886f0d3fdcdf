using System.Diagnostics;
using AInimEngine.Audio;
using AInimEngine.Audio.Capture;
using AInimEngine.Audio.Devices;
using AInimEngine.Cli.Output;
using AInimEngine.Core.Errors;

namespace AInimEngine.Cli.Verbs.Devices;

/// <summary>Listens to many inputs at once and shows how loud each is. One thread.</summary>
internal sealed class DevicesListener : IDisposable
{
    /// <summary>-60 dBFS: below it is what every cable hums.</summary>
    private const float Audible = 0.001f;

    private static readonly TimeSpan Redraw = TimeSpan.FromMilliseconds(100);

    private readonly Row[] _rows;

    /// <summary>Opens them; one that cannot be opened says why and hinders no other.</summary>
    public DevicesListener(IReadOnlyList<AudioDevice> devices) => _rows = [.. devices.Select(device => new Row(device))];

    /// <summary>Shows levels until the time is over or it is stopped, and then who heard something.</summary>
    /// <param name="time">How long.</param>
    /// <param name="events">JSON instead of text, or null.</param>
    /// <param name="cancellation">Stops it.</param>
    public void Run(TimeSpan time, JsonEvents? events, CancellationToken cancellation)
    {
        bool draws = events is null && !Console.IsOutputRedirected;
        if (events is null)
            Console.Out.WriteLine(_rows.Length == 0 ? "There is nothing to listen to." : $"listening for {time.TotalSeconds:0.#} s; play something, or clap");
        var listened = Stopwatch.StartNew();
        bool drawn = false;
        while (listened.Elapsed < time && _rows.Length > 0 && !cancellation.WaitHandle.WaitOne(Redraw))
        {
            foreach (Row row in _rows)
                row.Update();
            if (draws)
            {
                if (drawn)
                    Console.Out.Write($"\e[{_rows.Length}A");
                foreach (Row row in _rows)
                    Console.Out.WriteLine($"\e[2K   {row.Device.Name,-48} {row.Problem ?? DevicesText.Meter(row.Now)}");
                drawn = true;
            }
            foreach (Row row in events is null ? [] : _rows.Where(row => row.Problem is null))
                events!.Write("level", ("name", row.Device.Name), ("peak", row.Now));
        }
        if (drawn)
            Console.Out.Write($"\e[{_rows.Length}A");
        foreach (Row row in _rows)
        {
            bool heard = row.Loudest >= Audible;
            if (events is not null)
                events.Write("heard", ("name", row.Device.Name), ("type", DevicesText.ToType(row.Device)), ("peak", row.Loudest), ("heard", heard), ("problem", row.Problem));
            else
                Console.Out.WriteLine($"{(drawn ? "\e[2K" : "")} {(heard ? "+" : " ")} {row.Device.Name,-48} {row.Problem ?? $"{DevicesText.Meter(row.Loudest)} {(heard ? "hears something" : "silent")}"}");
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (Row row in _rows)
            row.Dispose();
    }

    private sealed class Row : IDisposable
    {
        private const float Fall = 0.8f; // 2 dB a redraw

        private readonly float[] _sound = new float[4096 * SoundFormat.Channels];
        private readonly AudioInput? _input;

        public Row(AudioDevice device)
        {
            Device = device;
            try
            {
                _input = AudioInput.Open(new AudioInputSettings { Device = device.Name });
            }
            catch (AInimException error)
            {
                Problem = error.Message;
            }
        }

        public AudioDevice Device { get; }

        public string? Problem { get; private set; }

        public float Now { get; private set; }

        public float Loudest { get; private set; }

        public void Update()
        {
            Now *= Fall;
            if (_input is null)
                return;
            if (_input.IsGone)
                Problem = "was taken away";
            for (int count; (count = _input.Read(_sound)) > 0;)
            {
                foreach (float sample in _sound.AsSpan(0, count * SoundFormat.Channels))
                    Now = Math.Max(Now, Math.Abs(sample));
            }
            Loudest = Math.Max(Loudest, Now);
        }

        public void Dispose() => _input?.Dispose();
    }
}
