using System.Security.Claims;
using Microsoft.AspNetCore.Http;
using TraceDemo.ServiceDefaults.Identity;

namespace TraceDemo.ServiceDefaults.Authentication;

/// <summary>
/// The caller according to the verified access token: the person or service it represents (<c>sub</c>), and the acting client
/// (<c>azp</c>, the only claim that identifies the actor). Bind it as an endpoint parameter; nothing else in a request proves identity.
/// </summary>
public sealed class Caller
{
    /// <summary>The token's <c>iss</c>.</summary>
    public required string Issuer { get; init; }

    /// <summary>The token's <c>sub</c>: a person, or a client's service account. It does not
    /// show which of the two; use <see cref="IsPerson"/>.</summary>
    public required string Subject { get; init; }

    /// <summary>The person's session at the provider (<c>sid</c>, OpenID Connect Back-Channel Logout §2.1), or null.</summary>
    public string? SessionId { get; init; }

    /// <summary>The user name, for display only.</summary>
    public string? UserName { get; init; }

    /// <summary>The full name, for display only.</summary>
    public string? Name { get; init; }

    /// <summary>The client that obtained the token (<c>azp</c>): the actor.</summary>
    public required ClientId Client { get; init; }

    /// <summary>True if the token represents a person with a session, false for a client alone.</summary>
    public required bool IsPerson { get; init; }

    /// <summary>The person's top-level groups of the realm, from <c>groups</c>.</summary>
    public required IReadOnlySet<string> Groups { get; init; }

    /// <summary>The token's scopes (RFC 6749 §3.3).</summary>
    public required IReadOnlySet<string> Scopes { get; init; }

    /// <summary>The token's audiences (RFC 7519 §4.1.3).</summary>
    public required IReadOnlySet<string> Audiences { get; init; }

    /// <summary>The token's <c>iat</c>.</summary>
    public required DateTimeOffset IssuedAt { get; init; }

    /// <summary>The token's <c>exp</c>. Nothing derived from the token is used after it.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>The token's <c>jti</c>, or null.</summary>
    public string? TokenId { get; init; }

    /// <summary>The clients in nested <c>act</c> claims (RFC 8693 §4.1), newest first. Informational; never used in a decision.</summary>
    public required IReadOnlyList<string> Actors { get; init; }

    /// <summary>The pseudonym of <see cref="Subject"/> in telemetry.</summary>
    public required string Pseudonym { get; init; }

    /// <summary>The raw token, for exchanging it.</summary>
    public required AccessToken Token { get; init; }

    internal TokenDescription Description => field ??= new(Audiences, Scopes, ExpiresAt - IssuedAt, TokenId);

    internal string[] SortedGroups => field ??= [.. Groups.Order(StringComparer.Ordinal)];

    /// <summary>Binds the caller as an endpoint parameter; it is null only on an anonymous endpoint.</summary>
    /// <param name="context">The request.</param>
    public static ValueTask<Caller?> BindAsync(HttpContext context) => new(Find(context));

    /// <summary>The caller of this request, or null before authentication or without a valid token.</summary>
    /// <param name="context">The request.</param>
    public static Caller? Find(HttpContext context) => context.Features.Get<Caller>();

    /// <summary>
    /// Reads a caller from validated claims, or returns why the token is not acceptable: without <c>azp</c>, or with an <c>act</c> that
    /// names a different client, the actor is ambiguous.
    /// </summary>
    internal static (Caller? Caller, string? Fault) Read(ClaimsPrincipal principal, AccessToken token, Telemetry.Pseudonym pseudonym)
    {
        var claims = new TokenClaims(principal);
        // If the header does not state the type, Keycloak states it in this claim; an ID token has "ID".
        if (TokenHeader.Type(token.Reveal()) == "JWT" && claims.One("typ") != "Bearer")
        {
            return (null, "Not an access token.");
        }
        if (claims.One("sub") is not { } subject)
        {
            return (null, "The token has no 'sub'.");
        }
        if (claims.One("azp") is not { } azp)
        {
            return (null, "The token has no 'azp', so the acting client is unknown.");
        }
        if (claims.Time("exp") is not { } expires || claims.Time("iat") is not { } issued)
        {
            return (null, "The token lacks 'exp' or 'iat'.");
        }
        if (claims.Actors() is not { } actors)
        {
            return (null, "The token's 'act' is malformed.");
        }
        if (actors.Count > 0 && actors[0] != azp)
        {
            return (null, "The token's 'act' names a different client than its 'azp'.");
        }

        var issuer = claims.One("iss") ?? "";
        var userName = claims.One("preferred_username");
        var sessionId = claims.One("sid");
        return (new Caller
        {
            Issuer = issuer,
            Subject = subject,
            SessionId = sessionId,
            UserName = userName,
            Name = claims.One("name"),
            Client = new ClientId(azp),
            IsPerson = CallerProfile.IsPerson(sessionId, claims.One("client_id"), userName),
            Groups = GroupNames.Of(claims.All("groups")),
            Scopes = claims.Words("scope"),
            Audiences = claims.All("aud").ToHashSet(StringComparer.Ordinal),
            IssuedAt = issued,
            ExpiresAt = expires,
            TokenId = claims.One("jti"),
            Actors = actors,
            Pseudonym = pseudonym.Of(issuer, subject, userName),
            Token = token,
        }, null);
    }
}
