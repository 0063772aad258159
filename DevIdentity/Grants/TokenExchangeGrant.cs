using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Options;
using TraceDemo.DevIdentity.Hosting;
using TraceDemo.DevIdentity.Protocol;
using TraceDemo.DevIdentity.Realms;
using TraceDemo.DevIdentity.Tokens;

namespace TraceDemo.DevIdentity.Grants;

/// <summary>RFC 8693 with the rules of Keycloak's standard exchange: same person and session,
/// claims by the requester's mappers, <c>audience</c> only restricts.</summary>
internal sealed class TokenExchangeGrant(
    Realm realm, TokenVerifier verifier, TokenResponses responses, IOptions<DevIdentityOptions> options) : IGrant
{
    public string Type => "urn:ietf:params:oauth:grant-type:token-exchange";

    public IResult Handle(RealmClient client, Form form)
    {
        if (CheckParameters(client, form) is { } refused)
        {
            return refused;
        }
        if (!verifier.TryReadAccessToken(form["subject_token"], out var subjectToken)
            || !verifier.TryFindOwner(subjectToken, out var owner))
        {
            return ProtocolError.InvalidRequest("Invalid token");
        }

        var issuedType = form["requested_token_type"] ?? TokenTypes.AccessToken;
        if (issuedType is not (TokenTypes.AccessToken or TokenTypes.IdToken))
        {
            return ProtocolError.InvalidRequest("requested_token_type unsupported");
        }
        string[] requested = [.. form.All("audience").Select(audience => audience ?? "")];
        if (CheckAudienceClients(requested) is { } unknown)
        {
            return unknown;
        }
        if (subjectToken.ClientId != client.Id && !subjectToken.Audience.Contains(client.Id, StringComparer.Ordinal))
        {
            return new ProtocolError(403, "access_denied", "Client is not within the token audience");
        }

        if (!GrantedScopes.TryResolve(client, form["scope"], out var scopes))
        {
            return ProtocolError.InvalidScope(form["scope"] ?? "");
        }
        var subject = new TokenSubject(client, owner.User, owner.Session, scopes, Acr: "1");
        if (!TryNarrow(subject, requested, out var audience, out var missing))
        {
            return ProtocolError.InvalidRequest($"Requested audience not available: {missing}");
        }
        return Issue(subject, subjectToken, audience, issuedType);
    }

    private TokenResponse Issue(TokenSubject subject, VerifiedToken subjectToken, string[] audience, string issuedType)
    {
        subject.Session?.Attach(subject.Client.Id);
        if (issuedType == TokenTypes.IdToken)
        {
            return responses.ForIdTokenExchange(subject);
        }
        return responses.ForExchange(new AccessTokenRequest(subject)
        {
            Audience = audience,
            Act = options.Value.Act ? ActorChain.Extend(subject.Client.Id, subjectToken.Act) : null,
        });
    }

    private static ProtocolError? CheckParameters(RealmClient client, Form form)
    {
        if (!client.TokenExchange)
        {
            return ProtocolError.InvalidRequest("Standard token exchange is not enabled for the requested client");
        }
        if (client.IsPublic)
        {
            return ProtocolError.InvalidRequest("Public client is not allowed to exchange token");
        }
        foreach (var name in (string[])["subject_token", "subject_token_type"])
        {
            if (form[name] is null)
            {
                return ProtocolError.InvalidRequest($"Parameter '{name}' required for standard token exchange");
            }
        }

        return form["subject_token_type"] == TokenTypes.AccessToken
            ? null
            : ProtocolError.InvalidRequest("Parameter 'subject_token' supports access tokens only");
    }

    private ProtocolError? CheckAudienceClients(string[] requested)
    {
        foreach (var audience in requested)
        {
            if (!realm.TryFindClient(audience, out var client))
            {
                return new ProtocolError(400, "invalid_client", "Audience not found");
            }
            if (!client.Enabled)
            {
                return new ProtocolError(400, "invalid_client", "Client disabled");
            }
        }

        return null;
    }

    private static bool TryNarrow(
        TokenSubject subject, string[] requested, [NotNullWhen(true)] out string[]? audience, [NotNullWhen(false)] out string? missing)
    {
        var available = subject.Map(TokenKind.Access).Audience;
        var unavailable = requested.Where(value => !available.Contains(value)).ToArray();
        missing = unavailable.Length > 0 ? string.Join(", ", unavailable) : null;
        audience = missing is null ? [.. requested.Length == 0 ? available : requested.Distinct(StringComparer.Ordinal)] : null;
        return audience is not null;
    }
}
