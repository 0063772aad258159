using System.ComponentModel.DataAnnotations;

namespace TraceDemo.Dashboard.Traces;

/// <summary>How much is kept; section <c>Traces</c>.</summary>
internal sealed class TraceStoreOptions
{
    /// <summary>Memory for spans and logs together.</summary>
    [Range(1 << 20, long.MaxValue, ErrorMessage = "Traces:MaxMemoryBytes must be a MiB or more.")]
    public long MaxMemoryBytes { get; set; } = 256 << 20;

    /// <summary>The share of it that one person's denied and failed traces may hold, and
    /// all traces without a request together; 8 means an eighth.</summary>
    [Range(1, int.MaxValue, ErrorMessage = "Traces:PersonShare must be 1 or more.")]
    public int PersonShare { get; set; } = 8;

    /// <summary>The share of it that one trace may hold, however many spans somebody sends into it.</summary>
    [Range(1, int.MaxValue, ErrorMessage = "Traces:TraceShare must be 1 or more.")]
    public int TraceShare { get; set; } = 16;

    /// <summary>The share of that which one sender may hold of one trace. There are
    /// as many senders, so that none can take another's.</summary>
    [Range(1, int.MaxValue, ErrorMessage = "Traces:SenderShare must be 1 or more.")]
    public int SenderShare { get; set; } = 8;

    /// <summary>Log records that one sender may keep in one trace; they take half of its share at most.</summary>
    [Range(1, int.MaxValue, ErrorMessage = "Traces:LogsPerSender must be 1 or more.")]
    public int LogsPerSender { get; set; } = 1000;

    public long MaxBytesPerPerson => MaxMemoryBytes / PersonShare;

    public long MaxBytesPerTrace => MaxMemoryBytes / TraceShare;

    public long MaxBytesPerSender => MaxBytesPerTrace / SenderShare;
}
