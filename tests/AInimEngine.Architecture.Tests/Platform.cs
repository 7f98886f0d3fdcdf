using System.Runtime.Versioning;

// The launcher is a bash script.
[assembly: UnsupportedOSPlatform("windows")]
