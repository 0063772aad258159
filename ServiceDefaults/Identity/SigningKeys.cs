using System.Text.Json;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Tokens;

namespace TraceDemo.ServiceDefaults.Identity;

/// <summary>The provider's signing keys, and its metadata once keys have been fetched.</summary>
internal sealed partial class SigningKeys(
    IHttpClientFactory clients, IOptions<IdentityOptions> options, TimeProvider time, ILogger<SigningKeys> logger) : FetchedKeys(time)
{
    private volatile ProviderMetadata? _metadata;

    public ProviderMetadata? Metadata => _metadata;

    /// <summary>The set of keys has changed: tokens validated with a removed key must be validated again.</summary>
    public event Action? KeysChanged;

    protected override async Task<IEnumerable<SecurityKey>> ReadAsync(CancellationToken cancellationToken)
    {
        using var client = clients.CreateClient(IdentityProvider.Client);
        var metadata = _metadata ?? ProviderMetadata.Read(
            await GetJsonAsync(client, new Uri(options.Value.MetadataAddress), cancellationToken), options.Value);
        var keySet = await GetJsonAsync(client, metadata.KeySetAddress, cancellationToken);
        // The set also contains encryption keys (RFC 7517 §4.2): only signature keys may verify a signature.
        var keys = new JsonWebKeySet(keySet.GetRawText()).Keys
            .Where(key => key.Use is null or "" or "sig" && key.Kty is "RSA" or "EC" && !string.IsNullOrEmpty(key.Kid)).ToList();
        if (keys.Count == 0)
        {
            throw new InvalidOperationException("The provider's key set contains no signing key.");
        }

        _metadata = metadata;
        return keys;
    }

    protected override void OnKeysChanged(int count)
    {
        LogKeysChanged(count);
        KeysChanged?.Invoke();
    }

    protected override void OnFetchFailed(Exception failure) => LogFetchFailed(failure.GetType().Name, failure.Message);

    private static async Task<JsonElement> GetJsonAsync(HttpClient client, Uri address, CancellationToken cancellationToken)
    {
        using var response = await client.GetAsync(address, cancellationToken);
        response.EnsureSuccessStatusCode();
        using var document = JsonDocument.Parse(await response.Content.ReadAsByteArrayAsync(cancellationToken));
        return document.RootElement.Clone();
    }

    [LoggerMessage(EventName = "signing_keys.changed", Level = LogLevel.Information, Message = "The provider signs with {Count} keys")]
    private partial void LogKeysChanged(int count);

    [LoggerMessage(EventName = "signing_keys.fetch_failed", Level = LogLevel.Warning,
        Message = "Fetching the provider's keys failed; known keys remain valid ({Error}: {Reason})")]
    private partial void LogFetchFailed(string error, string reason);
}
