using System.Diagnostics;
using System.Globalization;

namespace TraceDemo.Benchmarks.Systems;

/// <summary>
/// A process' memory in bytes: resident, and its proportional part of that, in which a page that several processes map counts for each of
/// them by its share (Linux, <c>/proc/[pid]/smaps_rollup</c>; elsewhere null).
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

    /// <summary>The field's value; null where there is none.</summary>
    internal static long? Kibibytes(IEnumerable<string> rollup) =>
        rollup.FirstOrDefault(line => line.StartsWith(Field, StringComparison.Ordinal)) is { } line
        && long.TryParse(line[Field.Length..].Replace("kB", "", StringComparison.Ordinal),
            NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out var kibibytes)
            ? kibibytes
            : null;
}
