using System.Diagnostics;

namespace TraceDemo.Benchmarks.Systems;

internal static class ProcessorTimes
{
    /// <summary>What a process has used so far, on all cores.</summary>
    public static TimeSpan Of(int pid)
    {
        using var process = Process.GetProcessById(pid);
        return process.TotalProcessorTime;
    }
}
