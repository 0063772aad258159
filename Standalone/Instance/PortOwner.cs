using System.Diagnostics;
using System.Globalization;

namespace TraceDemo.Standalone.Instance;

/// <summary>Which process listens on a port; available on Linux, from /proc, for processes that the user may inspect.</summary>
internal static class PortOwner
{
    private const string Listening = "0A";

    public static string? Describe(int port)
    {
        if (!OperatingSystem.IsLinux())
        {
            return null;
        }

        var sockets = Listeners("/proc/net/tcp", port).Concat(Listeners("/proc/net/tcp6", port))
            .Select(inode => $"socket:[{inode}]").ToHashSet(StringComparer.Ordinal);
        return sockets.Count == 0
            ? null
            : Process.GetProcesses().Where(process => Holds(process.Id, sockets)).Select(Name).FirstOrDefault();
    }

    /// <summary>A runtime's name alone is not informative, so its program is added; further arguments may be secret.</summary>
    private static string Name(Process process)
    {
        var words = File.ReadAllText($"/proc/{process.Id}/cmdline").Split('\0');
        var program = words.Length > 1 && Path.GetExtension(words[1]) is ".dll" or ".jar" or ".js" or ".py"
            ? $" {Path.GetFileName(words[1])}" : "";
        return $"{process.ProcessName}{program} (pid {process.Id})";
    }

    /// <summary>Lines are "sl local_address rem_address st tx:rx tr:tm retrnsmt uid
    /// timeout inode …", ports in hexadecimal (proc(5)).</summary>
    private static IEnumerable<string> Listeners(string table, int port)
    {
        if (!File.Exists(table))
        {
            yield break;
        }

        foreach (var line in File.ReadLines(table).Skip(1))
        {
            var fields = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            var local = fields[1];
            if (fields[3] == Listening && local[(local.LastIndexOf(':') + 1)..] == port.ToString("X4", CultureInfo.InvariantCulture))
            {
                yield return fields[9];
            }
        }
    }

    private static bool Holds(int pid, HashSet<string> sockets)
    {
        try
        {
            return Directory.EnumerateFiles($"/proc/{pid}/fd")
                .Any(file => new FileInfo(file).LinkTarget is { } target && sockets.Contains(target));
        }
        catch (IOException)
        {
            return false;
        }
        catch (UnauthorizedAccessException)
        {
            return false;
        }
    }
}
