using System.Diagnostics;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using TraceDemo.ServiceDefaults.Authentication;
using TraceDemo.ServiceDefaults.Identity;
using TraceDemo.ServiceDefaults.Vocabulary;

namespace TraceDemo.ServiceDefaults.TokenExchange;

internal sealed partial class TokenExchanger(
    ExchangeCache cache, SharedExchanges shared, IdentityProviderClient provider, Revocations revocations,
    IOptions<IdentityOptions> options, TimeProvider time, ILogger<TokenExchanger> logger) : ITokenExchanger
{
    private readonly ClientCredential _own = new(new ClientId(options.Value.ClientId), options.Value.ClientSecret);
    private readonly string _issuer = options.Value.Authority;

    private ExchangeTokenDelegate OnMiss => field ??= LoadAsync;

    public async Task<ExchangeResult> ExchangeAsync(Caller subject, ExchangePlan plan, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        var request = new ExchangeRequest(subject, plan, plan.Requester ?? _own);
        using var span = new ExchangeSpan(request);
        var (result, source) = Guard(request) is { } refused
            ? (refused, CacheSource.Miss)
            : await cache.GetAsync(ExchangeKey.Of(request, _issuer), request, OnMiss, cancellationToken);
        // Applies to every source: no token is used for a session that has ended meanwhile.
        if (result is ExchangeResult.Issued && revocations.Contains(subject))
        {
            result = Revoked;
            source = CacheSource.Miss;
        }
        span.Finish(result, source, time.GetElapsedTime(started));
        if (result is ExchangeResult.Refused { OAuthError: not null } refusal)
        {
            LogRefused(request.Requester.Client.Value, refusal.OAuthError, refusal.OAuthErrorDescription ?? "no description");
        }

        return result;
    }

    private ExchangeResult.Refused? Guard(ExchangeRequest request)
    {
        var subject = request.Subject;
        if (subject.ExpiresAt <= time.GetUtcNow())
        {
            return Expired;
        }
        if (request.Plan.Audiences.FirstOrDefault(audience => subject.Audiences.Contains(audience.Value)) is { Value: { } target })
        {
            return new(ReasonCode.ExchangeRefused,
                $"The token already has the audience '{target}'; send it to that service directly.");
        }

        return null;
    }

    private async Task<(ExchangeResult Result, CacheSource Source)> LoadAsync(
        ExchangeKey key, ExchangeRequest request, CancellationToken cancellationToken)
    {
        var found = await shared.FindAsync(key, request);
        // After the look-up: the session may have ended since the caller's token was checked, and Redis does not have that state.
        if (revocations.Contains(request.Subject))
        {
            return (Revoked, CacheSource.Miss);
        }
        if (found is not null)
        {
            return (new ExchangeResult.Issued(found), CacheSource.Redis);
        }

        var result = await IssueAsync(request, cancellationToken);
        if (result is ExchangeResult.Issued issued)
        {
            shared.Keep(key, issued.Token);
        }
        return (result, CacheSource.Miss);
    }

    private async Task<ExchangeResult> IssueAsync(ExchangeRequest request, CancellationToken cancellationToken)
    {
        var response = await provider.ExchangeAsync(request, cancellationToken);
        if (response is not TokenEndpointResult.Token { Raw: var raw })
        {
            return Map(request, response);
        }
        if (ExchangedToken.Read(raw) is not { } token || !Matches(token, request))
        {
            return new ExchangeResult.Refused(ReasonCode.ExchangeRefused,
                "The provider issued a token that does not match the request; check the client's mappers and scopes.", "unexpected_token");
        }

        return new ExchangeResult.Issued(token);
    }

    /// <summary>A token is used only if it matches the request: same person and
    /// session, this requester, these audiences, no scope missing.</summary>
    internal static bool Matches(ExchangedToken token, ExchangeRequest request) =>
        token.Client == request.Requester.Client.Value
        && token.Subject == request.Subject.Subject
        && token.SessionId == request.Subject.SessionId
        && token.Audiences.ToHashSet(StringComparer.Ordinal).SetEquals(request.Plan.Audiences.Select(audience => audience.Value))
        && ScopesMatch(token.Scope.Split(' '), request.Plan.Scopes);

    // "profile" and "openid" come from the realm's defaults; an unrequested scope of ours would extend the next hop's rights.
    private static bool ScopesMatch(string[] issued, IReadOnlyList<string> asked) =>
        asked.All(issued.Contains) && issued.Where(scope => scope.Contains(':', StringComparison.Ordinal)).All(asked.Contains);

    private ExchangeResult.Refused Map(ExchangeRequest request, TokenEndpointResult response)
    {
        switch (response)
        {
            case TokenEndpointResult.Refused { Description: "Invalid token" } refused:
                // It was valid here, so it has expired meanwhile, or its session has ended.
                if (request.Subject.ExpiresAt <= time.GetUtcNow())
                {
                    return Expired;
                }
                revocations.Revoke(request.Subject.Token, request.Subject.Subject);
                return new(ReasonCode.TokenRevoked, Refusal.TokenRevoked.Detail, refused.Error, refused.Description);
            case TokenEndpointResult.Refused { Description: "Client is not within the token audience" } refused:
                return new(
                    ReasonCode.ExchangeRefused,
                    $"The token's audience lacks '{request.Requester.Client}', so this client may not exchange it; add an audience "
                    + "mapper for it where the token was issued.",
                    refused.Error,
                    refused.Description);
            case TokenEndpointResult.Refused refused:
                return new(ReasonCode.ExchangeRefused, "The identity provider refused the exchange; see the trace or the log.",
                    refused.Error, refused.Description);
            case TokenEndpointResult.Unavailable:
                return new(ReasonCode.IdentityProviderUnavailable, "The identity provider is unavailable; try again in a moment.");
            default:
                throw new UnreachableException();
        }
    }

    private static ExchangeResult.Refused Revoked { get; } = new(ReasonCode.TokenRevoked, Refusal.TokenRevoked.Detail);

    private static ExchangeResult.Refused Expired { get; } = new(ReasonCode.TokenExpired, Refusal.TokenExpired.Detail);

    [LoggerMessage(EventName = "token_exchange.refused", Level = LogLevel.Warning,
        Message = "The provider refused an exchange requested by {Requester}: {Error} ({Description})")]
    private partial void LogRefused(string requester, string error, string description);
}
