using System.Diagnostics.CodeAnalysis;
using TraceDemo.DevIdentity.Hosting;
using TraceDemo.DevIdentity.Keys;
using TraceDemo.DevIdentity.Realms;
using TraceDemo.DevIdentity.Sessions;
using TraceDemo.ServiceDefaults.Caching;

namespace TraceDemo.DevIdentity.Tokens;

/// <summary>Verifies tokens that were issued by this server.</summary>
internal sealed class TokenVerifier(Realm realm, Issuer issuer, KeyRing keys, SessionStore sessions, TimeProvider time)
{
    private const int MaxRevokedPerClientAndSubject = 1_000;

    private readonly ExpiringMap<bool> _revoked =
        new(new MapBounds { EntriesPerOwner = MaxRevokedPerClientAndSubject, WhenShareFull = FullShare.Refuses }, time);

    /// <summary>False if the client has revoked too many tokens of this subject:
    /// none of those may be forgotten before it expires.</summary>
    public bool TryRevoke(VerifiedToken token) =>
        _revoked.Add($"{token.ClientId} {token.Subject}", token.Id, value: true,
            DateTimeOffset.FromUnixTimeSeconds(token.ExpiresAt)) != Addition.ShareFull;

    /// <summary>Signature, issuer, type, lifetime and revocation; not whether the session is active.</summary>
    public bool TryReadAccessToken(string? token, [NotNullWhen(true)] out VerifiedToken? verified) =>
        TryRead(token, "Bearer", out verified) && IsCurrent(verified) && !_revoked.TryGet(verified.Id, out _);

    public bool TryReadRefreshToken(string? token, [NotNullWhen(true)] out VerifiedToken? verified) =>
        TryRead(token, "Refresh", out verified) && IsCurrent(verified);

    /// <summary>A token of this server that has expired.</summary>
    public bool IsExpiredRefreshToken(string? token) => TryRead(token, "Refresh", out var verified) && !IsCurrent(verified);

    /// <summary>As a hint an ID token may have expired (OpenID Connect RP-Initiated Logout §2).</summary>
    public bool TryReadIdTokenHint(string? token, [NotNullWhen(true)] out VerifiedToken? verified) => TryRead(token, "ID", out verified);

    /// <summary>The person while signed in and while the token's client
    /// is part of the session; or the service account.</summary>
    public bool TryFindOwner(VerifiedToken token, [NotNullWhen(true)] out TokenOwner? owner)
    {
        owner = null;
        if (!realm.TryFindClient(token.ClientId, out var client) || !client.Enabled)
        {
            return false;
        }
        if (token.SessionId is null)
        {
            owner = realm.ServiceAccounts.TryGetValue(token.Subject, out var account) ? new TokenOwner(account, null) : null;
        }
        else if (sessions.TryFind(token.SessionId, out var session) && session.Clients.ContainsKey(client.Id)
            && session.User.Subject == token.Subject)
        {
            owner = new TokenOwner(session.User, session);
        }

        return owner is not null;
    }

    private bool IsCurrent(VerifiedToken token) => token.ExpiresAt > time.GetUtcNow().ToUnixTimeSeconds();

    private bool TryRead(string? token, string type, [NotNullWhen(true)] out VerifiedToken? verified)
    {
        verified = null;
        if (!JsonWebSignature.TryParse(token, out var signature) || !HasOurSignature(signature, type))
        {
            return false;
        }
        if (signature.Payload.Text("iss") != issuer.Value || signature.Payload.Text("typ") != type)
        {
            return false;
        }
        verified = new VerifiedToken(signature.Payload);
        return true;
    }

    /// <summary>The type determines the algorithm, never the token's header alone (RFC 8725 §3.1).</summary>
    private bool HasOurSignature(JsonWebSignature signature, string type) => type == "Refresh"
        ? signature.Algorithm == "HS512" && signature.KeyId == keys.Sealing.Id
            && keys.Sealing.Verify(signature.SigningInput, signature.Signature)
        : signature.Algorithm == "RS256" && keys.Find(signature.KeyId)?.Verify(signature.SigningInput, signature.Signature) == true;
}
