using System.Net;
using Duende.IdentityModel.Client;
using TraceDemo.ServiceDefaults.Identity;

namespace TraceDemo.ServiceDefaults.TokenExchange;

/// <summary>
/// The provider over the back channel. Token requests are never retried: a second POST may issue a second token, and more requests do
/// not help a slow provider.
/// </summary>
internal sealed class IdentityProviderClient(IdentityProvider provider)
{
    private const string AccessTokenType = "urn:ietf:params:oauth:token-type:access_token";

    private readonly HttpClient _client = provider.CreateClient();

    public async Task<TokenEndpointResult> ExchangeAsync(ExchangeRequest exchange, CancellationToken cancellationToken)
    {
        if (await TokenEndpointAsync(cancellationToken) is not { } endpoint)
        {
            return new TokenEndpointResult.Unavailable();
        }

        using var request = new TokenExchangeTokenRequest
        {
            Address = endpoint,
            ClientId = exchange.Requester.Client.Value,
            ClientSecret = exchange.Requester.Secret,
            SubjectToken = exchange.Subject.Token.Reveal(),
            SubjectTokenType = AccessTokenType,
            Scope = exchange.Plan.Scopes.Count == 0 ? null : string.Join(' ', exchange.Plan.Scopes),
        };
        foreach (var audience in exchange.Plan.Audiences)
        {
            request.Parameters.Add("audience", audience.Value);
        }

        return await ReadAsync(_client.RequestTokenExchangeTokenAsync(request, cancellationToken), cancellationToken);
    }

    public async Task<TokenEndpointResult> ClientCredentialsAsync(
        ClientCredential requester, string scope, CancellationToken cancellationToken)
    {
        if (await TokenEndpointAsync(cancellationToken) is not { } endpoint)
        {
            return new TokenEndpointResult.Unavailable();
        }

        using var request = new ClientCredentialsTokenRequest
        {
            Address = endpoint,
            ClientId = requester.Client.Value,
            ClientSecret = requester.Secret,
            Scope = scope,
        };
        return await ReadAsync(_client.RequestClientCredentialsTokenAsync(request, cancellationToken), cancellationToken);
    }

    private async ValueTask<string?> TokenEndpointAsync(CancellationToken cancellationToken) =>
        (await provider.MetadataAsync(cancellationToken))?.TokenEndpoint.AbsoluteUri;

    private static async Task<TokenEndpointResult> ReadAsync(Task<TokenResponse> pending, CancellationToken cancellationToken)
    {
        try
        {
            using var response = await pending;
            return Read(response);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // The client's own timeout.
            return new TokenEndpointResult.Unavailable();
        }
        catch (InvalidOperationException)
        {
            // System.Text.Json throws this for a string that is not valid Unicode.
            return new TokenEndpointResult.Unavailable();
        }
    }

    private static TokenEndpointResult Read(TokenResponse response) => response switch
    {
        _ when response.IssuedToken() is { } token => new TokenEndpointResult.Token(token, response.ExpiresIn),
        _ when response.OAuthError() is { } error => new TokenEndpointResult.Refused(error, response.ErrorDescription),
        { HttpStatusCode: >= HttpStatusCode.BadRequest and < HttpStatusCode.InternalServerError } =>
            new TokenEndpointResult.Refused($"http_{(int)response.HttpStatusCode}", null),
        _ => new TokenEndpointResult.Unavailable(),
    };
}
