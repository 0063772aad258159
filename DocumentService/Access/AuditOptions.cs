using System.ComponentModel.DataAnnotations;

namespace TraceDemo.DocumentService.Access;

/// <summary>Section <c>Audit</c>.</summary>
internal sealed class AuditOptions
{
    public const string Section = "Audit";

    /// <summary>How many decisions are kept in memory, the newest ones.</summary>
    [Range(1, 1_000_000)]
    public int Capacity { get; set; } = 5_000;

    /// <summary>A file to which every decision is appended as one line of JSON; none unless named.</summary>
    public string? File { get; set; }
}
