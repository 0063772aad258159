using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace TraceDemo.ServiceDefaults.ApiDescription;

/// <summary>This service's OpenAPI document, made once: endpoints do not change while it runs, and making one takes milliseconds.</summary>
public sealed class ApiDocument : IDisposable
{
    internal const string Name = "v1";

    private readonly IOpenApiDocumentProvider _provider;
    private readonly SemaphoreSlim _one = new(1, 1);
    private volatile byte[]? _json;

    internal ApiDocument(IOpenApiDocumentProvider provider) => _provider = provider;

    /// <summary>The document as UTF-8 JSON.</summary>
    /// <param name="cancellationToken">Ends the waiting.</param>
    public async Task<byte[]> GetAsync(CancellationToken cancellationToken)
    {
        if (_json is { } made) { return made; }

        await _one.WaitAsync(cancellationToken);
        try
        {
            return _json ??= await MakeAsync(cancellationToken);
        }
        finally
        {
            _one.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _one.Dispose();

    private async Task<byte[]> MakeAsync(CancellationToken cancellationToken)
    {
        var document = await _provider.GetOpenApiDocumentAsync(cancellationToken);
        using var json = new MemoryStream();
        await document.SerializeAsJsonAsync(json, OpenApiSpecVersion.OpenApi3_1, cancellationToken);
        return json.ToArray();
    }
}
