using System.ComponentModel.DataAnnotations;

namespace TraceDemo.ServiceDefaults.Audit;

/// <summary>Section <c>Audit</c>.</summary>
internal sealed class AuditOptions
{
    public const string Section = "Audit";

    /// <summary>How many entries are kept in memory, the newest ones.</summary>
    [Range(1, 10_000)]
    public int Capacity { get; set; } = 1_000;

    /// <summary>A file of this service alone, to which every entry is appended as one line of JSON; none unless named.</summary>
    public string? File { get; set; }
}
