using System.Diagnostics;

namespace TraceDemo.Benchmarks.Systems;

internal static class ProcessorTimes
{
    /// <summary>Processor time used so far by a process, on all cores.</summary>
    public static TimeSpan Of(int pid)
    {
        using var process = Process.GetProcessById(pid);
        return process.TotalProcessorTime;
    }
}
