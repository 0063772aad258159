using System.ComponentModel.DataAnnotations;

namespace TraceDemo.DocumentService.Documents;

/// <summary>Section <c>Documents</c>.</summary>
internal sealed class DocumentsOptions
{
    public const string Section = "Documents";

    /// <summary>
    /// The folder of the documents, read and written in place; it must exist. Without it the service uses a fresh copy of
    /// the shipped documents, in a temporary folder that is deleted when it stops.
    /// </summary>
    public string? Folder { get; set; }

    /// <summary>The interval at which the folder is read again without an event: events can be lost.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan RescanInterval { get; set; } = TimeSpan.FromSeconds(30);
}
