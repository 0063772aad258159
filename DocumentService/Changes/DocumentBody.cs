using System.Net.Http.Headers;
using TraceDemo.Contracts;
using TraceDemo.DocumentService.Documents;
using TraceDemo.ServiceDefaults.Vocabulary;

namespace TraceDemo.DocumentService.Changes;

/// <summary>Reads and validates a new version before it is stored: an unclassified document is rejected.</summary>
internal static class DocumentBody
{
    private const string MediaType = "text/markdown";

    public static async Task<(byte[] Content, Rejection? Rejection)> ReadAsync(HttpRequest request, DocumentStore store, DocumentId id)
    {
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
            || !string.Equals(type.MediaType, MediaType, StringComparison.OrdinalIgnoreCase)
            || (type.CharSet is { } charset && !string.Equals(charset.Trim('"'), "utf-8", StringComparison.OrdinalIgnoreCase)))
        {
            return ([], new(ReasonCode.UnsupportedMediaType, $"Send the document as {MediaType} in UTF-8."));
        }

        // One byte more than allowed is enough to detect it.
        var buffer = new byte[DocumentFile.MaxBytes + 1];
        if (await LengthAsync(request, buffer) is not { } length)
        {
            return ([], new(ReasonCode.RequestTooLarge, $"A document is at most {DocumentFile.MaxBytes} bytes."));
        }

        var content = buffer[..length];
        var faults = Faults(store.Preview(id, content), id);
        return faults.Length == 0 ? (content, null) : ([], Invalid(faults));
    }

    /// <summary>Null if it exceeds the maximum size.</summary>
    private static async Task<int?> LengthAsync(HttpRequest request, byte[] buffer)
    {
        try
        {
            var length = await request.Body.ReadAtLeastAsync(
                buffer, buffer.Length, throwOnEndOfStream: false, request.HttpContext.RequestAborted);
            return length > DocumentFile.MaxBytes ? null : length;
        }
        // The server's own limit, which is the same.
        catch (BadHttpRequestException tooLarge) when (tooLarge.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            return null;
        }
    }

    private static MetadataFault[] Faults(Document document, DocumentId id) =>
        document.Id == id ? [.. document.Faults] : [.. document.Faults, new("id", $"{id}, as in the address")];

    private static Rejection Invalid(MetadataFault[] faults) => new(
        ReasonCode.RequestInvalid,
        "The document's metadata is not valid: "
            + string.Join("; ", faults.Select(fault => $"{fault.Member} must be {fault.Expected}")) + ".",
        [.. faults.Select(fault => fault.Member).Distinct(StringComparer.Ordinal)]);
}
