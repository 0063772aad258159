using System.Collections.Concurrent;
using Microsoft.Extensions.Options;
using TraceDemo.ServiceDefaults.Identity;

namespace TraceDemo.ServiceDefaults.TokenExchange;

/// <summary>
/// Tokens of the service itself (RFC 6749 §4.4), for calls without a person. They are renewed in the background before they expire, so that
/// a provider that does not answer delays no call while the last token is valid.
/// </summary>
internal sealed class ServiceTokens(IdentityProviderClient provider, IOptions<IdentityOptions> options, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan RenewBefore = TimeSpan.FromSeconds(30);

    private readonly ConcurrentDictionary<string, Held> _held = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim _asking = new(1, 1);
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

        return await AskUnlessHeldAsync(scope, TimeSpan.Zero, cancellationToken);
    }

    /// <summary>Discards a token that its receiver rejected, so that the next call requests another.</summary>
    public void Forget(string scope) => _held.TryRemove(scope, out _);

    public void Dispose()
    {
        _stopping.Cancel();
        _stopping.Dispose();
        _asking.Dispose();
    }

    /// <summary>One renewal at a time; it belongs to no request, so neither a caller who leaves nor a trace has a part in it.</summary>
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
        try
        {
            await AskUnlessHeldAsync(scope, RenewBefore, cancellationToken);
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

    /// <summary>The token that is held, if it is valid for longer than <paramref name="margin"/>.</summary>
    private AccessToken? Find(string scope, TimeSpan margin) =>
        _held.TryGetValue(scope, out var held) && held.Expires - margin > time.GetUtcNow() ? held.Token : null;

    /// <summary>One request at a time, that of a renewal included: whoever waited takes what the request before brought.</summary>
    private async Task<AccessToken?> AskUnlessHeldAsync(string scope, TimeSpan margin, CancellationToken cancellationToken)
    {
        await _asking.WaitAsync(cancellationToken);
        try
        {
            return Find(scope, margin) ?? await AskAsync(scope, cancellationToken);
        }
        finally
        {
            _asking.Release();
        }
    }

    private async Task<AccessToken?> AskAsync(string scope, CancellationToken cancellationToken)
    {
        var own = new ClientCredential(new ClientId(options.Value.ClientId), options.Value.ClientSecret);
        if (await provider.ClientCredentialsAsync(own, scope, cancellationToken) is not ProviderAnswer.Token answer)
        {
            return null;
        }

        var token = new AccessToken(answer.Raw);
        _held[scope] = new Held(token, time.GetUtcNow().AddSeconds(answer.ExpiresInSeconds));
        return token;
    }

    private sealed record Held(AccessToken Token, DateTimeOffset Expires);
}
