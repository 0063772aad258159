using System.Text.Json;
using System.Text.Json.Nodes;
using TraceDemo.DevIdentity.Keys;
using TraceDemo.DevIdentity.Realms;
using TraceDemo.DevIdentity.Sessions;
using TraceDemo.DevIdentity.Tokens;

namespace TraceDemo.DevIdentity.Login;

/// <summary>A checked authorization request (RFC 6749 §4.1.1) that waits for the person.</summary>
internal sealed record AuthorizationRequest(RealmClient Client, string RedirectUri, string? State, string? Nonce, GrantedScopes Scopes, string CodeChallenge)
{
    public JsonObject ToJson() => new()
    {
        ["client"] = Client.Id,
        ["ru"] = RedirectUri,
        ["st"] = State,
        ["nonce"] = Nonce,
        ["scope"] = Scopes.All,
        ["cc"] = CodeChallenge,
    };

    /// <summary>Reads what <see cref="ToJson"/> wrote and this server sealed; null for anything else.</summary>
    public static AuthorizationRequest? FromJson(JsonElement content, Realm realm)
    {
        var scope = content.Text("scope") is { Length: > 0 } names ? names : null;
        return realm.TryFindClient(content.Text("client"), out var client) && GrantedScopes.TryResolve(client, scope, out var scopes)
            && content.Text("ru") is { } redirectUri && content.Text("cc") is { } challenge
            ? new AuthorizationRequest(client, redirectUri, content.Text("st"), content.Text("nonce"), scopes, challenge)
            : null;
    }
}

/// <summary>What an authorization code stands for; kept after its use, so that a second one is noticed.</summary>
internal sealed class AuthorizationCode(AuthorizationRequest request, UserSession session, string acr)
{
    private int _used;

    public AuthorizationRequest Request { get; } = request;
    public UserSession Session { get; } = session;
    public string Acr { get; } = acr;

    /// <summary>True once.</summary>
    public bool TryUse() => Interlocked.Exchange(ref _used, 1) == 0;
}

/// <summary>The answer to an authorization request goes through the browser, to an address that was checked before.</summary>
internal static class AuthorizationResponse
{
    public static IResult Code(AuthorizationRequest request, string code, string sessionId, string issuer) => Redirect(request.RedirectUri,
    [
        new("state", request.State),
        new("session_state", sessionId),
        new("iss", issuer),
        new("code", code),
    ]);

    /// <summary>RFC 6749 §4.1.2.1, with the issuer of RFC 9207.</summary>
    public static IResult Error(string redirectUri, string? state, string issuer, AuthorizationError error) => Redirect(redirectUri,
    [
        new("error", error.Error),
        new("error_description", error.Description),
        new("state", state),
        new("iss", issuer),
    ]);

    private static IResult Redirect(string uri, KeyValuePair<string, string?>[] parameters)
    {
        var query = string.Join('&', parameters.Where(p => p.Value is not null).Select(p => $"{p.Key}={System.Net.WebUtility.UrlEncode(p.Value)}"));
        return Results.Redirect($"{uri}{(uri.Contains('?', StringComparison.Ordinal) ? '&' : '?')}{query}");
    }
}

internal sealed record AuthorizationError(string Error, string? Description);
