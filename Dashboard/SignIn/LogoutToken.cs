using System.Text.Json;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.IdentityModel.JsonWebTokens;
using TraceDemo.Dashboard.SignIn.Tickets;

namespace TraceDemo.Dashboard.SignIn;

/// <summary>Takes the provider's word that a session ended (OpenID Connect Back-Channel Logout 1.0 §2.4 and §2.6).</summary>
internal sealed class LogoutToken(ProviderTokens tokens, TicketStore tickets, SignOuts signOuts, SessionAudit audit, TimeProvider time)
    : IDisposable
{
    private const string Event = "http://schemas.openid.net/event/backchannel-logout";
    private static readonly TimeSpan LongestLife = TimeSpan.FromMinutes(5);

    private readonly MemoryCache _used = new(new MemoryCacheOptions { SizeLimit = 10_000 });

    /// <summary>Ends the tickets of the named session; null when the token is not one that may do so.</summary>
    public async Task<int?> AcceptAsync(string logoutToken, CancellationToken cancellationToken)
    {
        var token = await tokens.ValidateAsync(logoutToken, cancellationToken);
        if (token is null || !IsLogout(token) || !IsFresh(token)) { return null; }
        var (sessionId, subject) = (ProviderTokens.Claim(token, "sid"), token.Subject);
        if (sessionId is null && string.IsNullOrEmpty(subject)) { return null; }
        // A sign-out here that the provider tells of, now or later, is on record as what it is.
        var isKnown = sessionId is not null && (signOuts.Contains(sessionId) || await tickets.IsEndedAsync(sessionId));
        var person = tickets.PersonOf(sessionId, subject);
        var ended = await tickets.RemoveSessionAsync(sessionId, subject);
        if (!isKnown) { await audit.EndedByProviderAsync(subject, person); }
        return ended;
    }

    public void Dispose() => _used.Dispose();

    // The nonce is forbidden, so that no ID token passes for a logout token.
    private static bool IsLogout(JsonWebToken token) =>
        string.Equals(token.Typ, "logout+jwt", StringComparison.OrdinalIgnoreCase)
        && ProviderTokens.Claim(token, "nonce") is null
        && ProviderTokens.Claim(token, "events") is { } events && HasEvent(events);

    private static bool HasEvent(string events)
    {
        try
        {
            using var json = JsonDocument.Parse(events);
            return json.RootElement.ValueKind == JsonValueKind.Object
                && json.RootElement.TryGetProperty(Event, out var value) && value.ValueKind == JsonValueKind.Object;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private bool IsFresh(JsonWebToken token)
    {
        var age = time.GetUtcNow().UtcDateTime - token.IssuedAt;
        if (age > LongestLife || age < -LongestLife || token.Id is not { Length: > 0 and <= 256 } id) { return false; }
        lock (_used)
        {
            if (_used.TryGetValue(id, out _)) { return false; }
            _used.Set(id, true, new MemoryCacheEntryOptions { Size = 1, AbsoluteExpirationRelativeToNow = 2 * LongestLife });
            return true;
        }
    }
}
