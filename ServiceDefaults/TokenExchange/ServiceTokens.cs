using System.Collections.Concurrent;
using Microsoft.Extensions.Options;
using TraceDemo.ServiceDefaults.Identity;
using TraceDemo.ServiceDefaults.Telemetry;
using TraceDemo.ServiceDefaults.Vocabulary;

namespace TraceDemo.ServiceDefaults.TokenExchange;

/// <summary>
/// Tokens of the service itself (RFC 6749 §4.4), for calls without a person. They are renewed in the background before they expire, so that
/// a provider that does not respond delays no call while the last token is valid.
/// </summary>
internal sealed class ServiceTokens(IdentityProviderClient provider, IOptions<IdentityOptions> options, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan RenewBefore = TimeSpan.FromSeconds(30);

    private readonly ConcurrentDictionary<string, CachedToken> _tokens = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim _semaphore = new(1, 1);
    private readonly CancellationTokenSource _stopping = new();
    private int _isRenewing;

    /// <summary>The renewal in the background that was started last.</summary>
    internal Task Renewal { get; private set; } = Task.CompletedTask;

    /// <summary>A token with this scope, or null if the provider issues none and the last one has expired.</summary>
    public async ValueTask<AccessToken?> GetAsync(string scope, CancellationToken cancellationToken)
    {
        if (Find(scope, RenewBefore) is { } fresh)
        {
            return fresh;
        }

        if (Find(scope, TimeSpan.Zero) is { } valid)
        {
            Renew(scope);
            return valid;
        }

        return await GetOrRequestAsync(scope, TimeSpan.Zero, cancellationToken);
    }

    /// <summary>Discards a token that its receiver rejected, so that the next call requests another.</summary>
    public void Invalidate(string scope) => _tokens.TryRemove(scope, out _);

    public void Dispose()
    {
        _stopping.Cancel();
        _stopping.Dispose();
        _semaphore.Dispose();
    }

    /// <summary>
    /// At most one renewal runs at a time. It belongs to no request, so it is not part of a caller's trace, and a
    /// disconnecting caller does not cancel it.
    /// </summary>
    private void Renew(string scope)
    {
        if (Interlocked.Exchange(ref _isRenewing, 1) == 1)
        {
            return;
        }

        using (ExecutionContext.SuppressFlow())
        {
            Renewal = Task.Run(() => RenewAsync(scope, _stopping.Token), CancellationToken.None);
        }
    }

    private async Task RenewAsync(string scope, CancellationToken cancellationToken)
    {
        using var refresh = RefreshSpan.Start(TelemetryNames.Refresh.ServiceTokenSpan);
        try
        {
            if (await GetOrRequestAsync(scope, RenewBefore, cancellationToken) is null)
            {
                refresh.Failed(ReasonCode.IdentityProviderUnavailable);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The service stops.
        }
        finally
        {
            Volatile.Write(ref _isRenewing, 0);
        }
    }

    /// <summary>The cached token, if it is valid for longer than <paramref name="margin"/>.</summary>
    private AccessToken? Find(string scope, TimeSpan margin) =>
        _tokens.TryGetValue(scope, out var cached) && cached.Expires - margin > time.GetUtcNow() ? cached.Token : null;

    /// <summary>At most one request at a time, renewals included; waiting callers use its token.</summary>
    private async Task<AccessToken?> GetOrRequestAsync(string scope, TimeSpan margin, CancellationToken cancellationToken)
    {
        await _semaphore.WaitAsync(cancellationToken);
        try
        {
            return Find(scope, margin) ?? await RequestAsync(scope, cancellationToken);
        }
        finally
        {
            _semaphore.Release();
        }
    }

    private async Task<AccessToken?> RequestAsync(string scope, CancellationToken cancellationToken)
    {
        var own = new ClientCredential(new ClientId(options.Value.ClientId), options.Value.ClientSecret);
        if (await provider.ClientCredentialsAsync(own, scope, cancellationToken) is not TokenEndpointResult.Token issued)
        {
            return null;
        }

        var token = new AccessToken(issued.Raw);
        _tokens[scope] = new CachedToken(token, time.GetUtcNow().AddSeconds(issued.ExpiresInSeconds));
        return token;
    }

    private sealed record CachedToken(AccessToken Token, DateTimeOffset Expires);
}
