using System.Diagnostics;
using System.Globalization;

namespace TraceDemo.Benchmarks.Systems;

/// <summary>
/// Memory of a process in bytes: the resident set size, and the proportional set size, which divides shared pages among the processes
/// that map them (Linux, <c>/proc/[pid]/smaps_rollup</c>; elsewhere null).
/// </summary>
internal sealed record MemoryUse(long Resident, long? Proportional)
{
    private const string Field = "Pss:";

    public static MemoryUse Of(int pid)
    {
        using var process = Process.GetProcessById(pid);
        var rollup = $"/proc/{pid}/smaps_rollup";
        return new(process.WorkingSet64, File.Exists(rollup) ? Kibibytes(File.ReadLines(rollup)) * 1024 : null);
    }

    /// <summary>The field's value; null if it is missing.</summary>
    internal static long? Kibibytes(IEnumerable<string> rollup) =>
        rollup.FirstOrDefault(line => line.StartsWith(Field, StringComparison.Ordinal)) is { } line
        && long.TryParse(line[Field.Length..].Replace("kB", "", StringComparison.Ordinal),
            NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out var kibibytes)
            ? kibibytes
            : null;
}
