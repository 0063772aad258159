using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace TraceDemo.Standalone.Processes;

/// <summary>A process' descendants and signals to them. Complete on Linux;
/// elsewhere equivalent to <see cref="Process.Kill(bool)"/>.</summary>
internal static partial class ProcessTree
{
    private const int Sigterm = 15;
    private const int Sigkill = 9;
    private const int PrSetChildSubreaper = 36;
    private const int NoHang = 1;

    /// <summary>
    /// Adopts orphaned descendants, so that none is lost when a process between them and us ends first (prctl(2)).
    /// </summary>
    public static void Adopt()
    {
        if (OperatingSystem.IsLinux())
        {
            _ = SetProcessOption(PrSetChildSubreaper, 1, 0, 0, 0);
        }
    }

    /// <summary>Running descendants of a process, nearest first.</summary>
    public static IReadOnlyList<int> Descendants(int ancestor)
    {
        if (!OperatingSystem.IsLinux())
        {
            return [];
        }

        var children = Living().ToLookup(entry => entry.Parent, entry => entry.Pid);
        var found = new List<int>();
        var parents = new Queue<int>([ancestor]);
        while (parents.TryDequeue(out var parent))
        {
            foreach (var child in children[parent])
            {
                found.Add(child);
                parents.Enqueue(child);
            }
        }

        return found;
    }

    public static void Terminate(int pid) => Signal(pid, Sigterm);

    public static void Kill(int pid) => Signal(pid, Sigkill);

    /// <summary>Reaps adopted processes that have exited; otherwise they
    /// would remain as zombies (waitpid(2)).</summary>
    public static void Reap()
    {
        while (OperatingSystem.IsLinux() && WaitForAny(-1, out _, NoHang) > 0)
        {
            continue;
        }
    }

    private static void Signal(int pid, int signal)
    {
        if (!OperatingSystem.IsWindows())
        {
            _ = SendSignal(pid, signal);
        }
    }

    private static IEnumerable<(int Pid, int Parent)> Living()
    {
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out var pid) && ReadParent(folder) is { } parent)
            {
                yield return (pid, parent);
            }
        }
    }

    /// <summary>/proc/[pid]/stat is "pid (name) state ppid …", and the name may contain anything; zombies are excluded.</summary>
    private static int? ReadParent(string folder)
    {
        try
        {
            var stat = File.ReadAllText(Path.Combine(folder, "stat"));
            var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
            return fields[0] is "Z" or "X" ? null : int.Parse(fields[1], CultureInfo.InvariantCulture);
        }
        catch (IOException)
        {
            return null;
        }
        catch (UnauthorizedAccessException)
        {
            return null;
        }
    }

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int SendSignal(int pid, int signal);

    [LibraryImport("libc", EntryPoint = "prctl", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int SetProcessOption(int option, nuint argument2, nuint argument3, nuint argument4, nuint argument5);

    [LibraryImport("libc", EntryPoint = "waitpid", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int WaitForAny(int pid, out int status, int options);
}
