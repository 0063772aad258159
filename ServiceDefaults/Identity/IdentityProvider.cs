namespace TraceDemo.ServiceDefaults.Identity;

/// <summary>The identity provider over the back channel: its metadata, and connections to it.</summary>
public sealed class IdentityProvider
{
    /// <summary>The name of the HTTP client for the provider.</summary>
    internal const string Client = "identity-provider";

    private readonly SigningKeys _keys;
    private readonly IHttpClientFactory _clients;

    internal IdentityProvider(SigningKeys keys, IHttpClientFactory clients)
    {
        _keys = keys;
        _clients = clients;
    }

    /// <summary>The provider's metadata, fetched with its keys and cached; null while it is unavailable.</summary>
    /// <param name="cancellationToken">Cancels the wait, not the fetch.</param>
    public async ValueTask<ProviderMetadata?> MetadataAsync(CancellationToken cancellationToken)
    {
        if (_keys.Metadata is null)
        {
            await _keys.RefreshAsync(cancellationToken);
        }

        return _keys.Metadata;
    }

    /// <summary>A client for the addresses in the metadata. It times out in a few seconds and limits responses to a mebibyte.</summary>
    public HttpClient CreateClient() => _clients.CreateClient(Client);
}
