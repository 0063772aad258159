using System.Text.Json;
using System.Text.Json.Nodes;
using TraceDemo.DevIdentity.Keys;
using TraceDemo.DevIdentity.Realms;
using TraceDemo.DevIdentity.Tokens;

namespace TraceDemo.DevIdentity.Login;

/// <summary>A checked authorization request (RFC 6749 §4.1.1) that waits for the person.</summary>
internal sealed record AuthorizationRequest(
    RealmClient Client, string RedirectUri, string? State, string? Nonce, GrantedScopes Scopes, string CodeChallenge)
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

    /// <summary>Reads the output of <see cref="ToJson"/> after its signature was verified; null for anything else.</summary>
    public static AuthorizationRequest? FromJson(JsonElement content, Realm realm)
    {
        var scope = content.Text("scope") is { Length: > 0 } names ? names : null;
        return realm.TryFindClient(content.Text("client"), out var client) && GrantedScopes.TryResolve(client, scope, out var scopes)
            && content.Text("ru") is { } redirectUri && content.Text("cc") is { } challenge
            ? new AuthorizationRequest(client, redirectUri, content.Text("st"), content.Text("nonce"), scopes, challenge)
            : null;
    }
}
