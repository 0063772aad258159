using System.ComponentModel;
using System.Diagnostics;

namespace TraceDemo.AppHost.Tests;

/// <summary>Whether this machine has what Aspire starts containers with.</summary>
internal static class ContainerRuntime
{
    private static readonly TimeSpan WaitTimeout = TimeSpan.FromSeconds(20);

    /// <summary>Why nothing can be started here, or null.</summary>
    public static string? Missing { get; } = Answers("docker") || Answers("podman")
        ? null
        : "Install the package docker or podman and start it, to run this test: Keycloak and Redis are containers, and neither answers "
            + "on this machine.";

    /// <summary>The client alone is not enough: <c>info</c> asks the engine behind it.</summary>
    private static bool Answers(string runtime)
    {
        try
        {
            using var process =
                Process.Start(new ProcessStartInfo(
                    runtime, ["info"])
                { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true })!;
            process.BeginOutputReadLine();
            process.BeginErrorReadLine();
            if (process.WaitForExit(WaitTimeout))
            {
                return process.ExitCode == 0;
            }
            process.Kill(entireProcessTree: true);
            return false;
        }
        catch (Win32Exception)
        {
            return false;
        }
    }
}
