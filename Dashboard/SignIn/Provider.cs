using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace TraceDemo.Dashboard.SignIn;

/// <summary>The provider's metadata and keys (OpenID Connect Discovery 1.0), fetched at first need and kept.</summary>
internal sealed class Provider(IHttpClientFactory clients, IOptions<SignInOptions> options, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan MinimumInterval = TimeSpan.FromSeconds(1);

    private readonly string _address = (options.Value.BackchannelAddress ?? options.Value.Authority).TrimEnd('/')
        + "/.well-known/openid-configuration";
    private readonly SemaphoreSlim _fetching = new(1, 1);
    private volatile OpenIdConnectConfiguration? _metadata;
    private DateTimeOffset _fetchedAt;
    private DateTimeOffset _failedAt;

    public HttpClient Client() => clients.CreateClient(Backchannel.ClientName);

    /// <exception cref="ProviderUnavailableException">The provider did not answer,
    /// or calls itself by another name than configured.</exception>
    public async Task<OpenIdConnectConfiguration> MetadataAsync(CancellationToken cancellationToken) =>
        _metadata ?? await FetchAsync(TimeSpan.Zero, cancellationToken);

    /// <summary>Reads the keys again because a token names an unknown one; at most once a second, so that made-up names cost
    /// nothing.</summary> <inheritdoc cref="MetadataAsync"/>
    public Task<OpenIdConnectConfiguration> RefreshAsync(CancellationToken cancellationToken) =>
        FetchAsync(MinimumInterval, cancellationToken);

    public void Dispose() => _fetching.Dispose();

    private async Task<OpenIdConnectConfiguration> FetchAsync(TimeSpan interval, CancellationToken cancellationToken)
    {
        await _fetching.WaitAsync(cancellationToken);
        try
        {
            if (_metadata is { } known && (interval == TimeSpan.Zero || time.GetUtcNow() - _fetchedAt < interval)) { return known; }
            // Who waited while somebody else found the provider silent need not find out again.
            if (time.GetUtcNow() - _failedAt < MinimumInterval)
            {
                throw new ProviderUnavailableException("The identity provider did not answer a moment ago.", null);
            }
            var fetched = await OpenIdConnectConfigurationRetriever.GetAsync(_address, new Documents(this), cancellationToken);
            // OpenID Connect Discovery §4.3: the issuer must be the one that was asked.
            if (fetched.Issuer != options.Value.Authority)
            {
                throw new ProviderUnavailableException("The provider names another issuer than Identity__Authority.", null);
            }
            _fetchedAt = time.GetUtcNow();
            return _metadata = fetched;
        }
        catch (Exception failure) when (failure is not (ProviderUnavailableException or OperationCanceledException))
        {
            _failedAt = time.GetUtcNow();
            throw new ProviderUnavailableException("The identity provider's metadata cannot be read.", failure);
        }
        finally
        {
            _fetching.Release();
        }
    }

    private sealed class Documents(Provider provider) : IDocumentRetriever
    {
        public async Task<string> GetDocumentAsync(string address, CancellationToken cancel)
        {
            using var client = provider.Client();
            return await client.GetStringAsync(new Uri(address), cancel);
        }
    }
}
