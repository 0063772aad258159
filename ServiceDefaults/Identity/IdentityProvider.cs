namespace TraceDemo.ServiceDefaults.Identity;

/// <summary>The identity provider over the back channel: what it says of itself, and connections to it.</summary>
public sealed class IdentityProvider
{
    /// <summary>The name of the HTTP client for the provider.</summary>
    internal const string Client = "identity-provider";

    private readonly SigningKeys _keys;
    private readonly IHttpClientFactory _clients;

    internal IdentityProvider(SigningKeys keys, IHttpClientFactory clients) => (_keys, _clients) = (keys, clients);

    /// <summary>The provider's metadata, which is fetched with its keys and kept; null while it does not answer.</summary>
    /// <param name="cancellationToken">Ends the waiting; the metadata is fetched all the same.</param>
    public async ValueTask<ProviderMetadata?> MetadataAsync(CancellationToken cancellationToken)
    {
        if (_keys.Metadata is null) { await _keys.RefreshAsync(cancellationToken); }

        return _keys.Metadata;
    }

    /// <summary>A client for the addresses in the metadata. It waits a few seconds at most, and reads no answer over a mebibyte.</summary>
    public HttpClient CreateClient() => _clients.CreateClient(Client);
}
