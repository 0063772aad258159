using System.Globalization;
using TraceDemo.Topology.Services;

namespace TraceDemo.Standalone.Instance;

/// <summary>The currently running systems of this checkout, on any ports.</summary>
internal static class RunningSystems
{
    /// <summary>The system on the chosen ports; without a choice the one on the default
    /// ports, otherwise the one that started last. And the others.</summary>
    public static (InstanceState? Chosen, IReadOnlyList<InstanceState> Others) Find(string root, int? portBase)
    {
        var running = In(root);
        var wanted = Service.Dashboard.Url(portBase is { } first ? Ports.From(first) : Ports.Default);
        var chosen = running.FirstOrDefault(system => system.Dashboard == wanted)
            ?? (portBase is null && running.Count > 0 ? running[0] : null);
        return (chosen, [.. running.Where(system => system != chosen)]);
    }

    /// <summary>Sorted by start, latest first.</summary>
    private static IReadOnlyList<InstanceState> In(string root)
    {
        var parent = new DirectoryInfo(Path.Combine(root, InstanceFolder.Parent));
        return !parent.Exists ? [] :
        [
            .. parent.EnumerateDirectories()
                .Select(folder => int.TryParse(folder.Name, NumberStyles.None, CultureInfo.InvariantCulture, out var first) ? first : 0)
                .Where(first => first is >= Ports.LowestBase and <= Ports.HighestBase)
                .Select(first => new InstanceFolder(root, Ports.From(first)))
                .Select(folder => (State: folder.ReadRunning(), Started: File.GetLastWriteTimeUtc(folder.StateFile)))
                .OrderByDescending(system => system.Started)
                .Select(system => system.State)
                .OfType<InstanceState>(),
        ];
    }
}
