using TraceDemo.Topology.Services;

namespace TraceDemo.Standalone.Instance;

/// <summary>Checks before anything is built or started, with the remedy for each failure.</summary>
internal static class Preconditions
{
    public static string AlreadyRunning(InstanceState? running, Ports ports) =>
        running is null
            ? $"TraceDemo is already being started for port {ports.Dashboard}. {Move}"
            : $"TraceDemo already runs (pid {running.Pid}): {running.Dashboard}. Stop it with Ctrl+C where it runs. {Move}";

    /// <summary>One line per port that another process uses.</summary>
    public static IReadOnlyList<string> BusyPorts(Ports ports)
    {
        var busy = ports.All.Where(entry => !FreePorts.IsFree(entry.Port)).Select(entry => Busy(entry.Name, entry.Port)).ToList();
        return busy.Count == 0 ? [] : [.. busy, Move];
    }

    private static string Busy(string name, int port) =>
        $"Port {port}, meant for {name}, is in use by {PortOwner.Describe(port) ?? "another process"}.";

    private static string Move =>
        $"To run on other ports: dotnet run --project Standalone -- --port-base {FreeBase()} (takes {Ports.Count} ports from there).";

    private static int FreeBase() =>
        Enumerable.Range(6, 50).Select(thousand => thousand * 1000)
            .First(first => Ports.From(first).All.All(entry => FreePorts.IsFree(entry.Port)));
}
