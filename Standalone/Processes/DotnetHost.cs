using System.Runtime.InteropServices;

namespace TraceDemo.Standalone.Processes;

/// <summary>The <c>dotnet</c> that runs this process: it may not be on the PATH, or not the first one there.</summary>
internal static class DotnetHost
{
    public static string Executable { get; } = Find();

    /// <summary>This program, to be started as a guard.</summary>
    public static string Self { get; } = typeof(DotnetHost).Assembly.Location;

    private static string Find()
    {
        // …/dotnet/shared/Microsoft.NETCore.App/10.0.0/
        var shared = RuntimeEnvironment.GetRuntimeDirectory();
        var file = OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet";
        var candidate = Path.GetFullPath(Path.Combine(shared, "..", "..", "..", file));
        return File.Exists(candidate) ? candidate : file;
    }
}
