using System.Collections.Concurrent;
using System.Net;
using System.Security.Claims;
using Duende.IdentityModel.Client;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;
using TraceDemo.Dashboard.SignIn.Tickets;
using TraceDemo.ServiceDefaults.Identity;
using TraceDemo.ServiceDefaults.TokenExchange;

namespace TraceDemo.Dashboard.SignIn;

/// <summary>
/// Renews access tokens before they expire. One call per ticket at a time, in all replicas: a provider with refresh token rotation treats
/// a second use of one as theft and ends the session. While Redis is unavailable, replicas cannot coordinate: each renews its own tickets,
/// and if two renew the same one, the person must sign in again.
/// </summary>
internal sealed partial class TokenRefresh(
    IdentityProvider provider, IdTokens tokens, TicketStore tickets, IOptions<IdentityOptions> options, TimeProvider time,
    ILogger<TokenRefresh> logger)
{
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);

    /// <summary>RFC 6749 §5.2, and Keycloak's additions. Any other code comes from a proxy, or is temporary.</summary>
    private static readonly HashSet<string> Refusals =
        ["invalid_request", "invalid_client", "invalid_grant", "unauthorized_client", "unsupported_grant_type",
            "invalid_scope", "access_denied"];

    private static readonly TimeSpan RetryDelay = TimeSpan.FromMilliseconds(100);

    private readonly ConcurrentDictionary<string, Lazy<Task<Refreshed>>> _running = new(StringComparer.Ordinal);

    public bool IsDue(AuthenticationProperties properties) => ExpiresAt(properties) - time.GetUtcNow() < Margin;

    public bool IsExpired(AuthenticationProperties properties) => ExpiresAt(properties) <= time.GetUtcNow();

    /// <summary>Renews the stored ticket; a disconnecting caller does not cancel it for the others.</summary>
    public async Task<Refreshed> RenewAsync(string key, CancellationToken cancellationToken)
    {
        var running = _running.GetOrAdd(key, static (key, self) => new Lazy<Task<Refreshed>>(() => self.RunAsync(key)), this);
        return await running.Value.WaitAsync(cancellationToken);
    }

    private async Task<Refreshed> RunAsync(string key)
    {
        try
        {
            using var timeout = new CancellationTokenSource(Timeout, time);
            // Read again: the preceding call may just have renewed it.
            var ticket = await tickets.RetrieveAsync(key);
            if (ticket is null)
            {
                return Refreshed.Ended;
            }
            if (!IsDue(ticket.Properties))
            {
                return Refreshed.Renewed;
            }
            return await tickets.ClaimRenewalAsync(key)
                ? await RenewClaimedAsync(key, timeout.Token)
                : await AwaitOtherAsync(key, timeout.Token);
        }
        catch (Exception unreachable)
            when (unreachable is ProviderUnavailableException or OperationCanceledException or HttpRequestException
                or InvalidOperationException)
        {
            return Unavailable(unreachable.Message);
        }
        finally
        {
            _running.TryRemove(key, out _);
        }
    }

    private async Task<Refreshed> RenewClaimedAsync(string key, CancellationToken cancellationToken)
    {
        try
        {
            // Another replica may have renewed it just before.
            return await tickets.RetrieveLatestAsync(key) switch
            {
                null => Refreshed.Ended,
                var ticket when IsDue(ticket.Properties) => await RedeemAsync(key, ticket, cancellationToken),
                _ => Refreshed.Renewed,
            };
        }
        finally
        {
            await tickets.ReleaseRenewalAsync(key);
        }
    }

    /// <summary>Another replica is renewing it. A token that is still valid remains in use.</summary>
    private async Task<Refreshed> AwaitOtherAsync(string key, CancellationToken cancellationToken)
    {
        while (true)
        {
            if (await tickets.RetrieveLatestAsync(key) is not { } ticket)
            {
                return Refreshed.Ended;
            }
            if (!IsDue(ticket.Properties))
            {
                return Refreshed.Renewed;
            }
            if (!IsExpired(ticket.Properties))
            {
                return Refreshed.Unavailable;
            }
            await Task.Delay(RetryDelay, time, cancellationToken);
        }
    }

    private async Task<Refreshed> RedeemAsync(string key, AuthenticationTicket ticket, CancellationToken cancellationToken)
    {
        if (ticket.Properties.GetTokenValue("refresh_token") is not { Length: > 0 } refreshToken)
        {
            return await EndAsync(key, "it gave no refresh token");
        }

        var metadata = await provider.MetadataAsync(cancellationToken) ?? throw ProviderUnavailableException.NoResponse;
        using var client = provider.CreateClient();
        using var request = new RefreshTokenRequest
        {
            Address = metadata.TokenEndpoint.AbsoluteUri,
            ClientId = options.Value.ClientId,
            ClientSecret = options.Value.ClientSecret,
            RefreshToken = refreshToken,
        };
        using var response = await client.RequestRefreshTokenAsync(request, cancellationToken);
        return response switch
        {
            _ when response.IssuedToken() is not null => await StoreAsync(key, ticket, response, cancellationToken),
            { HttpStatusCode: HttpStatusCode.BadRequest or HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden }
                when response.OAuthError() is { } error && Refusals.Contains(error) => await EndAsync(key, error),
            _ => Unavailable(response.Exception?.GetType().Name ?? $"HTTP {(int)response.HttpStatusCode}"),
        };
    }

    private async Task<Refreshed> EndAsync(string key, string reason)
    {
        LogRefused(reason);
        await tickets.RemoveAsync(key);
        return Refreshed.Ended;
    }

    private Refreshed Unavailable(string reason)
    {
        LogUnavailable(reason);
        return Refreshed.Unavailable;
    }

    private async Task<Refreshed> StoreAsync(
        string key, AuthenticationTicket ticket, TokenResponse response, CancellationToken cancellationToken)
    {
        // OpenID Connect Core §12.2: a new ID token is about the same person. It also contains changed groups.
        var principal = ticket.Principal;
        if (response.IdentityToken is { } idToken)
        {
            var identity = await tokens.IdentityAsync(idToken, nonce: null, cancellationToken);
            if (identity?.FindFirst("sub")?.Value != principal.FindFirst("sub")?.Value)
            {
                return await EndAsync(key, "the ID token is not this person's");
            }

            principal = new ClaimsPrincipal(identity!);
        }

        ticket.Properties.UpdateTokenValue("access_token", response.AccessToken ?? "");
        AccessTokenExpiry.Update(ticket.Properties, time.GetUtcNow().AddSeconds(response.ExpiresIn));
        if (response.RefreshToken is { } rotated)
        {
            ticket.Properties.UpdateTokenValue("refresh_token", rotated);
        }
        await tickets.RenewAsync(key, new AuthenticationTicket(principal, ticket.Properties, ticket.AuthenticationScheme));
        return Refreshed.Renewed;
    }

    private static DateTimeOffset ExpiresAt(AuthenticationProperties properties) =>
        AccessTokenExpiry.Read(properties) ?? DateTimeOffset.MinValue;

    [LoggerMessage(EventName = "sign_in.refresh_refused", Level = LogLevel.Information,
        Message = "The provider did not renew a session: {Error}")]
    private partial void LogRefused(string error);

    [LoggerMessage(EventName = "sign_in.provider_unavailable", Level = LogLevel.Warning,
        Message = "A session could not be renewed: {Error}")]
    private partial void LogUnavailable(string error);
}
