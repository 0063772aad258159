using System.Collections.Concurrent;
using System.Net.Http.Headers;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using TraceDemo.ServiceDefaults.Authentication;
using TraceDemo.ServiceDefaults.Http;
using TraceDemo.ServiceDefaults.Vocabulary;

namespace TraceDemo.ServiceDefaults.TokenExchange;

/// <summary>Tokens of the service itself (RFC 6749 §4.4), for calls behind which there is no person. Renewed before they expire.</summary>
internal sealed class ServiceTokens(IdentityProviderClient provider, IOptions<IdentityOptions> options, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan RenewBefore = TimeSpan.FromSeconds(30);

    private readonly ConcurrentDictionary<string, Held> _held = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim _asking = new(1, 1);

    /// <summary>A token with this scope, or null when the provider gives none and the last one has expired.</summary>
    public async ValueTask<AccessToken?> GetAsync(string scope, CancellationToken cancellationToken)
    {
        if (Fresh(scope) is { } fresh) { return fresh; }

        await _asking.WaitAsync(cancellationToken);
        try
        {
            return Fresh(scope) ?? await AskAsync(scope, cancellationToken) ?? StillValid(scope);
        }
        finally
        {
            _asking.Release();
        }
    }

    /// <summary>Forgets a token that its receiver refused, so that the next call asks for another.</summary>
    public void Forget(string scope) => _held.TryRemove(scope, out _);

    public void Dispose() => _asking.Dispose();

    private AccessToken? Fresh(string scope) => _held.TryGetValue(scope, out var held) && held.Expires - RenewBefore > time.GetUtcNow() ? held.Token : null;

    private AccessToken? StillValid(string scope) => _held.TryGetValue(scope, out var held) && held.Expires > time.GetUtcNow() ? held.Token : null;

    private async Task<AccessToken?> AskAsync(string scope, CancellationToken cancellationToken)
    {
        var own = new ClientCredential(new ClientId(options.Value.ClientId), options.Value.ClientSecret);
        if (await provider.ClientCredentialsAsync(own, scope, cancellationToken) is not ProviderAnswer.Token answer) { return null; }

        var token = new AccessToken(answer.Raw);
        _held[scope] = new Held(token, time.GetUtcNow().AddSeconds(answer.ExpiresInSeconds));
        return token;
    }

    private sealed record Held(AccessToken Token, DateTimeOffset Expires);
}

internal sealed class ServiceTokenHandler(ServiceTokens tokens, string scope) : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var token = await tokens.GetAsync(scope, cancellationToken)
            ?? throw new ProblemException(ReasonCode.IdentityProviderUnavailable, "The identity provider does not answer; try again in a moment.");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token.Reveal());
        var response = await base.SendAsync(request, cancellationToken);
        if (response.StatusCode == System.Net.HttpStatusCode.Unauthorized) { tokens.Forget(scope); }

        return response;
    }
}

/// <summary>Adds the service's own token to a client's requests.</summary>
public static class ServiceTokenExtensions
{
    /// <summary>Sends every request of this client with the service's own token, for calls without a person.</summary>
    /// <param name="client">The service client.</param>
    /// <param name="scope">The scope to ask for, which in this realm also brings the audience.</param>
    public static IHttpClientBuilder WithServiceToken(this IHttpClientBuilder client, string scope) =>
        client.AddHttpMessageHandler(services => new ServiceTokenHandler(services.GetRequiredService<ServiceTokens>(), scope));
}
