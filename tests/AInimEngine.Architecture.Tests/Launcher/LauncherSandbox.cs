using System.Diagnostics;

namespace AInimEngine.Architecture.Tests.Launcher;

/// <summary>
/// A repository in a temporary folder, its name with a space and a quote, that holds the real launcher and stand-ins for
/// dotnet, apt-get, dpkg-query and sudo. Nothing is installed and nothing is compiled; what was asked for is recorded.
/// </summary>
internal sealed class LauncherSandbox : IDisposable
{
    private static readonly string[] _tools =
    [
        "bash", "awk", "cat", "cp", "env", "find", "flock", "grep", "head", "mkdir", "mv", "nproc", "readlink", "rm",
        "sed", "sort", "tail", "timeout", "touch",
    ];

    private readonly string _base = Directory.CreateTempSubdirectory("ainim launcher's ").FullName;

    public LauncherSandbox()
    {
        Root = Path.Combine(_base, "the clone");
        Tools = Path.Combine(_base, "tools");
        Records = Path.Combine(_base, "records");
        foreach (string folder in (string[])[Tools, Records, Path.Combine(Root, "src/AInimEngine.Cli"), Path.Combine(Root, "src/AInimEngine.Core")])
            Directory.CreateDirectory(folder);
        File.Copy(Path.Combine(Repository.Root, "ainim"), Path.Combine(Root, "ainim"));
        foreach (string tool in _tools)
            File.CreateSymbolicLink(Path.Combine(Tools, tool), Locate(tool));
        Write("src/AInimEngine.Core/Thing.cs", "// a source");
        Write("src/AInimEngine.Cli/AInimEngine.Cli.csproj", "<Project/>");

        // Building copies the "program" of each project, a bash script, to where the real build would put the assembly.
        Write("src/AInimEngine.Cli/program", """
            printf '[%s]\n' "$@"
            printf 'cwd=%s\nours=%s\nhome=%s\nomp=%s %s\n' "$PWD" "$AINIM_HOME" "$HOME" "$OMP_WAIT_POLICY" "$OMP_NUM_THREADS"
            [[ ${1:-} != fail ]] || exit 5
            """);
        Stub("dotnet", """
            case $1 in
              --list-sdks) echo "10.0.100 [/usr/share/dotnet/sdk]" ;;
              build)
                echo "$2" >>"$RECORDS/builds"
                echo "${AINIM_LIBTORCH:-}" >>"$RECORDS/libtorch"
                if [[ -e $RECORDS/break-build ]]; then
                  echo "${2%/*}/Thing.cs(3,7): error CS1002: ; expected [$2]"
                  echo "${2%/*}/Thing.cs(3,7): error CS1002: ; expected [$2]"
                  exit 1
                fi
                [[ ! -p $RECORDS/gate ]] || read -r _ <"$RECORDS/gate"
                for program in "${2%/*}"/program "${2%/*}"/tests/*/program; do
                  [[ -e $program ]] || continue
                  folder=${program%/*} name=${program%/*}
                  name=${name##*/} name=${name/AInimEngine.Cli/ainim}
                  mkdir -p "$folder/bin/Release/net10.0"
                  cp "$program" "$folder/bin/Release/net10.0/$name.dll"
                done ;;
              exec) exec bash "${@:2}" ;;
            esac
            """);
    }

    public string Root { get; }

    public string Tools { get; }

    public string Records { get; }

    public Dictionary<string, string?> Variables { get; } = new() { ["AINIM_SKIP_CHECKS"] = "1" };

    public int Builds => Record("builds").Length;

    public string[] Record(string name) =>
        File.Exists(Path.Combine(Records, name)) ? File.ReadAllLines(Path.Combine(Records, name)) : [];

    public void Write(string path, string text)
    {
        path = Path.Combine(Root, path);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }

    /// <summary>Puts a command on the path that runs <paramref name="script"/>; $RECORDS is where it may write.</summary>
    public void Stub(string name, string script)
    {
        string path = Path.Combine(Tools, name);
        File.Delete(path); // it may be a link to the real tool
        File.WriteAllText(path, "#!/bin/bash\n" + script + "\n");
        File.SetUnixFileMode(path, (UnixFileMode)0b111_101_101);
    }

    /// <summary>Makes a test project whose runner is <paramref name="script"/>; $results there is the file for the results.</summary>
    public void TestProject(string name, string script)
    {
        Write($"tests/{name}/{name}.csproj", "<Project/>");
        Write($"tests/{name}/program", "results=$3\n" + script + "\n");
    }

    public Task<Outcome> Run(params string[] arguments) => RunFrom(Root, Path.Combine(Root, "ainim"), arguments);

    public async Task<Outcome> RunFrom(string folder, string launcher, params string[] arguments)
    {
        using Process process = Start(folder, [launcher, .. arguments]);
        return await Finish(process);
    }

    public async Task<Outcome> RunAsNobody(params string[] arguments)
    {
        if (!Environment.IsPrivilegedProcess)
            return await Run(arguments);
        foreach (string folder in Directory.EnumerateDirectories(_base, "*", SearchOption.AllDirectories).Append(_base))
            File.SetUnixFileMode(folder, (UnixFileMode)0b111_111_111);
        using Process process = Start(Root, [Locate("setpriv"), "--reuid=65534", "--regid=65534", "--clear-groups", Locate("bash"), Path.Combine(Root, "ainim"), .. arguments]);
        return await Finish(process);
    }

    public Process Start(string folder, IReadOnlyList<string> command)
    {
        var start = new ProcessStartInfo(command[0], command.Skip(1))
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment.Clear();
        start.Environment["PATH"] = Tools;
        start.Environment["HOME"] = Records;
        start.Environment["RECORDS"] = Records;
        foreach ((string name, string? value) in Variables)
        {
            if (value is null)
                start.Environment.Remove(name);
            else
                start.Environment[name] = value;
        }
        return Process.Start(start)!;
    }

    public static async Task<Outcome> Finish(Process process)
    {
        process.StandardInput.Close();
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> errors = process.StandardError.ReadToEndAsync();
        using (var patience = new CancellationTokenSource(TimeSpan.FromSeconds(120)))
        {
            try
            {
                await process.WaitForExitAsync(patience.Token);
            }
            catch (OperationCanceledException)
            {
                process.Kill(entireProcessTree: true);
                throw;
            }
        }
        return new Outcome(process.ExitCode, await output, await errors);
    }

    public void Dispose() => Directory.Delete(_base, recursive: true);

    private static string Locate(string tool) =>
        ((string[])["/usr/bin/", "/bin/"]).Select(folder => folder + tool).FirstOrDefault(File.Exists)
        ?? throw new FileNotFoundException($"the launcher's tests need '{tool}' in /usr/bin or /bin");
}
