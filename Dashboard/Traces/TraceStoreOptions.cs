using System.ComponentModel.DataAnnotations;

namespace TraceDemo.Dashboard.Traces;

/// <summary>Limits of the store; section <c>Traces</c>.</summary>
internal sealed class TraceStoreOptions
{
    public const string Section = "Traces";

    /// <summary>Memory for spans and logs together.</summary>
    [Range(1024 * 1024, long.MaxValue)]
    public long MaxMemoryBytes { get; set; } = 256 * 1024 * 1024;

    /// <summary>The share of it that one person's denied and failed traces may hold, and
    /// all traces without a request together; 8 means an eighth.</summary>
    [Range(1, int.MaxValue)]
    public int PersonShare { get; set; } = 8;

    /// <summary>The share of it that one trace may hold, however many spans are sent into it.</summary>
    [Range(1, int.MaxValue)]
    public int TraceShare { get; set; } = 16;

    /// <summary>The share of a trace that one sender may hold. There are
    /// as many senders, so that none can displace another's spans.</summary>
    [Range(1, int.MaxValue)]
    public int SenderShare { get; set; } = 8;

    /// <summary>Maximum log records of one sender in one trace; they take at most half of its share.</summary>
    [Range(1, int.MaxValue)]
    public int LogsPerSender { get; set; } = 1000;

    public long MaxBytesPerPerson => MaxMemoryBytes / PersonShare;

    public long MaxBytesPerTrace => MaxMemoryBytes / TraceShare;

    public long MaxBytesPerSender => MaxBytesPerTrace / SenderShare;
}
