using System.ComponentModel.DataAnnotations;

namespace TraceDemo.DocumentService.Documents;

/// <summary>Section <c>Documents</c>.</summary>
internal sealed class DocumentsOptions
{
    public const string Section = "Documents";

    /// <summary>
    /// The folder that holds the documents, read and written in place; it must exist. Without one the service works on a fresh copy of
    /// the documents it ships with, in a temporary folder that goes when it stops.
    /// </summary>
    public string? Folder { get; set; }

    /// <summary>How often the folder is read again although no event came: events can be lost.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00", ErrorMessage = "Documents:RescanInterval must be between one second and a day.")]
    public TimeSpan RescanInterval { get; set; } = TimeSpan.FromSeconds(30);
}
