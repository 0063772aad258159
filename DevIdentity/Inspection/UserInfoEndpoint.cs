using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using TraceDemo.DevIdentity.Protocol;
using TraceDemo.DevIdentity.Realms;
using TraceDemo.DevIdentity.Tokens;

namespace TraceDemo.DevIdentity.Inspection;

/// <summary>OpenID Connect Core §5.3; errors as in RFC 6750 §3.</summary>
internal static class UserInfoEndpoint
{
    public static async Task<IResult> HandleAsync(
        HttpRequest request, Realm realm, TokenVerifier verifier, CancellationToken cancellationToken)
    {
        var text = Bearer(request) ?? (await Form.ReadAsync(request, cancellationToken))["access_token"];
        if (text is null)
        {
            return new Challenge(401, realm.Name, null, null);
        }
        if (!verifier.TryReadAccessToken(text, out var token))
        {
            return new Challenge(401, realm.Name, "invalid_token", "Token verification failed");
        }
        if (!token.Scope.Split(' ').Contains("openid", StringComparer.Ordinal))
        {
            return new Challenge(403, realm.Name, "insufficient_scope", "Missing openid scope");
        }
        if (!verifier.TryFindOwner(token, out var owner))
        {
            return new Challenge(401, realm.Name, "invalid_token", "user_session_not_found");
        }
        if (!GrantedScopes.TryResolve(realm.Clients[token.ClientId], token.Scope, out var scopes))
        {
            return new Challenge(401, realm.Name, "invalid_token", "Token verification failed");
        }

        var body = new JsonObject { ["sub"] = owner.User.Subject };
        var claims = new TokenSubject(realm.Clients[token.ClientId], owner.User, owner.Session, scopes, Acr: "1")
            .Map(TokenKind.UserInfo).Claims;
        foreach (var (name, value) in claims)
        {
            body[name] = value?.DeepClone();
        }
        return TypedResults.Ok(body);
    }

    private static string? Bearer(HttpRequest request) =>
        AuthenticationHeaderValue.TryParse(request.Headers.Authorization, out var header)
            && string.Equals(header.Scheme, "Bearer", StringComparison.OrdinalIgnoreCase) ? header.Parameter ?? "" : null;

    private sealed record Challenge(int Status, string Realm, string? Error, string? Description) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.StatusCode = Status;
            httpContext.Response.Headers.WWWAuthenticate = Error is null
                ? $"""Bearer realm="{Realm}" """.TrimEnd()
                : $"""Bearer realm="{Realm}", error="{Error}", error_description="{Description}" """.TrimEnd();
            return Task.CompletedTask;
        }
    }
}
