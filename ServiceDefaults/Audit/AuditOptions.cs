using System.ComponentModel.DataAnnotations;

namespace TraceDemo.ServiceDefaults.Audit;

/// <summary>Section <c>Audit</c>.</summary>
internal sealed class AuditOptions
{
    public const string Section = "Audit";

    /// <summary>The number of entries kept in memory.</summary>
    [Range(1, 10_000)]
    public int Capacity { get; set; } = 1_000;

    /// <summary>The file of this instance, to which every entry is appended as one line of JSON; null for no file.</summary>
    public string? File { get; set; }

    /// <summary>The maximum size of the file in MiB, after which a new one is started.</summary>
    [Range(1, 100_000)]
    public int FileMebibytes { get; set; } = 64;

    /// <summary>The maximum number of files, including the current one.</summary>
    [Range(2, 1_000)]
    public int Files { get; set; } = 8;
}
