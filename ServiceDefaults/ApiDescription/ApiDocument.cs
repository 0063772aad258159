using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace TraceDemo.ServiceDefaults.ApiDescription;

/// <summary>This service's OpenAPI document, generated once: endpoints are fixed at run time, and generating takes milliseconds.</summary>
public sealed class ApiDocument
{
    internal const string Name = "v1";

    private readonly SharedDescription _document;

    internal ApiDocument(IOpenApiDocumentProvider provider, TimeProvider time) =>
        _document = new SharedDescription(() => MakeAsync(provider), lifetime: TimeSpan.MaxValue, time);

    /// <summary>The document as UTF-8 JSON.</summary>
    /// <param name="cancellationToken">Cancels the wait.</param>
    public Task<byte[]> GetAsync(CancellationToken cancellationToken) => _document.GetAsync(cancellationToken);

    private static async Task<byte[]> MakeAsync(IOpenApiDocumentProvider provider)
    {
        var document = await provider.GetOpenApiDocumentAsync();
        using var json = new MemoryStream();
        await document.SerializeAsJsonAsync(json, OpenApiSpecVersion.OpenApi3_1);
        return json.ToArray();
    }
}
