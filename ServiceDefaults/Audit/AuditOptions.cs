using System.ComponentModel.DataAnnotations;

namespace TraceDemo.ServiceDefaults.Audit;

/// <summary>Section <c>Audit</c>.</summary>
internal sealed class AuditOptions
{
    public const string Section = "Audit";

    /// <summary>How many entries are kept in memory.</summary>
    [Range(1, 10_000)]
    public int Capacity { get; set; } = 1_000;

    /// <summary>A file of this instance alone, to which every entry is appended as one line of JSON; none unless named.</summary>
    public string? File { get; set; }

    /// <summary>How large the file grows before a new one is begun, in MiB.</summary>
    [Range(1, 100_000)]
    public int FileMebibytes { get; set; } = 64;

    /// <summary>How many files there are at most: the current one, and earlier ones beside it.</summary>
    [Range(2, 1_000)]
    public int Files { get; set; } = 8;
}
