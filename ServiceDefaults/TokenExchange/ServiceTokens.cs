using System.Collections.Concurrent;
using Microsoft.Extensions.Options;
using TraceDemo.ServiceDefaults.Identity;

namespace TraceDemo.ServiceDefaults.TokenExchange;

/// <summary>Tokens of the service itself (RFC 6749 §4.4), for calls without a person. Renewed before they expire.</summary>
internal sealed class ServiceTokens(IdentityProviderClient provider, IOptions<IdentityOptions> options, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan RenewBefore = TimeSpan.FromSeconds(30);

    private readonly ConcurrentDictionary<string, Held> _held = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim _asking = new(1, 1);

    /// <summary>A token with this scope, or null if the provider issues none and the last one has expired.</summary>
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

    /// <summary>Discards a token that its receiver rejected, so that the next call requests another.</summary>
    public void Forget(string scope) => _held.TryRemove(scope, out _);

    public void Dispose() => _asking.Dispose();

    private AccessToken? Fresh(string scope) =>
        _held.TryGetValue(scope, out var held) && held.Expires - RenewBefore > time.GetUtcNow() ? held.Token : null;

    private AccessToken? StillValid(string scope) =>
        _held.TryGetValue(scope, out var held) && held.Expires > time.GetUtcNow() ? held.Token : null;

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
