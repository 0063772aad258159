using System.Net.Http.Headers;
using TraceDemo.ServiceDefaults.Http;
using TraceDemo.ServiceDefaults.Vocabulary;

namespace TraceDemo.DocumentService.Documents;

/// <summary>Reads a new version from a request and checks it before it is stored: what would be unclassified is refused.</summary>
internal static class DocumentBody
{
    private const string MediaType = "text/markdown";

    public static async Task<(byte[] Content, IResult? Problem)> ReadAsync(HttpRequest request, DocumentStore store, DocumentId id)
    {
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
            || !string.Equals(type.MediaType, MediaType, StringComparison.OrdinalIgnoreCase)
            || (type.CharSet is { } charset && !string.Equals(charset.Trim('"'), "utf-8", StringComparison.OrdinalIgnoreCase)))
        {
            return ([], Problem.Result(ReasonCode.UnsupportedMediaType, $"Send the document as {MediaType} in UTF-8."));
        }

        // One byte more than allowed is enough to know.
        var buffer = new byte[DocumentFile.MaximumSize + 1];
        var length = await request.Body.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, request.HttpContext.RequestAborted);
        if (length > DocumentFile.MaximumSize)
            return ([], Problem.Result(ReasonCode.RequestTooLarge, $"A document is at most {DocumentFile.MaximumSize} bytes."));
        var content = buffer[..length];
        var faults = Faults(store.Preview(id, content), id);
        return faults.Length == 0 ? (content, null) : ([], Invalid(faults));
    }

    private static MetadataFault[] Faults(Document document, DocumentId id) =>
        document.Id == id ? [.. document.Faults] : [.. document.Faults, new("id", $"{id}, as in the address")];

    private static IResult Invalid(MetadataFault[] faults) => Problem.Result(
        ReasonCode.RequestInvalid,
        "The document's metadata is not valid: " + string.Join("; ", faults.Select(fault => $"{fault.Member} must be {fault.Expected}")) + ".",
        new Dictionary<string, object?>(StringComparer.Ordinal) { ["members"] = faults.Select(fault => fault.Member).Distinct(StringComparer.Ordinal).ToArray() });
}
